"""The step plan in Chromium: narrow and wide, in each language, nothing too wide, nothing wrong."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from plp.toolbox import clock
from tests.browser.conftest import Opened, overflow, picture
from tests.launch.journey import Journey, before
from tests.portal.launch.plan.test_launch import browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWS = ["where", "recognition", "publicity", "life", "calendar", "opening", "send", "signs"]


@pytest.mark.parametrize(("language", "wide"), [("fr", False), ("nl", True), ("de", False), ("fr", True)])
def test_every_page_fits_and_speaks_the_language(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch, language: str, wide: bool
) -> None:  # some seconds: a browser
    walk = Journey()
    monkeypatch.setattr(clock, "now", lambda: walk.at)
    walk.go_through(before("agreements_made"))
    walk.at += timedelta(days=40)
    client = browser(walk, walk.officer)
    page = open_page(wide=wide, language=language)
    page.goto("/")
    names = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    values = (client.cookies[settings.SESSION_COOKIE_NAME].value, language)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": page.url} for name, value in zip(names, values, strict=True)]
    )
    addresses = [reverse("launch:plan:all"), *(reverse(f"launch:plan:{view}", args=["saule"]) for view in VIEWS)]
    addresses += [reverse("launch:plan:step", args=["saule", step]) for step in ("evening", "screening")]

    poor = []
    for number, address in enumerate(addresses):
        page.goto(address)
        picture(page, f"launch-{language}-{'wide' if wide else 'narrow'}-{number:02}")
        if overflow(page) or page.locator("html").get_attribute("lang") != language or page.locator("h1").count() != 1:
            poor.append(address)

    assert poor == []
