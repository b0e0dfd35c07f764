"""The first page: for visitors, and for whoever has something to do."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from plp.mandates.grants import GRANTS, Permission, Role
from plp.mandates.models import Mandate
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.shell import offers
from plp.portal.shell.offers import MenuEntry, Offers, Source, Task, menu_entries, menu_sections
from tests.factories.cast import Cast, hold, member
from tests.portal.signing import signed_in, stop_clock
from tests.portal.staff import sign_in, staff

pytestmark = pytest.mark.django_db


FIGURE = r'figure-number">([^<]*)</span> <span class="figure-label">([^<]*)<'
FEW = ("&lt;\xa05", "members")  # one to four are not told apart (T53)
LEADERLESS = ("1", "without a coordinator")


def figures(who: Person) -> list[tuple[str, str]]:
    """The figures on the first page of somebody."""
    return re.findall(FIGURE, signed_in(who).get("/").content.decode())


def offer_tasks(monkeypatch: pytest.MonkeyPatch, tasks: Callable[[Person, datetime], list[Task]]) -> None:
    """Nothing waits but these tasks; the rest of what subjects offer stays."""
    others = [replace(offer, tasks=None) for offer in offers.all_offers()]
    monkeypatch.setattr(offers, "all_offers", lambda: (*others, Offers(tasks=Source(tasks, order=1))))


def nothing(person: Person, at: datetime) -> list[Task]:
    """No task at all."""
    return []


def waiting(person: Person, at: datetime) -> list[Task]:
    """Two things wait."""
    return [Task("Read the minutes", "Of last Monday.", "/minutes/"), Task("Relay", "An alarm.", "/relay/", True, 3)]


ENTRIES = (
    MenuEntry("Write", "", "home:start", "pen", Permission.NOTICE_WRITE, order=1),
    MenuEntry("Members", "", "home:start", "users", Permission.MEMBERS_MANAGE, order=2),
    MenuEntry("Help", "", "home:start", "life-buoy", order=3),
)


def test_a_visitor_learns_what_this_is_in_one_look(client: Client, django_assert_num_queries: Any) -> None:
    """Without a cookie, nobody is looked up: no query at all."""
    with django_assert_num_queries(0):
        page = client.get("/", headers={"accept-language": "en"})

    assert "neighbours who know each other" in page.content.decode()
    assert 'href="/account/sign-in/"' in page.content.decode()


def test_urgent_things_stand_first(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What do I have to do now?"""
    offer_tasks(monkeypatch, waiting)
    sign_in(client, staff())

    page = client.get("/").content.decode()

    assert page.index("/relay/") < page.index("/minutes/")
    assert '<span class="count">3</span>' in page


def dated(person: Person, at: datetime) -> list[Task]:
    """One is late, one has time, and one has no date."""
    late, soon = at - timedelta(days=1), at + timedelta(days=1)
    return [Task("Yesterday", "", "/", due_at=late), Task("Tomorrow", "", "/", due_at=soon), Task("Some day", "", "/")]


def test_what_is_late_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    offer_tasks(monkeypatch, dated)
    sign_in(client, staff())

    page = client.get("/").content.decode()

    tasks = re.findall(r'<li class="task">(.*?)</li>', page, re.DOTALL)
    assert ["late" in re.findall(r">([^<>]+)</span>", one) for one in tasks] == [True, False, False]


def test_nothing_to_do_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty page says when it will not be empty."""
    offer_tasks(monkeypatch, nothing)
    sign_in(client, staff())

    assert "Nothing waits for you" in client.get("/").content.decode()


def test_without_a_role_one_is_told_whom_to_ask(client: Client) -> None:
    """A mandate that ended is not an error."""
    sign_in(client, staff(role=None))

    page = client.get("/").content.decode()

    assert "You hold no role at this moment" in page
    assert "chief of corps" in page


def test_the_menu_offers_what_the_mandates_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what everybody may open."""
    monkeypatch.setattr(offers, "all_offers", lambda: (Offers(menu=ENTRIES),))

    assert [entry.label for entry in menu_entries({Permission.NOTICE_WRITE})] == ["Write", "Help"]


