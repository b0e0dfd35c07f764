"""The same quick paper as in the tests of the room, and everybody whom a charter needs."""

import pytest

from tests.charter.paper import set_quickly
from tests.charter.stage import Stage
from tests.portal.signing import stop_clock


@pytest.fixture(autouse=True)
def _paper(monkeypatch: pytest.MonkeyPatch) -> None:
    set_quickly(monkeypatch)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    return Stage()
