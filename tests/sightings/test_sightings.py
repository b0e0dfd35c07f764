"""A sighting on its way to the police and to nobody else (R75, R85, R121-R123)."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from plp.delivery.models import Dispatch, Message
from plp.journal.models import Entry
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed, held_mandates, mandates_cached
from plp.people.models import Person
from plp.places.models import Area
from plp.sightings import refusals
from plp.sightings.actions import sightings
from plp.sightings.models import Photo, Sighting
from plp.sightings.queries import (
    count_sightings,
    reported_facts_of,
    sighting_desk_of,
    sightings_in_scope,
    unseal_photograph,
)
from plp.toolbox.moves import WrongState
from plp.toolbox.words import BadWords
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, Cast, contact
from tests.sightings.stage import PLATE, REPORTER, WORDS, YESTERDAY, picture, seen, sighting

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def raw() -> bytes:
    """Every byte that the database holds of sightings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sightings_sighting")
        cells = [cell for row in cursor.fetchall() for cell in row]
    return b"|".join(bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in cells)


def test_it_reaches_the_desk_of_the_zone_and_no_other(cast: Cast) -> None:
    contact(cast.officer, "email", "anne@police.example")
    filed = sighting()

    assert [one.pk for one in sightings_in_scope(cast.officer, at=LATER)] == [filed.pk]
    assert [one.pk for one in sightings_in_scope(cast.second_officer, at=LATER)] == [filed.pk]
    others = (cast.foreign_officer, cast.chief, cast.here.coordinator, cast.here.deputy, cast.next_door.coordinator)
    assert [one.pk for person in others for one in sightings_in_scope(person, at=LATER)] == []
    assert Message.objects.get().purpose == "sighting.filed"
    assert Dispatch.objects.get().contact_id == cast.officer.contacts.get().pk


def test_the_letter_names_the_municipality_in_the_language_of_its_reader(cast: Cast) -> None:
    contact(cast.officer, "email", "anne@police.example")
    Person.objects.filter(pk=cast.officer.pk).update(language="nl")
    Area.objects.filter(path="be/z1/m21004/").update(name_nl="Brussel")
    sighting()

    subject = Message.objects.get().texts.get().subject
    assert subject == "Een melding voor u in Brussel"


def test_no_word_of_it_stands_in_the_database_the_journal_or_the_letter(cast: Cast) -> None:
    contact(cast.officer, "email", "anne@police.example")
    sighting(reporter=REPORTER)

    told = "".join(
        json.dumps(entry.details) + entry.actor for entry in Entry.objects.filter(verb__startswith="sighting")
    )
    letter = "".join(text.subject + text.body for text in Message.objects.get().texts.all())
    for word in (PLATE, WORDS, *REPORTER, "Rue du Chêne"):
        assert word.encode() not in raw()
        assert word not in told
        assert word not in letter


def test_the_journal_does_not_say_who_files_even_if_somebody_is_signed_in(cast: Cast) -> None:
    sightings.file_and_assign_sighting(report=seen(), by=cast.here.coordinator, at=NOW)

    assert Entry.objects.get(verb="sighting.filed").actor == ""


def test_reporter_and_facts_have_keys_of_their_own(cast: Cast) -> None:
    filed = sighting(reporter=REPORTER)
    fields = {field.name: field.key for field in Sighting._meta.concrete_fields if hasattr(field, "key")}

    assert fields["reporter_name"] == fields["reporter_reach"] == "sighting.reporter"
    assert fields["facts"] == fields["place"] == fields["answer"] == "sighting"
    assert Sighting.objects.get(pk=filed.pk).reporter_name == REPORTER[0]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"day": date(2026, 11, 25), "clock": time(9, 30)}, refusals.StillUrgent),
        ({"day": date(2026, 11, 26)}, refusals.StillToCome),
        ({"day": date(2025, 11, 1)}, refusals.TooOld),
        ({"facts": {"plate": "  "}}, refusals.NothingSeen),
        ({"facts": {"behaviour": "x" * 601}}, BadWords),
        ({"facts": {"behaviour": "a\u202eb"}}, BadWords),
        ({"facts": {"behaviour": "Deux individus de type nord-africain."}}, refusals.TellsOrigin),
        ({"pictures": [b"\xff\xd8\xff"] * 4}, refusals.TooManyPictures),
        ({"pictures": [b"<svg onload=alert(1)>"]}, refusals.NoPicture),
    ],
)
def test_what_cannot_be_a_report_is_refused_and_leaves_nothing(
    cast: Cast, changes: dict, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        sighting(**changes)

    assert Sighting.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Homme d’environ 30 ans, veste noire, cheveux bruns, barbe."),
        ("fr", "Camionnette blanche avec une plaque polonaise."),
        ("nl", "Witte bestelwagen met Roemeense nummerplaat, twee mannen in zwarte jas."),
        ("de", "Weißer Lieferwagen mit polnischem Kennzeichen, zwei Jugendliche in dunkler Kleidung."),
        ("en", "Two youths in dark clothes, a white van with a Polish number plate."),
    ],
)
def test_clothes_hair_and_the_country_of_a_plate_are_facts(cast: Cast, language: str, words: str) -> None:
    assert json.loads(sighting(language=language, facts={"behaviour": words}).facts) == {"behaviour": words}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Trois Roms dans une voiture."),
        ("nl", "Twee Marokkanen aan de deur."),
        ("de", "Zwei Zigeuner an der Tür."),
        ("en", "A black man was looking at the houses."),
    ],
)
def test_nobody_is_reported_for_their_origin_on_a_page_of_any_language(cast: Cast, language: str, words: str) -> None:
    for page in {language, "fr", "en"}:
        with pytest.raises(refusals.TellsOrigin):
            sighting(language=page, facts={"behaviour": words})


