"""Browsers that ask for English, so that tests can read the pages."""

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript whose language is English."""
    return Client(headers={"accept-language": "en"})
