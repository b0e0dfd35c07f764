"""A quarter with its doors."""

import pytest

from tests.launch.ground import Ground


@pytest.fixture
def ground() -> Ground:
    """The quarter, its streets and its people."""
    return Ground()
