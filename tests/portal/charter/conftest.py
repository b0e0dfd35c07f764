"""The same quick paper as in the tests of the room."""

import pytest

from tests.charter.paper import set_quickly


@pytest.fixture(autouse=True)
def _paper(monkeypatch: pytest.MonkeyPatch) -> None:
    set_quickly(monkeypatch)
