"""Pure rules of a notice."""

from datetime import timedelta

from plp.notices.rules import expiry
from tests.factories.cast import NOW


def test_the_end_is_the_earlier_of_officer_and_plan() -> None:
    soon = NOW + timedelta(minutes=10)

    assert expiry(soon, longest_minutes=60, at=NOW) == soon
    assert expiry(NOW + timedelta(days=9), longest_minutes=60, at=NOW) == NOW + timedelta(hours=1)
    assert expiry(None, longest_minutes=None, at=NOW) is None