@pytest.mark.parametrize("quarters", [1, 3])
def test_the_page_of_staff_costs_few_questions(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any, quarters: int
) -> None:
    """Session, account with person, mandates; what may wait; partnerships, members and messages for the figures,
    and of several quarters their coordinators: however many there are.
    """
    stop_clock(monkeypatch)
    offer_tasks(monkeypatch, waiting)
    cast = Cast()
    Partnership.objects.filter(key__in=["laeken", "malmedy"][quarters - 1 :]).update(state="ended")
    if quarters == 3:
        hold(cast.officer, Role.OFFICER, Area.objects.get(path="be/z10/"))
    client = signed_in(cast.officer)
    client.get("/")

    with django_assert_num_queries(7 if quarters == 1 else 8):
        page = client.get("/").content.decode()

    assert page.count('class="figure-number"') == (2 if quarters == 1 else 3)


def test_how_things_are_is_told_to_whoever_may_see_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """In counts of one's own area; a quarter without a coordinator stands out; a deputy sees none."""
    stop_clock(monkeypatch)
    cast = Cast()
    member(cast.here.partnership, "Nora Exemple")
    Mandate.objects.filter(person=cast.next_door.coordinator).delete()

    seen = {name: figures(who) for name, who in {"o": cast.officer, "c": cast.here.coordinator}.items()}

    assert seen["o"] == [("2", "partnerships"), FEW, ("0", "messages in the past month"), LEADERLESS]
    assert seen["c"] == [FEW, ("0", "messages in the past month")]
    assert figures(cast.here.deputy) == []


def test_who_runs_the_machine_sees_whether_messages_leave(client: Client) -> None:
    """Before anything else: the worker, and what waits: here the letter about the new sign-in (T4)."""
    sign_in(client, staff(role=Role.ADMINISTRATOR))

    page = client.get("/").content.decode()

    assert re.findall(FIGURE, page)[:2] == [("Silent", "the worker"), ("1", "message waits")]


@pytest.mark.parametrize("role", ["officer", "coordinator", "chief", "second_officer"])
def test_nobody_has_more_than_eight_words_in_the_menu(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    """To do now, two more, and "More"; what a section holds stands on its page with a sentence."""
    stop_clock(monkeypatch)
    cast = Cast()
    client = signed_in(cast.here.coordinator if role == "coordinator" else getattr(cast, role))

    menu = client.get("/").content.decode().partition('class="menu"')[2].partition("</nav>")[0]
    front, _more, _further = menu.partition('class="menu-sections"')
    words = [word.strip() for word in re.findall(r"</svg>\s*([^<]+)<", menu)]

    assert words[0] == "To do now"
    assert re.findall(r"</svg>\s*([^<]+)<", front)[-1] == "More"
    assert words[-1] == "Sign out"
    assert len(set(words) - {"More", "Sign out"}) <= 8
    assert len(set(words)) == len(words)
    for address in re.findall(r'href="(/menu/[a-z]+/)"', menu):
        page = client.get(address)
        assert page.status_code == 200
        assert page.content.decode().count('<li><a href="/') >= 2


def test_a_section_in_which_nothing_may_be_opened_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the menu nor by its address."""
    stop_clock(monkeypatch)
    client = signed_in(Cast().here.deputy)

    assert client.get("/menu/members/").status_code == 404
    assert client.get("/menu/nowhere/").status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHIEF, Role.MUNICIPALITY])
def test_what_is_seldom_used_stands_in_front_of_nobody(role: Role) -> None:
    """Measures, alone in its section, comes after the partnership, meetings and help; nothing of the menu is lost."""
    doors = [(section.key, [entry.view for entry in pages]) for section, pages in menu_sections(GRANTS[role])]

    front = [key for key, _pages in doors[:2]]
    assert doors[-1] == ("members", ["measures:listed"])
    assert front == (["partnership", "recruit"] if role == Role.MUNICIPALITY else ["messages", "partnership"])


def test_a_figure_leads_to_what_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members to their list and messages to their desk; to the counts alone whoever may open neither."""
    stop_clock(monkeypatch)
    cast = Cast()
    tile = re.compile(r'class="figure-link" href="([^"]*)"')
    mayor = member(cast.here.partnership, "Marie Bourgmestre")
    hold(mayor, Role.MUNICIPALITY, cast.here.area)
    people = (cast.here.coordinator, cast.officer, mayor)

    links = [tile.findall(signed_in(person).get("/").text) for person in people]

    assert links == [
        ["/coordinator/members/", "/coordinator/"],
        ["/launch/", "/zone/", "/police/"],
        ["/zone/", "/zone/"],
    ]
