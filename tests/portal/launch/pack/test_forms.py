"""The forms of the pack."""

from django.utils.translation import override

from plp.portal.subjects.launch.pack.forms import PublicPresentationForm


def test_a_language_is_named_in_the_reader_s_own() -> None:
    with override("nl"):
        labels = [
            str(field.label)
            for name, field in PublicPresentationForm(kind="plp").fields.items()
            if name.startswith("purpose_")
        ]

    assert labels == ["Doel, in het Frans", "Doel, in het Nederlands", "Doel, in het Duits", "Doel, in het Engels"]
