"""Working days: weekends, Belgian holidays, both changes of the hour."""

from datetime import UTC, date, datetime

import pytest

from plp.followup.rules.days import days_after, is_working_day, working_days_after
from plp.followup.rules.terms import response_term
from plp.places.rules.holidays import holidays
from plp.toolbox.clock import local

HOLIDAYS_2026 = {
    date(2026, 1, 1),
    date(2026, 4, 6),  # Easter Monday
    date(2026, 5, 1),
    date(2026, 5, 14),  # Ascension Day
    date(2026, 5, 25),  # Whit Monday
    date(2026, 7, 21),
    date(2026, 8, 15),
    date(2026, 11, 1),
    date(2026, 11, 11),
    date(2026, 12, 25),
}


def test_the_ten_legal_holidays() -> None:
    assert holidays(2026) == HOLIDAYS_2026


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 11, 11), False),
        (date(2027, 3, 29), False),  # Easter Monday of another year
    ],
)
def test_a_day_works_or_not(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("at", "number", "then"),
    [
        (datetime(2026, 11, 25, 9, tzinfo=UTC), 10, datetime(2026, 12, 9, 9, tzinfo=UTC)),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), 1, datetime(2026, 12, 28, 9, tzinfo=UTC)),  # Christmas and a weekend
        (datetime(2026, 10, 23, 8, tzinfo=UTC), 1, datetime(2026, 10, 26, 9, tzinfo=UTC)),  # the clock went back
        (datetime(2026, 3, 27, 9, tzinfo=UTC), 1, datetime(2026, 3, 30, 8, tzinfo=UTC)),  # the clock went forward
        (datetime(2026, 11, 28, 9, tzinfo=UTC), 1, datetime(2026, 11, 30, 9, tzinfo=UTC)),  # begun on a Saturday
    ],
)
def test_the_hour_on_the_clock_stays(at: datetime, number: int, then: datetime) -> None:
    assert working_days_after(at, number) == then


def test_days_keep_the_hour_over_both_changes() -> None:
    for begun in (datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 10, 1, 8, tzinfo=UTC)):
        assert local(days_after(begun, 90)).hour == local(begun).hour


def test_a_hand_has_a_share_of_the_life_of_a_message() -> None:
    at = datetime(2026, 11, 27, 9, tzinfo=UTC)  # a Friday

    terms = [response_term(minutes, at).total_seconds() / 60 for minutes in (240, 60, None)]

    assert terms == [15, 10, 3 * 24 * 60]
