"""The first page: for visitors, and for whoever has something to do."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from plp.mandates.grants import Permission
from plp.people.models import Person
from plp.portal.shell.offers import Entry, Task, menu
from tests.portal.staff import sign_in, staff

pytestmark = pytest.mark.django_db


def waiting(person: Person, at: datetime) -> list[Task]:
    """Two things wait."""
    return [Task("Read the minutes", "Of last Monday.", "/minutes/"), Task("Relay", "An alarm.", "/relay/", True, 3)]


ENTRIES = (
    Entry("Write", "home:start", "pen", Permission.NOTICE_WRITE),
    Entry("Members", "home:start", "users", Permission.MEMBERS_MANAGE),
    Entry("Help", "home:start", "life-buoy"),
)


def test_a_visitor_learns_what_this_is_in_one_look(client: Client, django_assert_num_queries: Any) -> None:
    """Without a cookie, nobody is looked up: no query at all."""
    with django_assert_num_queries(0):
        page = client.get("/", headers={"accept-language": "en"})

    assert "neighbours who know each other" in page.content.decode()
    assert 'href="/account/sign-in/"' in page.content.decode()


def test_urgent_things_stand_first(client: Client, settings: Any) -> None:
    """What do I have to do now?"""
    settings.PORTAL_TASKS = [f"{__name__}.waiting"]
    sign_in(client, staff())

    page = client.get("/").content.decode()

    assert page.index("/relay/") < page.index("/minutes/")
    assert '<span class="count">3</span>' in page


def test_nothing_to_do_is_said(client: Client, settings: Any) -> None:
    """An empty page says when it will not be empty."""
    settings.PORTAL_TASKS = []
    sign_in(client, staff())

    assert "Nothing waits for you" in client.get("/").content.decode()


def test_without_a_role_one_is_told_whom_to_ask(client: Client) -> None:
    """A mandate that ended is not an error."""
    sign_in(client, staff(role=None))

    page = client.get("/").content.decode()

    assert "You hold no role at this moment" in page
    assert "chief of corps" in page


def test_the_menu_offers_what_the_mandates_allow(settings: Any) -> None:
    """And what everybody may open."""
    settings.PORTAL_MENU = [f"{__name__}.ENTRIES"]

    assert [entry.label for entry in menu({Permission.NOTICE_WRITE})] == ["Write", "Help"]


def test_the_page_of_staff_costs_few_questions(client: Client, settings: Any, django_assert_num_queries: Any) -> None:
    """Session, account with person, mandates for the session, rights for the menu (two), roles for the page."""
    settings.PORTAL_TASKS = [f"{__name__}.waiting"]
    sign_in(client, staff())
    client.get("/")

    with django_assert_num_queries(6):
        client.get("/")
