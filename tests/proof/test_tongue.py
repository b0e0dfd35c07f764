"""The reader who knows four languages, and nothing of our words."""

import pytest

from proof.probes.language_detection import language_of, texts_in_other_languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ce message est relu avant de partir chez les membres.", "fr"),
        ("Dit bericht wordt nagelezen voor het naar de leden vertrekt.", "nl"),
        ("Diese Nachricht wird gelesen, bevor sie an die Mitglieder geht.", "de"),
        ("This message is read before it leaves for the members.", "en"),
        ("Members of Zqxbcdfghklmnbc", ""),  # short, once the words of people are left out
        ("https://plp.example.be/partnerships/list/of/all/members/", ""),
        ("Rue Haute 12, 1000 Bruxelles", ""),
    ],
)
def test_a_text_is_read_in_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_what_somebody_wrote_does_not_make_a_page_foreign() -> None:
    wrote = "La commune examine une assurance pour ses bénévoles."
    texts = [f"Verzekering: nog geen. {wrote}", "Nobody was told what happens now.", "Er is nog niets gebeurd vandaag."]

    assert texts_in_other_languages(texts, "nl", [wrote]) == {"Nobody was told what happens now.": "en"}
