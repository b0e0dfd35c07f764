"""Everybody, and a member who can be reached by mail."""

import pytest

from plp.people.models import Person
from tests.factories.cast import Cast, contact, member


@pytest.fixture
def cast() -> Cast:
    """Everybody."""
    return Cast()


@pytest.fixture
def mia(cast: Cast) -> Person:
    """A member with a proven e-mail address."""
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "email", "mia@plp.test")
    return someone
