"""Which channels are found: those that keep the contract; the others are named, and none at all is told."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from plp.delivery import installed
from tests.factories.senders import FakeSender


@dataclass
class Point:
    """An entry point that leads to ``found``."""

    name: str
    found: object

    def load(self) -> object:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Look for channels anew here, and after."""
    installed._loaded_channels_and_broken_names.cache_clear()
    yield
    installed._loaded_channels_and_broken_names.cache_clear()


def announced(monkeypatch: pytest.MonkeyPatch, *points: Point) -> list[str]:
    """The errors of a house in which these are announced."""
    monkeypatch.setattr(installed, "entry_points", lambda group: points if group == installed.GROUP else ())
    return [str(error.id) for error in installed.check_channels()]


def test_what_is_no_channel_or_cannot_be_loaded_is_named_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    points = (Point("a", FakeSender), Point("b", object), Point("c", ImportError("no")))

    assert announced(monkeypatch, *points) == ["delivery.E002", "delivery.E002"]
    assert set(installed.channels()) == {"fake"}


def test_a_house_without_channels_reaches_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert announced(monkeypatch) == ["delivery.E001"]
