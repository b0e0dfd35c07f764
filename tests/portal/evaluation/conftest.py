"""Everybody at their hour, a year and a day after the launch."""

from datetime import timedelta

import pytest

from tests.charter.paper import set_quickly
from tests.evaluation.year import launched
from tests.factories.cast import NOW, Cast
from tests.portal.signing import stop_clock

BEGAN = NOW - timedelta(days=366)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, at their hour, a year and a day after the launch; papers are empty pages."""
    stop_clock(monkeypatch)
    set_quickly(monkeypatch, "plp.documents.pdfs")
    cast = Cast()
    launched(cast.here, at=BEGAN)
    return cast
