"""The way back: every crumb opens for whoever sees it."""

import re
from collections import deque

import pytest
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve
from django.utils.translation import override

from plp.mandates.grants import Permission
from plp.portal.shell.tags import breadcrumbs
from tests.factories.cast import Cast
from tests.followup.stage import reachable
from tests.followup.together import relayed
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?]*)')
MOST = 60  # kinds of page that are known before the walk ends: it must stay short; proof.sheet walks them all
CRUMBS = re.compile(r'<nav class="breadcrumbs".*?</nav>', re.DOTALL)


def route_of(address: str) -> str:
    """The name of the page behind an address; empty for what is none of ours."""
    try:
        found = resolve(address)
    except Resolver404:
        return ""
    return found.view_name if getattr(found.func, "permission", "") else ""


def walk(client: Client) -> dict[str, str]:
    """The crumbs on the kinds of page nearest to the first page, each with the page on which it stands."""
    crumbs: dict[str, str] = {}
    waiting, seen = deque(["/"]), {"home:start"}
    while waiting and len(seen) < MOST:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code != 200 or answer.streaming or "text/html" not in answer.headers["Content-Type"]:
            continue
        words = answer.content.decode()
        for trail in CRUMBS.findall(words):
            crumbs |= dict.fromkeys(LINK.findall(trail), address)
        for link in LINK.findall(words):
            name = route_of(link)
            if name and name not in seen and "." not in link:
                seen.add(name)
                waiting.append(link)
    return crumbs


def test_every_crumb_leads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the slowest: some twenty kinds of page, each drawn for the first time."""
    stop_clock(monkeypatch)
    cast = Cast()
    reachable(cast)
    relayed(cast)
    client = signed_in(cast.here.coordinator)

    crumbs = walk(client)

    assert {link: page for link, page in crumbs.items() if client.get(link).status_code != 200} == {}
    assert len(crumbs) > 5


def crumbs(*steps: str, permissions: set[Permission]) -> list[tuple[str, str]]:
    """The crumbs that a page with these ``steps`` draws for somebody with these rights: words and address."""
    request = RequestFactory().get("/")
    request.permissions = permissions  # type: ignore[attr-defined]
    with override("en"):
        pairs = breadcrumbs({"request": request}, *steps)["steps"]
    return [(str(label), url) for label, url in pairs]


def test_what_one_may_not_open_is_left_out() -> None:
    """Whoever was given the members alone comes to the call list, and not to the message."""
    steps = ("Inbox", "/coordinator/", "Partnerships", "/p/", "Call list")

    assert crumbs(*steps, permissions={Permission.NOTICE_RECEIVE}) == [
        ("Inbox", "/coordinator/"),
        ("Partnerships", "/p/"),
        ("Call list", ""),
    ]
    assert crumbs(*steps, permissions=set()) == [("Partnerships", "/p/"), ("Call list", "")]


def test_where_nothing_is_open_the_first_page_leads_back() -> None:
    steps = ("Inbox", "/coordinator/", "Nowhere", "/nowhere/", "Call list")

    assert crumbs(*steps, permissions=set()) == [("To do now", "/"), ("Call list", "")]
    assert crumbs("Here", permissions=set()) == [("Here", "")]