def test_unknown_fields_are_not_kept(cast: Cast) -> None:
    filed = sighting(facts={"behaviour": WORDS, "origin": "anything"})

    assert json.loads(filed.facts) == {"behaviour": WORDS}


def test_nothing_is_taken_where_nobody_reads(cast: Cast) -> None:
    Mandate.objects.filter(role="officer").update(ends_at=NOW - timedelta(hours=1))

    with pytest.raises(refusals.NobodyReads):
        sighting()


def test_the_police_read_answer_and_show_why_not(cast: Cast) -> None:
    first, second, third = sighting(), sighting(), sighting()
    sightings.mark_sighting_read_and_tell_reporter(sighting=first, by=cast.officer, at=LATER)
    sightings.mark_sighting_read_and_tell_reporter(sighting=first, by=cast.second_officer, at=LATER)

    sightings.answer_sighting_and_tell_reporter(sighting=first, words="Merci.", by=cast.officer, at=LATER)
    sightings.close_and_tell_reporter(sighting=second, reason="investigation", words="", by=cast.officer, at=LATER)
    sightings.hand_over_and_tell_reporter(sighting=third, by=cast.officer, at=LATER)

    told = {one.pk: (one.state, one.answer, one.reason) for one in Sighting.objects.all()}
    assert told[first.pk] == ("answered", "Merci.", "")
    assert told[second.pk] == ("closed", "", "investigation")
    assert told[third.pk] == ("handed_over", "", "")
    assert Entry.objects.filter(verb="sighting.read").count() == 3
    with pytest.raises(WrongState):
        sightings.close_and_tell_reporter(sighting=first, reason="known", words="", by=cast.officer, at=LATER)


def test_an_answer_to_whoever_reports_accuses_nobody(cast: Cast) -> None:
    report = sighting()

    with pytest.raises(HeldWords):
        sightings.answer_sighting_and_tell_reporter(
            sighting=report, words="Le Rom est le voleur.", by=cast.officer, at=LATER
        )

    report.refresh_from_db()
    assert (report.state, report.answer) == ("filed", "")


def test_what_was_taken_over_can_still_be_answered_and_stays_no_longer(cast: Cast) -> None:
    filed = sighting()
    sightings.hand_over_and_tell_reporter(sighting=filed, by=cast.officer, at=LATER)

    sightings.answer_sighting_and_tell_reporter(
        sighting=filed, words="Merci.", by=cast.officer, at=LATER + timedelta(days=9)
    )

    kept = Sighting.objects.get()
    assert (kept.state, kept.ended_at) == ("answered", LATER)


def test_nobody_else_reads_answers_or_ends_it(cast: Cast) -> None:
    filed = sighting()
    for person in (cast.here.coordinator, cast.foreign_officer, cast.chief):
        with pytest.raises(NotAllowed):
            sightings.mark_sighting_read_and_tell_reporter(sighting=filed, by=person, at=LATER)
        with pytest.raises(NotAllowed):
            sightings.answer_sighting_and_tell_reporter(sighting=filed, words="Merci.", by=person, at=LATER)
        with pytest.raises(NotAllowed):
            sightings.close_and_tell_reporter(sighting=filed, reason="known", words="", by=person, at=LATER)
        with pytest.raises(NotAllowed):
            sightings.hand_over_and_tell_reporter(sighting=filed, by=person, at=LATER)

    assert Sighting.objects.get().state == "filed"


