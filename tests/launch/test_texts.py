"""Wordings of the pack: who may, which holds, versions that stay, nothing that could not be filled."""

import pytest
from django.db import IntegrityError, transaction

from plp.documents import UnknownPlace, WrongVariant
from plp.journal.models import Entry as Line
from plp.launch import privacy
from plp.launch.actions import texts
from plp.launch.documents.refusals import EmptyText, NothingToRestore, TextTooLong, TextUnchanged
from plp.launch.documents.register import BY_KEY
from plp.launch.models import PackText
from plp.launch.queries.texts import newest_wordings_for_partnership, standard_document_text
from plp.mandates.queries import NotAllowed
from plp.places.queries.territory import zone_path
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW

pytestmark = pytest.mark.django_db
PRESS = BY_KEY["press"]


def word(owner, source, by, entry=PRESS):
    return texts.save_new_version_of_document_text(
        owner=owner, entry=entry, language="fr", source=source, by=by, at=NOW
    )


def restore(owner, by):
    return texts.restore_underlying_document_text(owner=owner, entry=PRESS, language="fr", by=by, at=NOW)


def test_a_version_is_kept_with_who_and_when_and_noted_without_its_words(cast):
    partnership, coordinator = cast.here.partnership, cast.here.coordinator

    first = word(partnership, "# Un", coordinator)
    second = word(partnership, "# Deux", cast.officer)

    assert (first.version, second.version) == (1, 2)
    assert (second.written_by, second.written_at) == (cast.officer, NOW)
    assert (
        newest_wordings_for_partnership(partnership).own_else_zone_else_standard_wording(PRESS, "fr").source == "# Deux"
    )
    line = Line.objects.get(verb="pack.worded", target=f"launch.packtext:{second.pk}")
    assert line.details == {"document": "press", "language": "fr", "version": 2}


def test_one_language_does_not_change_another(cast):
    word(cast.here.partnership, "# Un", cast.here.coordinator)

    assert (
        newest_wordings_for_partnership(cast.here.partnership).own_else_zone_else_standard_wording(PRESS, "nl").whose
        == "ours"
    )


def test_going_back_keeps_what_was(cast):
    partnership, coordinator = cast.here.partnership, cast.here.coordinator
    word(partnership, "# Un", coordinator)

    restore(partnership, coordinator)

    assert newest_wordings_for_partnership(partnership).own_else_zone_else_standard_wording(PRESS, "fr").whose == "ours"
    assert list(PackText.objects.order_by("version").values_list("source", flat=True)) == ["# Un", ""]
    with pytest.raises(NothingToRestore):
        restore(partnership, coordinator)


def test_only_those_who_prepare_the_launch_here_word_a_text(cast):
    for stranger in (cast.next_door.coordinator, cast.foreign_officer, cast.chief, cast.here.deputy):
        with pytest.raises(NotAllowed):
            word(cast.here.partnership, "# Un", stranger)


def test_only_those_who_set_the_rules_of_a_zone_word_its_texts(cast):
    assert word(cast.zone, "# Zone", cast.chief).zone == cast.zone
    for stranger in (cast.officer, cast.here.coordinator, cast.foreign_officer):
        with pytest.raises(NotAllowed):
            word(cast.zone, "# Un", stranger)
        with pytest.raises(NotAllowed):
            restore(cast.zone, stranger)


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        (" \n ", EmptyText),
        ("x" * (texts.MOST_CHARACTERS + 1), TextTooLong),
        ("{nowhere}", UnknownPlace),
        ("{officer}", UnknownPlace),
        ("::: only plp\nx", WrongVariant),
    ],
)
def test_a_text_that_could_not_be_filled_is_refused(cast, source, refusal):
    with pytest.raises(refusal):
        word(cast.here.partnership, source, cast.here.coordinator)


def test_a_name_may_stand_only_in_documents_for_those_who_deal_with_it(cast):
    made = word(cast.here.partnership, "# A\n\n{officer}", cast.here.coordinator, BY_KEY["letter_mayor"])

    assert made.source == "# A\n\n{officer}"


def test_the_same_text_twice_is_nothing_new(cast):
    word(cast.here.partnership, "# Un\r\n\r\nDeux", cast.here.coordinator)

    with pytest.raises(TextUnchanged):
        word(cast.here.partnership, "# Un\n\nDeux\n", cast.here.coordinator)


@pytest.mark.parametrize(("path", "zone"), [("be/z1/m21004/q-haren/", "be/z1/"), ("be/z10/q-x/", "be/z10/")])
def test_the_zone_of_a_path(path, zone):
    assert zone_path(path) == zone


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_a_new_line_passes_the_message_check_and_ours_is_not_read(cast, language):
    partnership, ours = cast.here.partnership, standard_document_text(PRESS, language)
    given = {"owner": partnership, "entry": PRESS, "language": language, "by": cast.here.coordinator, "at": NOW}

    with pytest.raises(HeldWords):
        texts.save_new_version_of_document_text(source=f"{ours}\n\n1-ABC-123", **given)
    texts.save_new_version_of_document_text(source=f"{ours}\n\nTel. 02 555 00 00", **given)

    assert PackText.objects.get().source == f"{ours}\n\nTel. 02 555 00 00"


def test_a_line_of_ours_may_be_put_otherwise(cast):
    ours = standard_document_text(BY_KEY["letter_mayor"], "fr")
    changed = ours.replace(",", " ,", 3)

    word(cast.here.partnership, changed, cast.here.coordinator, entry=BY_KEY["letter_mayor"])

    assert PackText.objects.get().source == changed


def test_a_text_belongs_to_a_zone_or_to_a_partnership(cast):
    row = {"document": "press", "language": "fr", "version": 1, "source": "x", "written_at": NOW}
    for owners in ({}, {"zone": cast.zone, "partnership": cast.here.partnership}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PackText.objects.create(**row, **owners)


def test_who_worded_a_text_can_export_it(cast):
    word(cast.here.partnership, "# Un", cast.here.coordinator)

    acts = privacy.export(cast.here.coordinator)["launch_acts"]
    assert {"act": "packtext", "at": NOW.isoformat()} in acts
