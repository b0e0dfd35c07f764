"""Everybody, and all can be reached."""

import pytest

from tests.factories.cast import Cast
from tests.followup.stage import reachable


@pytest.fixture
def cast() -> Cast:
    """Everybody; letters reach them."""
    cast = Cast()
    reachable(cast)
    return cast