def test_thirty_days_after_its_end_only_numbers_are_left(cast: Cast) -> None:
    old, young, waiting = (sighting(pictures=[picture()], reporter=REPORTER) for _one in range(3))
    sightings.answer_sighting_and_tell_reporter(sighting=old, words="Merci.", by=cast.officer, at=NOW)
    sightings.hand_over_and_tell_reporter(sighting=young, by=cast.officer, at=NOW + timedelta(days=1))

    purged = sightings.erase_old_sightings(by=None, at=NOW + timedelta(days=30))
    again = sightings.erase_old_sightings(by=None, at=NOW + timedelta(days=30))

    assert (purged, again) == (1, 0)
    left = Sighting.objects.get(pk=old.pk)
    assert [left.place, left.facts, left.answer, left.reporter_name, left.reporter_reach] == [""] * 5
    assert (left.state, left.kind, left.day, left.clock, reported_facts_of(left)) == (
        "purged",
        "behaviour",
        YESTERDAY,
        None,
        [],
    )
    assert sorted(photo.sighting_id for photo in Photo.objects.all()) == sorted([young.pk, waiting.pk])
    assert count_sightings(cast.zone, since=date(2026, 11, 1), until=date(2026, 12, 1))["kind"] == {"behaviour": 3}


def test_a_report_that_nobody_ended_goes_after_a_year(cast: Cast) -> None:
    sighting(reporter=REPORTER)

    early = sightings.erase_old_sightings(by=None, at=NOW + timedelta(days=364))
    late = sightings.erase_old_sightings(by=None, at=NOW + timedelta(days=365))

    left = Sighting.objects.get()
    assert (early, late) == (0, 1)
    assert (left.state, left.facts, left.reporter_name) == ("purged", "", "")


def test_counts_stay_in_the_zone_and_the_time(cast: Cast) -> None:
    sighting()
    sighting(kind="vehicle", at=NOW + timedelta(days=7), day=date(2026, 11, 30))
    sighting(kind="vehicle", at=NOW + timedelta(days=8), day=date(2026, 11, 30))

    november = count_sightings(cast.zone, since=date(2026, 11, 1), until=date(2026, 12, 1))

    assert november == {"kind": {"behaviour": 1}, "state": {"filed": 1}, "referral": {}}
    assert count_sightings(cast.abroad.area, since=date(2026, 1, 1), until=date(2027, 1, 1)) == {
        "kind": {},
        "state": {},
        "referral": {},
    }


def test_the_reporter_takes_name_and_number_away(cast: Cast) -> None:
    filed = sighting(reporter=REPORTER)

    sightings.erase_reporter(sighting=filed, by=cast.officer, at=LATER)

    kept = Sighting.objects.get()
    assert kept.reporter_name == ""
    assert kept.reporter_reach == ""
    assert bool(kept.facts) is True
    assert Entry.objects.get(verb="sighting.reporter_withdrawn").actor == ""


def test_where_no_name_was_given_none_is_taken_away(cast: Cast) -> None:
    filed = sighting()

    sightings.erase_reporter(sighting=filed, by=None, at=LATER)

    assert not Entry.objects.filter(verb="sighting.reporter_withdrawn").exists()


def test_pictures_are_sealed_and_open_for_the_police_alone(cast: Cast) -> None:
    filed = sighting(pictures=[picture(), picture("PNG")])

    stored = [bytes(photo.sealed) for photo in Photo.objects.order_by("position")]
    assert [b"JFIF" in one for one in stored] == [False, False]
    opened = unseal_photograph(filed, 2)
    assert opened is not None
    assert opened.content.startswith(b"\xff\xd8\xff")
    assert opened.name == f"{filed.reference}-2.jpg"
    assert unseal_photograph(filed, 3) is None


def test_the_desk_reads_two_queries_whatever_its_length(cast: Cast, django_assert_num_queries) -> None:
    with mandates_cached():
        assert held_mandates(cast.officer, at=LATER)  # as for every page: what its reader may do
        sighting()
        with django_assert_num_queries(2):
            sighting_desk_of(cast.officer, at=LATER)
        sighting(), sighting()
        with django_assert_num_queries(2):
            desk = sighting_desk_of(cast.officer, at=LATER)

    assert (len(desk.new), desk.open, desk.ended, desk.erased) == (3, [], [], 0)


def test_facts_are_shown_in_order_under_their_headings(cast: Cast) -> None:
    filed = sighting(facts={"plate": PLATE, "behaviour": WORDS, "clothing": "veste bleue"})

    shown = [[words for _label, words in rows] for _heading, rows in reported_facts_of(filed)]

    assert shown == [[WORDS], ["veste bleue"], [PLATE]]


def test_a_report_at_midnight_of_a_belgian_day_is_of_that_day(cast: Cast) -> None:
    just_after = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)

    assert sighting(at=just_after, day=date(2026, 11, 25), clock=time(0, 15)).day == date(2026, 11, 25)
