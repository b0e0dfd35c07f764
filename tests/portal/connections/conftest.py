"""Everybody at their hour, and who administers the zone."""

import pytest

from plp.mandates.grants import Role
from plp.people.models import Person
from tests.factories.cast import Cast, hold, person


@pytest.fixture
def someone(cast: Cast) -> Person:
    """An administrator of the zone."""
    found = person("Ada Beheer")
    hold(found, Role.ADMINISTRATOR, cast.zone)
    return found
