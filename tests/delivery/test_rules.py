"""When to try again, and when to leave somebody alone."""

import time as machine
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.delivery.rules import (
    PAUSE_STEP,
    QuietWishes,
    copy_held_until,
    end_of_quiet_hours,
    moment_or_next_morning_if_night,
    next_digest_time,
    next_morning,
    next_pause_check,
    retry_pause,
    start_of_belgian_day,
    start_of_hour,
)
from plp.toolbox.clock import BRUSSELS

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)  # 12:00 in Brussels


@pytest.mark.parametrize(
    ("tries", "urgent", "seconds"),
    [(1, False, 30), (2, False, 60), (8, False, 3600), (40, False, 3600), (1, True, 5), (3, True, 20), (9, True, 60)],
)
def test_pauses_double_up_to_a_limit(tries: int, urgent: bool, seconds: int) -> None:
    assert retry_pause(tries, urgent=urgent, random_share=0.5) == timedelta(seconds=seconds)


@given(tries=st.integers(1, 10_000), chance=st.floats(0, 0.999), urgent=st.booleans())
def test_a_pause_is_spread_by_a_fifth_either_way(tries: int, chance: float, urgent: bool) -> None:
    middle = retry_pause(tries, urgent=urgent, random_share=0.5)

    pause = retry_pause(tries, urgent=urgent, random_share=chance)

    assert middle * 0.799 <= pause <= middle * 1.201


def test_a_supplier_may_ask_for_longer_but_not_for_ever() -> None:
    assert retry_pause(1, urgent=False, random_share=0.5, requested=300) == timedelta(seconds=300)
    assert retry_pause(1, urgent=False, random_share=0.5, requested=1e9) == timedelta(days=1)


