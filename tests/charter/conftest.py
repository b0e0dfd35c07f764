"""A quick paper for tests that do not read it: setting a charter takes a second."""

import pytest

from tests.charter.paper import set_quickly
from tests.charter.stage import Stage


@pytest.fixture
def real_paper() -> None:
    """Ask for this fixture to have the charter set in type."""


@pytest.fixture(autouse=True)
def _paper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_paper" not in request.fixturenames:
        set_quickly(monkeypatch)


@pytest.fixture
def stage() -> Stage:
    """Everybody whom a charter needs."""
    return Stage()
