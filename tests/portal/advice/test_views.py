"""Advice on pages and on paper; the checklist stays in the browser (R44, R46, R69, R126)."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from plp.portal.subjects.advice import library
from plp.portal.subjects.advice.checklist import CHECKLIST
from plp.toolbox.texts import LANGUAGES, text

EMERGENCY = {"plp", "report", "groups", "burglary", "dark", "holidays", "tricks", "change", "money", "till", "fire"}
LONGEST_SENTENCE = 28  # words: plain language


def at(month: int) -> datetime:
    """A day of a month."""
    return datetime(2026, month, 15, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("key", library.PAGES)
def test_every_page_is_shown_in_every_language(client: Client, key: str) -> None:
    shown = {}
    for language in LANGUAGES:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        shown[language] = client.get(reverse("advice:page", args=[key])).content.decode()

    for language, page in shown.items():
        assert f'<div class="document" lang="{language}">' in page
        with translation.override(language):
            assert f"<h1>{library.PAGES[key].title}</h1>" in page.replace("&#x27;", "'")
    assert len({page.split('<div class="document"')[1] for page in shown.values()}) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_the_same_parts_and_short_sentences(language: str) -> None:
    for key in library.PAGES:
        words, french = text(library.TEXTS, key, language), text(library.TEXTS, key, "fr")
        for sign in (r"^## ", r"^- ", r"^\d+\. ", r"^> "):
            assert len(re.findall(sign, words, re.M)) == len(re.findall(sign, french, re.M)), (key, sign)
        sentences = re.split(r"[.!?:;]\s|\n", words)
        assert max(len(sentence.split()) for sentence in sentences) <= LONGEST_SENTENCE, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_emergency_numbers_stand_where_they_may_be_needed(language: str) -> None:
    with_number = {key for key in library.PAGES if re.search(r"\b(101|112)\b", text(library.TEXTS, key, language))}

    assert with_number >= EMERGENCY


def test_the_season_comes_first() -> None:
    assert [page.key for page in library.pages_of_season(at(1))] == ["dark", "fire"]
    assert [page.key for page in library.pages_of_season(at(7))] == ["holidays"]
    assert [page.key for page in library.pages_of_season(at(12))] == ["dark", "holidays", "fire", "change"]
    assert {key for month in range(1, 13) for key in (page.key for page in library.pages_of_season(at(month)))} == {
        page.key for page in library.PAGES.values() if page.months
    }


@pytest.mark.django_db
def test_an_unknown_page_is_a_404(client: Client) -> None:
    assert client.get("/advice/secrets/").status_code == 404
    assert client.get("/advice/secrets/print/").status_code == 404


@pytest.mark.django_db
def test_a_page_is_printed_once_and_kept(client: Client) -> None:
    library._cached_advice_page_pdf.cache_clear()

    first = client.get(reverse("advice:print", args=["report"]))
    second = client.get(reverse("advice:print", args=["report"]))

    assert first.content.startswith(b"%PDF")
    assert first.content == second.content
    assert library._cached_advice_page_pdf.cache_info().misses == 1


@pytest.mark.django_db
def test_the_checklist_can_send_nothing(client: Client) -> None:
    page = client.get(reverse("advice:checklist")).content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    assert "<form" not in main
    assert re.findall(r"<input[^>]*\sname=", main) == []
    assert main.count("data-check=") == sum(len(items) for _heading, items in CHECKLIST)


def test_the_script_of_the_checklist_speaks_to_nobody() -> None:
    script = (library.TEXTS.parent / "static" / "advice" / "checklist.js").read_text(encoding="utf-8")

    for way_out in ("fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "cookie", "http", "innerHTML", "location"):
        assert way_out not in script


def test_every_item_has_a_key_of_its_own() -> None:
    keys = [key for _heading, items in CHECKLIST for key, _words in items]

    assert len(keys) == len(set(keys))
