"""A quarter with doors, and its coordinator signed in."""

import pytest
from django.test import Client

from tests.portal.evening.stage import Stage, set_stage


@pytest.fixture
def stage(client: Client) -> Stage:
    """The coordinator of Haren, signed in."""
    return set_stage(client)
