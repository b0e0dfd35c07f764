"""The statement that public bodies must publish: open to all, whole in every language, and it says whom one tells."""

import re

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from plp.toolbox.texts import LANGUAGES

pytestmark = pytest.mark.django_db


def opened(language: str, address: str = "/accessibility/") -> str:
    """The page as a stranger reads it."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(address).content.decode()


def test_the_statement_says_how_far_we_are_whom_one_tells_and_who_watches() -> None:
    pages = {language: opened(language) for language in LANGUAGES}

    # headings of the statement, then those of the ombudsman and of the watch
    assert {language: len(re.findall("<h2", page)) for language, page in pages.items()} == dict.fromkeys(LANGUAGES, 8)
    for page in pages.values():
        for needed in ("EN 301 549", "WCAG 2.2", "2018", "BOSA", "0800 99 961", "https://accessibility.belgium.be"):
            assert needed in page


def test_it_names_the_address_that_answers_or_the_coordinator(settings: LazySettings) -> None:
    without = opened("en")
    settings.CONTACT = "help@example.be"

    named = opened("en")

    assert 'Tell your coordinator, or the police desk: <a href="/p/">' in without
    assert '<a href="mailto:help@example.be">help@example.be</a>' in named
    assert "Tell your coordinator" not in named


def test_every_page_leads_to_it() -> None:
    page = opened("fr", "/")

    assert '<a href="/accessibility/">Accessibilité</a>' in page
