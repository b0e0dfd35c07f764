"""Browsers that ask for English, so that tests can read the pages, and whom they show, at their hour."""

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.launch.ground import Ground
from tests.portal.signing import stop_clock


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript whose language is English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    return Cast()


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A quarter with its doors, at the same hour."""
    stop_clock(monkeypatch)
    return Ground()
