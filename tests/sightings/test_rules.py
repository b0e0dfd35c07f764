"""Pure decisions about a sighting, over both changes of the hour too."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from plp.sightings.facts import FACTS, FIELDS, FORMER, KEYS, PARTS
from plp.sightings.models import Sighting
from plp.sightings.rules import has_any_fact, is_in_future, is_too_fresh_for_form, is_too_old, must_be_erased

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # ten o'clock in Brussels
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("clock", "urgent"),
    [(time(9, 59), True), (time(9, 1), True), (time(9, 0), False), (time(8, 0), False), (time(10, 1), False)],
)
def test_less_than_an_hour_ago_is_urgent(clock: time, urgent: bool) -> None:
    assert is_too_fresh_for_form(TODAY, clock, at=AT) is urgent


def test_a_day_without_an_hour_is_not_urgent() -> None:
    assert not is_too_fresh_for_form(TODAY, None, at=AT)


def test_the_change_of_the_hour_does_not_make_an_old_fact_urgent() -> None:
    after = datetime(2026, 10, 25, 3, 30, tzinfo=UTC)  # 4.30 in winter time; clocks went back at 3

    assert not is_too_fresh_for_form(date(2026, 10, 25), time(1, 45), at=after)
    assert is_too_fresh_for_form(date(2026, 10, 25), time(4, 0), at=after)


def test_what_is_still_to_come_is_no_sighting() -> None:
    assert is_in_future(TODAY, time(10, 1), at=AT)
    assert is_in_future(TODAY + timedelta(days=1), None, at=AT)
    assert not is_in_future(TODAY, None, at=AT)
    assert not is_in_future(TODAY, time(9, 59), at=AT)


def test_more_than_a_year_is_too_old() -> None:
    assert is_too_old(date(2025, 11, 24), at=AT)
    assert not is_too_old(date(2025, 11, 25), at=AT)


def test_empty_facts_say_nothing() -> None:
    assert not has_any_fact({"plate": "", "colour": ""})
    assert has_any_fact({"plate": "", "colour": "rouge"})


def test_what_ended_thirty_days_ago_is_over() -> None:
    filed = AT - timedelta(days=60)

    assert must_be_erased(filed, AT - timedelta(days=30), at=AT)
    assert not must_be_erased(filed, AT - timedelta(days=29, hours=23), at=AT)
    assert not must_be_erased(filed, None, at=AT)


def test_nothing_stays_longer_than_a_year() -> None:
    assert must_be_erased(AT - timedelta(days=365), None, at=AT)
    assert must_be_erased(AT - timedelta(days=365), AT - timedelta(days=1), at=AT)
    assert not must_be_erased(AT - timedelta(days=364), None, at=AT)


def test_every_fact_has_a_key_of_its_own_and_a_heading() -> None:
    assert len(set(KEYS)) == len(FACTS)
    assert {fact.part for fact in FACTS} == set(PARTS)


def test_each_kind_asks_for_facts_that_are_stored_and_each_once() -> None:
    assert set(FIELDS) == set(Sighting.Kind.values)
    for fields in FIELDS.values():
        keys = [fact.key for fact in fields.facts]
        assert len(set(keys)) == len(keys)
        assert set(keys) <= set(KEYS) - {fact.key for fact in FORMER}