@pytest.mark.parametrize(
    ("at", "begin", "until", "end"),
    [
        # 12:00 in Brussels is outside of the night
        (NOON, time(22), time(7), None),
        # 23:30 in Brussels: until 7:00 tomorrow (6:00 UTC in winter)
        (datetime(2026, 11, 25, 22, 30, tzinfo=UTC), time(22), time(7), datetime(2026, 11, 26, 6, tzinfo=UTC)),
        # 1:00 in Brussels: until 7:00 today
        (datetime(2026, 11, 25, 0, 0, tzinfo=UTC), time(22), time(7), datetime(2026, 11, 25, 6, tzinfo=UTC)),
        # summer time: 7:00 is 5:00 UTC
        (datetime(2026, 7, 1, 0, 0, tzinfo=UTC), time(22), time(7), datetime(2026, 7, 1, 5, tzinfo=UTC)),
        # an afternoon nap
        (NOON, time(11, 30), time(14), datetime(2026, 11, 25, 13, tzinfo=UTC)),
        # the end itself is no longer quiet
        (NOON, time(10), time(12), None),
        # no quiet hours, or an empty span
        (NOON, None, None, None),
        (NOON, time(9), time(9), None),
        # 29 March 2026, 1:30: the clock jumps from 2:00 to 3:00; half past two comes at half past three
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), time(22), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # 25 October 2026, 2:15 for the first time: the end is half past two for the first time
        (datetime(2026, 10, 25, 0, 15, tzinfo=UTC), time(22), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # ... 2:15 for the second time: half past two for the second time
        (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), time(22), time(2, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        # ... the night before that morning: 7:00 is 6:00 UTC again
        (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), time(22), time(7), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_quiet_hours_end_on_a_belgian_clock(
    at: datetime, begin: time | None, until: time | None, end: datetime | None
) -> None:
    assert end_of_quiet_hours(at, begin, until) == end


@given(
    at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    begin=st.times().map(lambda found: found.replace(second=0, microsecond=0)),
    until=st.times().map(lambda found: found.replace(second=0, microsecond=0)),
)
def test_quiet_hours_always_end_ahead_and_within_a_day(at: datetime, begin: time, until: time) -> None:
    end = end_of_quiet_hours(at, begin, until)

    assert end is None or at < end <= at + timedelta(hours=26)


def test_a_pause_is_looked_at_in_steps_that_do_not_tell_its_end() -> None:
    one = next_pause_check(NOON, (NOON + timedelta(minutes=1)).isoformat())
    other = next_pause_check(NOON, (NOON + timedelta(days=40)).isoformat())

    assert one == other == datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    assert next_pause_check(NOON, "") is None
    assert next_pause_check(NOON, NOON.isoformat()) is None
    assert timedelta(0) < one - NOON <= PAUSE_STEP


NIGHT = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgent", "agreed", "asked_for", "expected"),
    [
        (False, False, False, MORNING),
        (True, False, False, MORNING),
        (True, True, False, None),
        (False, True, False, MORNING),
        (False, False, True, None),
    ],
)
def test_an_alarm_breaks_the_night_only_for_those_who_agreed(
    urgent: bool, agreed: bool, asked_for: bool, expected: datetime | None
) -> None:
    wishes = QuietWishes(time(22), time(7), agreed, lambda: "")

    assert copy_held_until(NIGHT, wishes, urgent=urgent, asked_for=asked_for) == expected


def test_a_pause_holds_even_an_alarm() -> None:
    wishes = QuietWishes(None, None, True, (NOON + timedelta(days=9)).isoformat)

    assert copy_held_until(NOON, wishes, urgent=True, asked_for=False) is not None
    assert copy_held_until(NOON, wishes, urgent=True, asked_for=True) is None
    assert copy_held_until(NOON, None, urgent=False, asked_for=False) is None


def test_of_a_night_and_a_pause_the_later_end_counts() -> None:
    paused = QuietWishes(time(22), time(7), True, (NIGHT + timedelta(days=9)).isoformat)
    nearly_over = QuietWishes(time(22), time(7), True, (NIGHT + timedelta(minutes=1)).isoformat)

    assert copy_held_until(NIGHT, paused, urgent=False, asked_for=False) == MORNING
    assert copy_held_until(NIGHT, nearly_over, urgent=True, asked_for=False) == datetime(2026, 11, 26, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "day", "morning"),
    [
        ("2026-11-25T22:59", "2026-11-24T23:00", "2026-11-26T08:00"),
        ("2026-11-25T23:00", "2026-11-25T23:00", "2026-11-27T08:00"),  # midnight in Belgium
        ("2026-07-01T22:00", "2026-07-01T22:00", "2026-07-03T07:00"),  # and in summer
        ("2026-03-28T12:00", "2026-03-27T23:00", "2026-03-29T07:00"),  # the clock jumps in the night between
    ],
)
def test_money_is_counted_by_the_belgian_day_and_waits_for_the_morning_after(at: str, day: str, morning: str) -> None:
    moment = datetime.fromisoformat(f"{at}+00:00")

    assert start_of_belgian_day(moment) == datetime.fromisoformat(f"{day}+00:00")
    assert next_morning(moment) == datetime.fromisoformat(f"{morning}+00:00")


def test_codes_are_counted_by_the_hour() -> None:
    moment = datetime(2026, 11, 25, 12, 34, 56, 789, tzinfo=BRUSSELS)

    found = start_of_hour(moment)

    assert found == datetime(2026, 11, 25, 11, tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.fixture(params=["UTC", "Asia/Tokyo"])
def machine_abroad(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of the machine is set to the time of another place."""
    with monkeypatch.context() as there:
        there.setenv("TZ", request.param)
        machine.tzset()
        yield
    machine.tzset()


@pytest.mark.usefixtures("machine_abroad")
def test_hours_are_those_of_belgium_wherever_the_machine_stands() -> None:
    found = [
        end_of_quiet_hours(NOON, time(11), time(14)),
        next_digest_time(NOON, hour=18, weekday=None),
        start_of_belgian_day(NOON),
        next_morning(NOON),
    ]

    assert found == [
        datetime(2026, 11, 25, 13, tzinfo=UTC),
        datetime(2026, 11, 25, 17, tzinfo=UTC),
        datetime(2026, 11, 24, 23, tzinfo=UTC),
        datetime(2026, 11, 26, 8, tzinfo=UTC),
    ]
    assert {moment.tzinfo for moment in found if moment} == {UTC}


@pytest.mark.parametrize(("begin", "until"), [(time(12), None), (None, time(12)), (None, None), (time(12), time(12))])
def test_hours_without_a_beginning_or_an_end_are_none(begin: time | None, until: time | None) -> None:
    assert end_of_quiet_hours(NOON, begin, until) is None


@pytest.mark.parametrize(
    ("begin", "until", "end"),
    [
        (time(12), time(13), datetime(2026, 11, 25, 12, tzinfo=UTC)),
        (time(11), time(12), None),
        (time(12), time(7), datetime(2026, 11, 26, 6, tzinfo=UTC)),
        (time(22), time(12), None),
    ],
)
def test_quiet_hours_begin_on_the_minute_and_end_on_it(begin: time, until: time, end: datetime | None) -> None:
    assert end_of_quiet_hours(NOON, begin, until) == end


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-12-01T06:59", "2026-12-01T07:00"),
        ("2026-12-01T07:00", "2026-12-01T07:00"),
        ("2026-12-01T19:59", "2026-12-01T19:59"),
        ("2026-12-01T20:00", "2026-12-02T07:00"),
        ("2026-07-01T20:05", "2026-07-02T06:00"),
    ],
)
def test_what_can_wait_rings_no_telephone_at_night(written: str, leaves: str) -> None:
    assert moment_or_next_morning_if_night(datetime.fromisoformat(f"{written}+00:00")) == datetime.fromisoformat(
        f"{leaves}+00:00"
    )
