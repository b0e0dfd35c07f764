"""Who deals with a report, until when, and who hears that nobody does; what the reporter hears (R123)."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, Message
from plp.mandates.queries import NotAllowed
from plp.people.models import ContactPoint, Person
from plp.sightings import refusals
from plp.sightings.actions import assignment, sightings
from plp.sightings.letters import is_report_code, report_code
from plp.sightings.models import Sighting, SightingReader
from plp.sightings.queries import answer_times, sighting_by_reference_in_code
from plp.sightings.queries.assignment import answer_time_figures
from plp.sightings.rules import ANSWER_WITHIN, TAKE_WITHIN, OfficerLoad, must_whole_desk_be_told, next_officer
from plp.toolbox.ids import new_random_id
from tests.factories.cast import NOW, Cast, contact
from tests.sightings.stage import sighting

A, B = sorted([new_random_id(), new_random_id()])
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EMAIL = ("email", "zoe@example.org")


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody; both officers of the zone can be written to."""
    cast = Cast()
    contact(cast.officer, "email", "anne@police.example")
    contact(cast.second_officer, "email", "bart@police.example")
    return cast


@pytest.mark.parametrize(
    ("loads", "turn"),
    [
        ([], None),
        ([OfficerLoad(A), OfficerLoad(B)], A),
        ([OfficerLoad(A, 2), OfficerLoad(B, 1)], B),
        ([OfficerLoad(A, 1, NOW), OfficerLoad(B, 1, NOW - HOUR)], B),
        ([OfficerLoad(A, is_away=True), OfficerLoad(B, 9)], B),
        ([OfficerLoad(A, is_away=True)], A),
    ],
)
def test_the_turn_goes_by_absence_open_reports_and_the_last_one(loads: list, turn: object) -> None:
    assert next_officer(loads) == turn


@pytest.mark.parametrize(
    ("assigned", "escalated", "is_read", "hours", "lying"),
    [
        (0, None, False, 23, False),
        (0, None, False, 24, True),
        (24, 24, False, 47, False),
        (24, 24, False, 48, True),
        (0, None, True, 100, False),
        (0, None, True, 7 * 24, True),
        (0, 7 * 24, True, 8 * 24, False),
        (None, None, False, 24, True),
    ],
)
def test_what_is_unread_for_a_day_or_open_for_a_week_was_left_lying(
    assigned: int | None, escalated: int | None, is_read: bool, hours: int, lying: bool
) -> None:
    assigned_at = None if assigned is None else NOW + assigned * HOUR
    escalated_at = None if escalated is None else NOW + escalated * HOUR

    assert must_whole_desk_be_told(NOW, assigned_at, escalated_at, is_read=is_read, at=NOW + hours * HOUR) is lying


def test_reports_go_round_and_each_is_written_to_whoever_has_it(cast: Cast) -> None:
    first, second = sighting(), sighting()

    assert [first.assigned_to, second.assigned_to] == [cast.officer, cast.second_officer]
    receivers = Dispatch.objects.order_by("pk").values_list("contact__person", flat=True)
    assert list(receivers) == [cast.officer.pk, cast.second_officer.pk]
    assert first.due_at == NOW + ANSWER_WITHIN


def test_a_report_is_given_by_hand_within_the_desk_alone(cast: Cast) -> None:
    report = sighting()

    assignment.assign_and_notify(sighting=report, to=cast.second_officer, by=cast.officer, at=NOW + HOUR)

    report.refresh_from_db()
    assert (report.assigned_to, report.assigned_at) == (cast.second_officer, NOW + HOUR)
    with pytest.raises(refusals.NotOfTheDesk):
        assignment.assign_and_notify(sighting=report, to=cast.chief, by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        assignment.assign_and_notify(sighting=report, to=cast.officer, by=cast.here.coordinator, at=NOW)


def test_an_unread_report_goes_on_after_a_day_and_the_whole_desk_hears_of_it(cast: Cast) -> None:
    report = sighting()
    Message.objects.all().delete()

    escalated = [assignment.escalate_or_reassign_sightings(by=None, at=NOW + TAKE_WITHIN) for _time in range(2)]

    report.refresh_from_db()
    assert escalated == [1, 0]
    assert report.assigned_to == cast.second_officer
    purposes = Dispatch.objects.values_list("message__purpose", "contact__person__pk")
    assert sorted(purposes) == sorted(
        [
            ("sighting.waits", cast.officer.pk),
            ("sighting.waits", cast.second_officer.pk),
            ("sighting.filed", cast.second_officer.pk),
        ]
    )


def test_figures_of_answers_count_the_wait_and_the_week(cast: Cast) -> None:
    for days in (1, 3, 9):
        report = sighting()
        sightings.close_and_tell_reporter(
            sighting=report, reason="known", words="", by=cast.officer, at=NOW + days * DAY
        )

    times = answer_times(cast.officer, at=NOW + 10 * DAY)

    assert (times.number, times.in_time, times.median_hours) == (3, 2, 72)
    assert answer_times(cast.foreign_officer, at=NOW + 10 * DAY).number == 0
    assert answer_time_figures([]).median_hours is None


def test_the_reporter_hears_by_mail_what_becomes_of_it_and_is_no_person_of_the_report(cast: Cast) -> None:
    report = sighting(email=EMAIL)
    Message.objects.all().delete()

    sightings.mark_sighting_read_and_tell_reporter(sighting=report, by=cast.officer, at=NOW + HOUR)
    sightings.answer_sighting_and_tell_reporter(
        sighting=report, words="Une patrouille est venue.", by=cast.officer, at=NOW + 2 * HOUR
    )

    letters = Message.objects.order_by("created_at", "pk")
    reader = ContactPoint.objects.get(person__name__isnull=False, pk__in=Dispatch.objects.values("contact"))
    words = [text.body for letter in letters for text in letter.texts.all()]
    assert [letter.purpose for letter in letters] == ["sighting.news", "sighting.news"]
    assert reader.address == EMAIL[1]
    assert "lu par la police" in words[0]
    assert not any("patrouille" in text for text in words)
    assert EMAIL[1] not in str(Sighting.objects.values().get())


def test_an_address_to_hear_is_erased_with_the_report_and_at_the_wish_of_the_reporter(cast: Cast) -> None:
    kept, withdrawn = sighting(email=EMAIL), sighting(email=EMAIL)
    before = Person.objects.count()

    sightings.erase_reporter(sighting=withdrawn, by=None, at=NOW + HOUR)
    after_wish = Person.objects.count()
    sightings.erase_old_sightings(by=None, at=NOW + timedelta(days=366))

    assert (before - after_wish, before - Person.objects.count()) == (1, 2)
    assert not SightingReader.objects.exists()
    assert not ContactPoint.objects.filter(person__pk__in=[kept.pk]).exists()


def test_the_code_is_read_as_people_type_it_and_no_other_opens(cast: Cast) -> None:
    report = sighting()
    code = report_code(report)
    typed = f" {code.lower().replace('-', ' ')} "

    assert sighting_by_reference_in_code(typed) == report
    assert is_report_code(report, typed)
    assert not is_report_code(report, f"{report.reference}-00000000")
    assert sighting_by_reference_in_code("") is None
