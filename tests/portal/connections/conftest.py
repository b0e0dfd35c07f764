"""Everybody at their hour, and who administers the zone."""

import pytest

from plp.mandates.grants import Role
from plp.people.models import Person
from tests.factories.cast import Cast, hold, person
from tests.portal.signing import stop_clock


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    return Cast()


@pytest.fixture
def someone(cast: Cast) -> Person:
    """An administrator of the zone."""
    found = person("Ada Beheer")
    hold(found, Role.ADMINISTRATOR, cast.zone)
    return found
