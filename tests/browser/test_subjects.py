"""The main pages of a founding are readable by everybody: axe finds nothing, fingers find their buttons."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from plp.evening.models import Meeting
from plp.toolbox import clock
from tests.browser.conftest import Opened, overflow, picture
from tests.browser.test_shell import faults, small_targets
from tests.launch.journey import Journey, before
from tests.portal.launch.plan.test_launch import browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = ("launch:idea:tell", "launch:idea:survey", "partnership:partnerships")
OF_OFFICER = ("launch:plan:all", "launch:groundwork:ideas", "evening:everywhere", "charter:index", "mandates:home")
OF_PARTNERSHIP = (
    *(
        "launch:plan:where",
        "launch:plan:recognition",
        "launch:plan:publicity",
        "launch:plan:opening",
        "launch:plan:life",
    ),
    *(
        "launch:groundwork:home",
        "launch:groundwork:talks",
        "launch:groundwork:statements",
        "launch:groundwork:area",
        "launch:groundwork:survey",
    ),
    *("evening:home", "charter:home", "charter:plan", "charter:contacts", "charter:signing", "charter:financing_write"),
    *("mandates:people", "mandates:propose", "launch:pack:home"),
)
OF_MEETING = ("detail", "agenda", "votes", "presence", "voices", "agreements", "minutes", "papers")


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_pages_of_a_founding_are_readable_by_everybody(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch, wide: bool
) -> None:
    """Twenty seconds: 37 pages of a real browser, each read by axe, in German, whose words are the longest."""
    walk = Journey()
    monkeypatch.setattr(clock, "now", lambda: walk.at)
    walk.go_through(before("charter_signed"))
    walk.at += timedelta(days=3)
    client = browser(walk, walk.officer)
    page = open_page(wide=wide, language="de")
    page.goto("/")
    session = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    cookies = session | {settings.LANGUAGE_COOKIE_NAME: "de"}
    page.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in cookies.items()])
    key, meeting = walk.partnership.key, Meeting.objects.get()
    addresses = {name: reverse(name) for name in (*PUBLIC, *OF_OFFICER)}
    addresses |= {name: reverse(name, args=[key]) for name in OF_PARTNERSHIP}
    addresses |= {name: reverse(f"evening:{name}", args=[key, meeting.pk]) for name in OF_MEETING}
    addresses["launch:plan:step"] = reverse("launch:plan:step", args=[key, "screening"])
    addresses["charter:text"] = reverse("charter:text", args=[key, "charter"])
    poor = {}

    for name, address in addresses.items():
        answer = page.goto(address)
        picture(page, f"subjects-{'wide' if wide else 'narrow'}-{name.replace(':', '-')}")
        found = (answer.status if answer else 0, faults(page), overflow(page), small_targets(page))
        if found != (200, [], 0, []):
            poor[name] = found

    assert poor == {}
