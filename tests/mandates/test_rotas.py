"""Who is on call: a week pattern, swaps, a hand-over at once, hours that nobody has (ADR 74)."""

from datetime import date, datetime, time, timedelta

import pytest

from plp.delivery.models import Message, MessageText
from plp.mandates import rotas
from plp.mandates.actions import NotAllowed, record_absence_and_ask_deputy
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate, Rota, Shift
from plp.mandates.principals import person_whose_shift_was_taken
from plp.mandates.queries import may, permission_holders
from plp.mandates.rota_clock import KEPT, report_gaps_and_delete_old_shifts
from plp.mandates.rota_letters import is_valid_shift_answer_signature, shift_answer_path
from plp.mandates.rota_patterns import (
    IN_TURN,
    LEAVE,
    NOBODY,
    WeekPattern,
    planned_shifts,
    subtract_hours,
    unmanned_hours,
)
from plp.mandates.rota_queries import (
    next_person_on_call,
    on_call_persons_else_all,
    people_who_can_be_on_call,
    rota_areas,
    unmanned_hours_of_rota,
)
from plp.people.models import Person
from plp.toolbox.clock import BRUSSELS
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, contact, hold, person

MONDAY = date(2026, 11, 30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def on(day: int, hour: int = 8) -> datetime:
    """A moment so many days after the Monday, on the Belgian clock."""
    return datetime.combine(MONDAY + day * DAY, time(hour), tzinfo=BRUSSELS)


def week(*days: str, people: list[Person] | None = None, last: date = MONDAY + 6 * DAY, **more: object) -> WeekPattern:
    """A pattern from the Monday on; one choice stands for all seven days."""
    weekdays = days if len(days) == 7 else days * 7
    named = [person.pk for person in people or []]
    return WeekPattern(MONDAY, last, time(8), time(20), weekdays, people=named, **more)


@pytest.fixture
def cast(db: None) -> Cast:
    cast = Cast()
    contact(cast.officer, "email", "anne@police.example")
    contact(cast.second_officer, "email", "bart@police.example")
    contact(cast.here.coordinator, "email", "clara@plp.test")
    contact(cast.here.deputy, "email", "denis@plp.test")
    return cast


def rota(cast: Cast, *days: str, **more: object) -> Rota:
    pattern = week(*(days or (str(cast.officer.pk),)), **more)
    return rotas.save_rota_shifts_and_notify(
        area=cast.zone, pattern=pattern, answer_minutes=15, by=cast.officer, at=NOW
    )


def test_each_week_the_next_one_has_it_and_holidays_may_be_others() -> None:
    anne, bart = Person(name="Anne"), Person(name="Bart")
    christmas = date(2026, 12, 25)

    shifts = planned_shifts(week(IN_TURN, people=[anne, bart], last=christmas, holiday=str(bart.pk)), at=on(-1))
    by_day = {shift.starts_at.date(): shift.person for shift in shifts}

    assert [by_day[MONDAY + number * DAY] for number in (0, 6, 7, 14)] == [anne.pk, anne.pk, bart.pk, anne.pk]
    assert (by_day[christmas - DAY], by_day[christmas]) == (bart.pk, bart.pk)
    assert len(shifts) == 26
    as_usual = planned_shifts(week(IN_TURN, people=[bart, anne], last=christmas), at=on(24, 20))
    assert [(shift.starts_at, shift.ends_at, shift.person) for shift in as_usual] == [(on(25), on(25, 20), anne.pk)]
    nobodys = planned_shifts(week(IN_TURN, last=MONDAY), at=on(-1))
    assert [shift.person for shift in nobodys] == [None]


def test_hours_until_the_same_hour_last_into_the_next_day() -> None:
    pattern = WeekPattern(MONDAY, MONDAY, time(8), time(8), [NOBODY] * 7)

    (shift,) = planned_shifts(pattern, at=on(0, 10))

    assert (shift.starts_at, shift.ends_at, shift.person) == (on(0, 10), on(1), None)


def test_what_is_left_of_hours_beside_others() -> None:
    assert subtract_hours((on(0), on(3)), [(on(2), on(2, 9)), (on(-1), on(0, 9))]) == [
        (on(0, 9), on(2)),
        (on(2, 9), on(3)),
    ]
    assert subtract_hours((on(0), on(1)), [(on(0), on(1))]) == []
    assert subtract_hours((on(0), on(1)), [(on(-1), on(0)), (on(1), on(2))]) == [(on(0), on(1))]
    assert subtract_hours((on(0), on(2)), [(on(0), on(1)), (on(0, 9), on(0, 10))]) == [(on(1), on(2))]
    assert unmanned_hours([(on(0), on(1)), (on(2), on(3))], [(on(0), on(2, 9))]) == [(on(2, 9), on(3))]


def test_a_pattern_replaces_what_stands_there_and_leaves_the_rest(cast: Cast) -> None:
    rota(cast)
    rota(cast, *[LEAVE] * 5, str(cast.second_officer.pk), NOBODY)

    people = [shift.person_id for shift in Shift.objects.order_by("starts_at")]

    assert people == [cast.officer.pk] * 5 + [cast.second_officer.pk, None]
    assert Message.objects.filter(purpose="partnership.rota_made").count() == 1
    noon = WeekPattern(MONDAY, MONDAY, time(10), time(12), [str(cast.second_officer.pk)] * 7)
    rotas.save_rota_shifts_and_notify(area=cast.zone, pattern=noon, answer_minutes=15, by=cast.officer, at=NOW)
    monday = Rota.objects.get().shifts.filter(starts_at__lt=on(1)).order_by("starts_at")
    assert list(monday.values_list("starts_at", "ends_at", "person")) == [
        (on(0), on(0, 10), cast.officer.pk),
        (on(0, 10), on(0, 12), cast.second_officer.pk),
        (on(0, 12), on(0, 20), cast.officer.pk),
    ]


def test_the_next_one_is_who_has_the_coming_hours_else_another_one_of_the_desk(cast: Cast) -> None:
    anne, bart = str(cast.officer.pk), str(cast.second_officer.pk)
    desk_rota = rota(cast, bart, anne, *[LEAVE] * 5)
    during, after = on(0, 21), on(2)  # of Bart's hours, that are over, and when nobody has any

    nexts = [
        next_person_on_call(desk_rota, without=[], at=on(0, 9)),
        next_person_on_call(desk_rota, without=[], at=during),
        next_person_on_call(desk_rota, without=[cast.officer.pk], at=during),
        next_person_on_call(desk_rota, without=[], at=after),
        next_person_on_call(
            desk_rota, without=[someone.pk for someone in people_who_can_be_on_call(cast.zone, at=after)], at=after
        ),
    ]

    first = people_who_can_be_on_call(cast.zone, at=after)[0].pk
    assert nexts == [cast.second_officer.pk, cast.officer.pk, cast.second_officer.pk, first, None]


@pytest.mark.parametrize(
    ("pattern", "refusal"),
    [
        (week(NOBODY, last=MONDAY - DAY), rotas.BadRotaDays),
        (week(NOBODY, last=MONDAY + 367 * DAY), rotas.BadRotaDays),
        (WeekPattern(MONDAY - 9 * DAY, MONDAY - 8 * DAY, time(8), time(20), [NOBODY] * 7), rotas.BadRotaDays),
        (week(LEAVE), rotas.EmptyPattern),
    ],
)
def test_a_pattern_that_says_nothing_is_refused(cast: Cast, pattern: WeekPattern, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rotas.save_rota_shifts_and_notify(area=cast.zone, pattern=pattern, answer_minutes=15, by=cast.officer, at=NOW)


def test_only_the_desk_stands_on_it_and_only_its_makers_make_it(cast: Cast) -> None:
    with pytest.raises(rotas.NotOnDesk):
        rota(cast, str(cast.foreign_officer.pk))
    with pytest.raises(NotAllowed):
        rotas.save_rota_shifts_and_notify(
            area=cast.here.area, pattern=week(NOBODY), answer_minutes=15, by=cast.next_door.coordinator, at=NOW
        )

    assert (rota_areas(cast.officer, at=NOW), rota_areas(cast.next_door.coordinator, at=NOW)) == (
        [cast.zone],
        [cast.next_door.area],
    )
    rota(cast, NOBODY, last=MONDAY + 366 * DAY)
    assert Shift.objects.count() == 367


def test_whoever_is_on_call_is_called_first_and_without_one_all_are(cast: Cast) -> None:
    desk = Person.objects.filter(pk__in=[cast.officer.pk, cast.second_officer.pk])
    rota(cast)

    on_monday = list(on_call_persons_else_all(desk, cast.here.area, at=on(0, 9)))
    at_night = on_call_persons_else_all(desk, cast.here.area, at=on(0, 21)).count()
    abroad = on_call_persons_else_all(desk, cast.abroad.area, at=on(0, 9)).count()

    assert (on_monday, at_night, abroad) == ([cast.officer], 2, 2)


def test_whoever_lost_the_office_is_not_called(cast: Cast) -> None:
    rota(cast, str(cast.second_officer.pk))
    Mandate.objects.filter(person=cast.second_officer).update(ends_at=on(0))
    able = permission_holders(Permission.SIGHTING_HANDLE, cast.here.area, at=on(0, 9))

    assert list(on_call_persons_else_all(able, cast.here.area, at=on(0, 9))) == list(able)


def test_a_deputy_on_call_holds_the_tasks_for_these_hours_alone(cast: Cast) -> None:
    pattern, deputy = week(str(cast.here.deputy.pk)), cast.here.deputy
    rotas.save_rota_shifts_and_notify(
        area=cast.here.area, pattern=pattern, answer_minutes=15, by=cast.here.coordinator, at=NOW
    )

    held = [may(deputy, Permission.NOTICE_RELAY, cast.here.area, at=on(0, hour)) for hour in (7, 9, 21)]

    assert held == [False, True, False]
    assert not may(deputy, Permission.NOTICE_RELAY, cast.next_door.area, at=on(0, 9))


def asked(cast: Cast, *, in_return: bool = False) -> Shift:
    """Anne asks Bart to take Monday, perhaps for his Tuesday."""
    rota(cast, str(cast.officer.pk), str(cast.second_officer.pk), *[NOBODY] * 5)
    monday, tuesday = Shift.objects.exclude(person=None).order_by("starts_at")
    other = tuesday if in_return else None
    rotas.offer_shift(shift=monday, to=cast.second_officer, in_return=other, by=cast.officer, at=NOW)
    return rotas.shift_of_key(monday.pk)


def holders_by_day() -> list[str]:
    return [shift.person.name for shift in Shift.objects.exclude(person=None).order_by("starts_at")]


def test_hours_are_somebody_elses_once_they_say_yes(cast: Cast) -> None:
    shift = asked(cast)
    before = holders_by_day()

    rotas.answer_shift_offer_and_notify_asker(shift=shift, accepts=True, by=cast.second_officer, at=NOW)

    assert before == ["Anne Exemple", "Bart Voorbeeld"]
    assert holders_by_day() == ["Bart Voorbeeld"] * 2
    assert person_whose_shift_was_taken(cast.second_officer, cast.here.area, at=on(0, 9)) == cast.officer.pk


def test_a_swap_moves_both(cast: Cast) -> None:
    shift = asked(cast, in_return=True)

    rotas.answer_shift_offer_and_notify_asker(shift=shift, accepts=True, by=cast.second_officer, at=NOW)

    assert holders_by_day() == ["Bart Voorbeeld", "Anne Exemple"]


def test_whoever_says_no_leaves_it_and_the_asker_is_told(cast: Cast) -> None:
    shift = asked(cast)

    rotas.answer_shift_offer_and_notify_asker(shift=shift, accepts=False, by=cast.second_officer, at=NOW)

    assert holders_by_day() == ["Anne Exemple", "Bart Voorbeeld"]
    assert "ne peut pas" in MessageText.objects.get(message__purpose="partnership.shift_answered").subject


def test_a_question_is_answered_once_and_by_whoever_was_asked_last(cast: Cast) -> None:
    shift = asked(cast)
    third = person("Eva Beispiel")
    hold(third, Role.OFFICER, cast.zone)
    signature = shift_answer_path(shift).rstrip("/").rpartition("/")[2]
    rotas.offer_shift(shift=shift, to=third, in_return=None, by=cast.officer, at=NOW)

    with pytest.raises(WrongState):
        rotas.answer_shift_offer_and_notify_asker(shift=shift, accepts=True, by=cast.second_officer, at=NOW)

    assert not is_valid_shift_answer_signature(rotas.shift_of_key(shift.pk), signature)
    assert holders_by_day()[0] == "Anne Exemple"


def test_handed_over_at_once_from_now_on(cast: Cast) -> None:
    rota(cast)
    monday = Shift.objects.order_by("starts_at").first()

    rest = rotas.hand_over_shift_now_and_notify(shift=monday, to=cast.second_officer, by=cast.officer, at=on(0, 12))
    monday.refresh_from_db()

    assert (monday.ends_at, rest.starts_at, rest.ends_at) == (on(0, 12), on(0, 12), on(0, 20))
    assert (rest.person, rest.instead_of_id) == (cast.second_officer, cast.officer.pk)
    assert Message.objects.filter(purpose="partnership.shift_given").count() == 1


def test_hours_of_others_are_not_given_away(cast: Cast) -> None:
    rota(cast)
    monday = Shift.objects.order_by("starts_at").first()

    with pytest.raises(NotAllowed):
        rotas.offer_shift(shift=monday, to=cast.officer, in_return=None, by=cast.second_officer, at=NOW)
    with pytest.raises(NotAllowed):
        rotas.hand_over_shift_now_and_notify(shift=monday, to=cast.here.deputy, by=cast.here.coordinator, at=on(0, 12))


def test_hours_that_nobody_has_are_said_a_week_before_and_once(cast: Cast) -> None:
    known_rota = rota(cast, last=MONDAY + 20 * DAY)
    Shift.objects.filter(starts_at=on(2)).delete()

    said = [
        report_gaps_and_delete_old_shifts(at=on(0, 9)),
        report_gaps_and_delete_old_shifts(at=on(0, 10)),
        report_gaps_and_delete_old_shifts(at=on(1, 9)),
    ]
    body = MessageText.objects.get(message__purpose="partnership.rota_unmanned").body

    assert unmanned_hours_of_rota(known_rota, first=MONDAY, last=MONDAY + 7 * DAY, at=on(0, 9)) == [(on(2), on(2, 20))]
    assert said == [1, 0, 0]
    assert "2 décembre" in body


def test_the_end_of_a_rota_is_said_once_and_then_it_is_quiet(cast: Cast) -> None:
    rota(cast)

    said = [report_gaps_and_delete_old_shifts(at=on(day, 9)) for day in (-3, -1, 0, 1, 5, 6, 8, 9)]

    assert said == [0, 0, 1, 0, 0, 0, 0, 0]


def test_an_absence_leaves_hours_unmanned_and_nobody_on_purpose_does_not(cast: Cast) -> None:
    own, deputy = (Mandate.objects.get(person=who) for who in (cast.here.coordinator, cast.here.deputy))
    pattern = week(str(cast.here.coordinator.pk), *[NOBODY] * 6)
    known_rota = rotas.save_rota_shifts_and_notify(
        area=cast.here.area, pattern=pattern, answer_minutes=15, by=cast.here.coordinator, at=NOW
    )
    record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=on(0, 0), ends_at=on(1, 0), by=own.person, at=NOW
    )

    assert unmanned_hours_of_rota(known_rota, first=MONDAY, last=MONDAY + 5 * DAY, at=NOW) == [(on(0), on(0, 20))]


def test_hours_of_a_year_ago_are_forgotten_and_an_ended_rota_leaves_nothing(cast: Cast) -> None:
    known_rota = rota(cast)
    report_gaps_and_delete_old_shifts(at=on(1, 9) + KEPT)
    left = Shift.objects.count()

    rotas.delete_rota(rota=known_rota, by=cast.officer, at=on(1))

    assert (left, Rota.objects.count(), Shift.objects.count()) == (6, 0, 0)


def test_a_committee_member_who_relays_can_be_on_call(cast: Cast) -> None:
    helper = person("Farid Exemple")
    hold(helper, Role.COMMITTEE, cast.here.area)

    assert [who.name for who in people_who_can_be_on_call(cast.here.area, at=NOW)] == ["Clara Haren", "Denis Haren"]
