"""Every link of the plan and of the pack opens for whoever sees it; where a page is shut, who can open it is said."""

import re

import pytest
from django.urls import resolve, reverse

from plp.launch.plan import PLANS
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import may
from plp.people.models import Person
from plp.places.models import Area
from tests.factories.cast import Cast, hold, person
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
HREF = re.compile(r'href="(/[^"#?]*)')
FILE = re.compile(r"\.(pdf|docx|pptx|xlsx|ics)$|/all/")
STEPS = [step.key for step in PLANS["be-2022"].steps]
POLICE_ROLES = (Role.OFFICER, Role.DEPUTY_OFFICER, Role.CHIEF, Role.SUPERVISOR)
ROLES = (*POLICE_ROLES, Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE, Role.MUNICIPALITY)


@pytest.mark.parametrize("role", ROLES)
def test_each_link_of_plan_and_pack_opens(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    municipality = Area.objects.get(path="be/z1/m21004/")
    over = {**dict.fromkeys(POLICE_ROLES, cast.zone), Role.MUNICIPALITY: municipality}.get(role, cast.here.area)
    someone = person("Eva Exemple")
    hold(someone, role, over)
    browser = signed_in(someone)
    pages = [reverse("launch:plan:where", args=["haren"]), reverse("launch:pack:home", args=["haren"])]
    pages += [reverse("launch:plan:step", args=["haren", step]) for step in STEPS]

    texts = [browser.get(page).text for page in pages]
    links = {link for text in texts for main in MAIN.findall(text) for link in HREF.findall(main)}
    one_of_each_page = {resolve(link).view_name: link for link in links if not FILE.search(link)}

    shut = [link for link in sorted(one_of_each_page.values()) if not _holds(someone, link, cast.here.area)]
    if role == Role.COORDINATOR:  # for one role each is opened: the others differ in their rights alone
        shut += [link for link in sorted(one_of_each_page.values()) if browser.get(link).status_code >= 400]
    assert shut == []


def test_no_evaluation_before_the_launch(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    here = Cast().here
    page = reverse("launch:plan:where", args=["haren"])
    link = f'href="{reverse("evaluation:home", args=["haren"])}"'
    after = signed_in(here.coordinator).get(page).text
    here.partnership.launched_at = None
    here.partnership.save()

    before = signed_in(here.coordinator).get(page).text

    assert [link in text for text in (before, after)] == [False, True]


def _holds(someone: Person, link: str, area: Area) -> bool:
    permission = resolve(link).func.permission
    return permission not in Permission.values or may(someone, Permission(permission), area, at=AT)


def test_the_coordinator_reads_who_gives_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    page = signed_in(Cast().here.coordinator).get(reverse("launch:pack:home", args=["haren"])).text

    assert reverse("launch:pack:presentation", args=["haren"]) not in page
    assert "Who: mandated police officer" in page


def test_a_step_that_one_may_do_without_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    browser, words = signed_in(Cast().officer), "Optional: a partnership may do without it."
    where = reverse("launch:plan:where", args=["haren"])
    for step in PLANS["be-2022"].steps:
        monkeypatch.setitem(vars(step), "optional", False)
    before = browser.get(where).text

    monkeypatch.setitem(vars(PLANS["be-2022"].steps[-1]), "optional", True)

    assert words not in before
    assert words in browser.get(where).text
    assert words in browser.get(reverse("launch:plan:step", args=["haren", STEPS[-1]])).text
