"""Help where one stands: each task is explained from a page, in the guide of the reader, and one comes back."""

from inspect import getsource, unwrap
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from plp.portal.shell.guards import OWN_DATA, PUBLIC
from plp.portal.subjects.guide.contents import GUIDES
from plp.portal.subjects.guide.help import guide_tasks_by_page, pages_by_guide_task
from tests.factories.cast import Cast
from tests.portal.signing import signed_in, stop_clock

SECRET = {"token", "signature", "secret", "words"}  # parts of an address that nobody else may learn


def views() -> dict[str, tuple[str, Any]]:
    """The address and the view of each page, by its name."""
    found: dict[str, tuple[str, Any]] = {}
    waiting = [("", "", get_resolver())]
    while waiting:
        space, before, resolver = waiting.pop()
        for pattern in resolver.url_patterns:
            here = f"{before}{pattern.pattern}"
            if hasattr(pattern, "url_patterns"):
                waiting.append((f"{space}{pattern.namespace}:" if pattern.namespace else space, here, pattern))
            elif pattern.name:
                found[f"{space}{pattern.name}"] = (here, pattern.callback)
    return found


def test_each_task_is_explained_from_a_page() -> None:
    told = {task for task, pages in pages_by_guide_task().items() if pages}

    assert told == {f"{guide.key}/{task.key}" for guide in GUIDES.values() for task in guide.tasks}


def test_each_page_that_is_explained_is_drawn_and_its_address_is_no_secret() -> None:
    pages = views()

    assert sorted(view for view in guide_tasks_by_page() if view not in pages) == []
    assert [view for view in guide_tasks_by_page() if "@require_POST" in getsource(unwrap(pages[view][1]))] == []
    assert [view for view in guide_tasks_by_page() if any(f":{word}>" in pages[view][0] for word in SECRET)] == []


def test_what_is_told_to_residents_and_members_stands_on_pages_for_them() -> None:
    pages = views()
    everybody = {PUBLIC, OWN_DATA}
    own = {
        view
        for task, named in pages_by_guide_task().items()
        if task.startswith(("resident/", "member/"))
        for view in named
    }

    assert [view for view in own if getattr(pages[view][1], "permission", "") not in everybody] == []


@pytest.mark.django_db
def test_the_guide_of_the_reader_explains_a_page_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    url = reverse("charter:index")
    asked = {"chief": cast.chief, "officer": cast.officer, "coordinator": cast.here.coordinator}

    pages = {role: signed_in(someone).get(url, follow=True).content.decode() for role, someone in asked.items()}

    assert {role: page.count('<p class="help">') for role, page in pages.items()} == dict.fromkeys(asked, 1)
    assert f'href="/guide/chief/charter/?from={quote(url, safe="")}"' in pages["chief"]


@pytest.mark.django_db
def test_one_comes_back_from_the_guide_to_the_page_one_left(client: Client) -> None:
    way, url = reverse("partnership:street"), reverse("guide:task", args=["resident", "covered"])
    elsewhere = [reverse("partnership:check"), "https://example.org/", "//example.org/street/", "street/", "nowhere"]

    assert f"{url}?from={quote(way, safe='')}" in client.get(way).content.decode()
    assert client.get(url, {"from": way}).context["back"] == way
    assert [client.get(url, {"from": page}).context["back"] for page in elsewhere] == [""] * len(elsewhere)


@pytest.mark.django_db
def test_a_page_that_no_guide_explains_offers_nothing(client: Client) -> None:
    assert '<p class="help">' not in client.get(reverse("guide:index")).content.decode()
