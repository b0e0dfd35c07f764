"""What is typed and not sent, in Chromium: kept while one types, kept by a button without JavaScript, given back."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from plp.drafts.models import Draft
from tests.browser.conftest import Opened, overflow, picture
from tests.factories.cast import Cast
from tests.portal.signing import signed_in, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_half_a_form_is_there_again(open_page: Opened, monkeypatch: pytest.MonkeyPatch, script: bool) -> None:
    stop_clock(monkeypatch)
    page = entered(open_page(language="fr", script=script), Cast())
    form = reverse("followup:requests:ask", args=["haren"])
    page.goto(form)
    page.fill("[name=words]", "Combien de vélos ont")

    if script:
        page.locator(".draft .small", has_text="Enregistré à").wait_for()
    else:
        page.click(".draft button")
    page.goto("/")
    page.goto(form)

    assert page.input_value("[name=words]") == "Combien de vélos ont"
    assert page.locator(".notice-info").count() == 1
    assert overflow(page) == 0
    picture(page, f"draft-{script}")
    page.fill("[name=subject]", "Vélos")
    page.fill("[name=due_on]", "2026-12-09")
    page.press("[name=subject]", "Enter")  # sends, and does not keep
    page.locator(".notice-good").wait_for()
    assert not Draft.objects.exists()


def entered(page: Page, cast: Cast) -> Page:
    """The browser of a coordinator who signed in."""
    session = signed_in(cast.here.coordinator).cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    names = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: "fr"}
    page.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in names.items()])
    return page
