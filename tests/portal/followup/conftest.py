"""Everybody at their hour, and who can be reached."""

import pytest

from tests.factories.cast import Cast
from tests.followup.stage import reachable
from tests.portal.signing import stop_clock


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    cast = Cast()
    reachable(cast)
    return cast
