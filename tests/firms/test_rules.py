"""The number of a firm, and when it is open."""

from datetime import UTC, datetime, time

import pytest

from plp.firms.rules import (
    BadEnterpriseNumber,
    BadHours,
    clean_enterprise_number,
    clean_firm_name,
    clean_hours,
    formatted_number,
    is_firm_open,
)

CLOSED = (None, None)
DAY = (time(9), time(18))
NIGHT = (time(18), time(2))


@pytest.mark.parametrize(
    "written",
    [
        "0123456749",
        "0123.456.749",
        "BE 0123 456 749",
        "be0123.456.749",
        "123 456 749",
        "0123-456-749",
        " 0123/456/749 ",
    ],
)
def test_a_number_as_people_write_it(written: str) -> None:
    assert clean_enterprise_number(written) == "0123456749"


@pytest.mark.parametrize("written", ["", "0123456748", "0123.456.794", "12", "NL123456782B90", "2.000.000.339"])
def test_a_wrong_number_is_refused(written: str) -> None:
    with pytest.raises(BadEnterpriseNumber):
        clean_enterprise_number(written)


def test_a_number_is_shown_as_on_papers() -> None:
    assert formatted_number("0123456749") == "0123.456.749"


def test_a_name_may_hold_what_firms_write() -> None:
    assert clean_firm_name("  Snack  & Co +32 ") == "Snack & Co +32"


def test_hours_are_those_of_a_belgian_clock() -> None:
    hours = clean_hours([DAY] * 5 + [CLOSED] * 2)
    wednesday, saturday = datetime(2026, 11, 25, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC)

    told = [is_firm_open(hours, wednesday.replace(hour=hour)) for hour in (7, 8, 16, 17)]

    assert hours == ["09:00-18:00"] * 5 + ["", ""]
    assert told == [False, True, True, False]
    assert not is_firm_open(hours, saturday.replace(hour=10))
    assert not is_firm_open([], wednesday.replace(hour=10))


def test_a_night_shop_is_open_after_midnight() -> None:
    hours = clean_hours([CLOSED, CLOSED, NIGHT, CLOSED, CLOSED, CLOSED, CLOSED])

    after_midnight, next_night = datetime(2026, 11, 26, 0, 30, tzinfo=UTC), datetime(2026, 11, 26, 22, 0, tzinfo=UTC)

    assert is_firm_open(hours, after_midnight)
    assert not is_firm_open(hours, next_night)


@pytest.mark.parametrize("hours", [[DAY] * 6, [(time(9), None)] + [DAY] * 6, [(None, time(9))] + [DAY] * 6])
def test_half_a_day_is_refused(hours: list) -> None:
    with pytest.raises(BadHours):
        clean_hours(hours)
