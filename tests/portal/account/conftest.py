"""Codes of an app live half a minute: every test begins when one has just begun."""

import time
from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _fresh_half_minute() -> Iterator[None]:
    """Let the clock run on from the first second of the current half minute."""
    with time_machine.travel(time.time() // 30 * 30 + 1):
        yield
