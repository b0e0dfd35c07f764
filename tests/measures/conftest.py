"""Everybody whom a measure needs."""

import pytest

from tests.measures.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """Everybody."""
    return Stage()
