"""Days and hours in words."""

from datetime import date, datetime, time, timedelta

import pytest
from django.template import engines
from django.utils import translation

from plp.documents.dates import date_format, duration_text_in_largest_unit, hour_text

FIRST = datetime(2026, 12, 1, 22, 53)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "1er décembre 2026 à 22\xa0h\xa053"),
        ("nl", "1 december 2026 om 22.53\xa0uur"),
        ("de", "1. Dezember 2026, 22.53\xa0Uhr"),
        ("en", "1 December 2026, 22:53"),
    ],
)
def test_a_moment_is_said_as_the_language_says_it(language: str, words: str) -> None:
    with translation.override(language):
        assert date_format(FIRST, "DATETIME_FORMAT") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "mardi 1er décembre 2026 à 22\xa0h\xa053"),
        ("nl", "dinsdag 1 december 2026 om 22.53\xa0uur"),
        ("de", "Dienstag, 1. Dezember 2026, 22.53\xa0Uhr"),
        ("en", "Tuesday 1 December 2026, 22:53"),
    ],
)
def test_the_day_of_the_week_comes_first(language: str, words: str) -> None:
    with translation.override(language):
        assert date_format(FIRST, "WEEKDAY_DATETIME_FORMAT") == words


@pytest.mark.parametrize(
    ("language", "full", "half"),
    [
        ("fr", "8\xa0h", "19\xa0h\xa030"),
        ("nl", "8\xa0uur", "19.30\xa0uur"),
        ("de", "8\xa0Uhr", "19.30\xa0Uhr"),
        ("en", "08:00", "19:30"),
    ],
)
def test_an_hour_is_written_as_the_language_writes_it(language: str, full: str, half: str) -> None:
    with translation.override(language):
        assert [hour_text(time(8)), hour_text(datetime(2026, 12, 1, 19, 30))] == [full, half]


def test_a_day_is_said_in_the_language_of_the_moment_however_often() -> None:
    said = []
    for language in ("fr", "nl", "fr", "nl"):
        with translation.override(language):
            said.append(date_format(date(2026, 12, 1), "DATE_FORMAT"))

    assert said == ["1er décembre 2026", "1 december 2026"] * 2


def test_only_the_first_of_a_french_month_is_an_ordinal() -> None:
    with translation.override("fr"):
        assert date_format(date(2026, 12, 1), "DATE_FORMAT") == "1er décembre 2026"
        assert date_format(date(2026, 12, 11), "DATE_FORMAT") == "11 décembre 2026"
        assert date_format(date(2026, 12, 1), "SHORT_DATE_FORMAT") == "01/12/2026"


def test_pages_say_a_day_in_the_same_words() -> None:
    page = engines["django"].from_string('{{ day|belgian_date:"DATE_FORMAT" }}|{{ none|belgian_date:"DATE_FORMAT" }}')

    with translation.override("fr"):
        assert page.render({"day": date(2026, 12, 1), "none": None}) == "1er décembre 2026|"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=1), "1 seconde"),
        (timedelta(seconds=59.9), "59 secondes"),
        (timedelta(days=1, hours=7), "1 jour"),
        (timedelta(days=400), "1 an"),
        (timedelta(days=800), "2 ans"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_unit(time: timedelta, words: str) -> None:
    with translation.override("fr"):
        assert duration_text_in_largest_unit(FIRST, FIRST + time).replace("\N{NO-BREAK SPACE}", " ") == words
