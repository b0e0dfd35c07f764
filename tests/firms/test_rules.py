"""The number of a firm, and when it is open."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from plp.firms.rules import (
    BadEnterpriseNumber,
    BadHours,
    clean_day_hours,
    clean_enterprise_number,
    clean_firm_name,
    clean_hours,
    formatted_number,
    is_firm_open,
    next_opening,
    opening_hours_in_words,
)

CLOSED, DAY, NIGHT = "", "9-18", "18-2"


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


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("9-18", "09:00-18:00"),
        ("9u tot 18u30", "09:00-18:30"),
        ("9 h à 12 h 30 et 13 h 30 à 18 h", "09:00-12:30 13:30-18:00"),
        ("9.30 bis 12 Uhr, 13.30 bis 18 Uhr", "09:30-12:00 13:30-18:00"),
        ("9:00\N{EN DASH}12:00, 13:30\N{EN DASH}18:00", "09:00-12:00 13:30-18:00"),
        ("0-24", "00:00-00:00"),
        (" ", ""),
    ],
)
def test_a_day_as_people_write_it(written: str, kept: str) -> None:
    assert clean_day_hours(written) == kept


@pytest.mark.parametrize(
    "written", ["9", "9-12-18", "9-9", "25-26", "9-12 11-18", "9-10 11-12 13-14", "on call", "900-1800"]
)
def test_a_day_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(BadHours):
        clean_day_hours(written)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(BadHours):
        clean_hours([DAY] * 6)


def test_a_shop_is_closed_in_its_break_and_opens_after_it() -> None:
    hours = clean_hours(["9-12 13:30-18"] * 5 + [CLOSED] * 2)
    wednesday, friday = datetime(2026, 11, 25, 11, 30, tzinfo=UTC), datetime(2026, 11, 27, 20, tzinfo=UTC)

    assert not is_firm_open(hours, wednesday)
    assert next_opening(hours, wednesday) == wednesday.replace(hour=12)
    assert next_opening(hours, friday) == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert next_opening([], wednesday) is None


def test_a_shop_that_never_closes_is_open_at_any_hour() -> None:
    hours = clean_hours(["0-24"] * 7)

    assert all(is_firm_open(hours, datetime(2026, 11, 25, hour, 30, tzinfo=UTC)) for hour in range(24))


def test_days_with_the_same_hours_are_read_together() -> None:
    hours = clean_hours(["9-12 13:30-18"] * 5 + ["9-13", CLOSED])

    with override("en"):
        shown = opening_hours_in_words(hours)

    assert shown == "Mon\N{EN DASH}Fri 9:00\N{EN DASH}12:00, 13:30\N{EN DASH}18:00; Sat 9:00\N{EN DASH}13:00"
    assert opening_hours_in_words([]) == ""
