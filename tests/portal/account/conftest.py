"""Codes of an app live half a minute: every test begins when one has just begun."""

import time
from collections.abc import Iterator

import pytest
import time_machine

from plp.portal.subjects.account import attempts


@pytest.fixture(autouse=True)
def _fresh_half_minute() -> Iterator[None]:
    """Let the clock run on from the first second of the current half minute."""
    with time_machine.travel(time.time() // 30 * 30 + 1):
        yield


@pytest.fixture(autouse=True)
def _fresh_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong passwords of other tests take no turn of the processors."""
    monkeypatch.setattr(attempts, "FRESH", attempts.TokenBucket(40, 2.0))
    monkeypatch.setattr(attempts, "PATIENT", attempts.TokenBucket(40, 2.0))
