"""A year looked back on in a browser, in French, on the narrowest telephone: figures, words, survey, trail."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from plp.evaluation.actions import reports
from plp.evaluation.models import Report
from plp.evaluation.queries.figures import Figures
from plp.evaluation.sections import SECTIONS
from plp.partnership.models import Partnership
from plp.people.models import Person
from tests.browser.conftest import Opened, overflow
from tests.evaluation.year import launched, survey_of
from tests.factories.cast import NOW, Cast
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOLD = {
    "by_kind": {"alarm": 5, "feedback": 4, "advice": 9},
    "by_month": {"2025-10": 7, "2025-11": 11},
    "relay": {"urgent": [12, 75]},
    "reach": {"email": [40, 38, 2], "sms": [20, 20, 0]},
    "answers": {"release": [4, 9]},
}
COUNTED = {field.name for field in fields(Figures)} - set(TOLD)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, a year and a day after the launch."""
    stop_clock(monkeypatch)
    cast = Cast()
    launched(cast.here, at=NOW - timedelta(days=732))
    return cast


def let_in(page: Page, person: Person) -> Page:
    """Carry the session of somebody who just proved both factors into a browser."""
    client = signed_in(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/account/sign-in/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url}])
    return page


def filed(partnership: Partnership) -> Report:
    """The report of the year before, with figures to compare."""
    words = {code: dict.fromkeys(SECTIONS, "Les accords ont été respectés.") for code in ("fr", "nl")}
    return Report.objects.create(
        partnership=partnership,
        begins=date(2024, 11, 23),
        until=date(2025, 11, 22),
        state="filed",
        languages=["fr", "nl"],
        words=words,
        figures={**TOLD, **dict.fromkeys(COUNTED, 3)},
        fingerprint="0" * 64,
        begun_at=AT,
        frozen_at=AT,
        filed_at=AT,
    )


@pytest.mark.parametrize("wide", [False, True])
def test_every_page_of_a_year_fits_and_shows_its_charts(cast: Cast, open_page: Opened, wide: bool) -> None:
    """One of the slowest: ten pages in a browser."""
    before = filed(cast.here.partnership)
    reports.begin_next_report(partnership=cast.here.partnership, until=date(2026, 11, 24), by=None, at=AT)
    survey_of(cast.here.partnership, {"new": 3, "some": 6, "long": 8}, at=NOW)
    page = let_in(open_page(language="fr", wide=wide), cast.here.coordinator)
    names = ("home", "write", "read", "survey", "trail", "objectives")
    addresses = [reverse("evaluation:index"), *(reverse(f"evaluation:{name}", args=["haren"]) for name in names)]
    for address in (*addresses, reverse("evaluation:answer")):
        page.goto(address)
        assert (overflow(page), page.locator("h1").count()) == (0, 1), address

    page.goto(reverse("evaluation:figures", args=["haren", before.pk]))

    assert overflow(page) == 0
    assert page.locator("svg.chart").count() == 4
    assert "Alerte\u00a0: 5" in (page.locator("svg.chart").nth(2).get_attribute("aria-label") or "")
