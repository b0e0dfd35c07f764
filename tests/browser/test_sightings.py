"""Something seen, asked and read up: on an old telephone without JavaScript, in the three languages, and on a desk."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from plp.people.models import Person
from plp.places.models import Area
from plp.portal.subjects.advice.checklist import CHECKLIST
from plp.sightings.facts import FIELDS
from plp.sightings.models import Question, Sighting
from tests.browser.conftest import NARROW, Opened, overflow, picture, settled
from tests.browser.test_roles import Telephone
from tests.browser.test_shell import faults, small_targets
from tests.factories.cast import Cast
from tests.places.build import doors, street
from tests.sightings.stage import picture as photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    """Everybody, and a street that people know."""
    made = Cast()
    Area.objects.filter(path="be/z1/m21004/").update(nis="21004")
    doors(street("Rue du Chêne", name_nl="Eikstraat"), "1", "2")
    return made


def report(citizen: Telephone, picture_file: Path) -> None:
    """Fill in the three pages as a citizen does."""
    citizen.go("/report/")
    citizen.give(when="now")
    citizen.press("main form button")
    citizen.go("/report/")
    citizen.give(when="earlier", kind="vehicle")
    citizen.press("main form button")
    citizen.give(which="yesterday", street="rue du chene 12", postcode="1130")
    citizen.press("main form button")
    citizen.give(fact_vehicle="Une camionnette blanche", fact_plate="1-ABC", pictures=picture_file)
    time.sleep(3)  # nobody writes faster
    citizen.press("main form button")


def height(page: Page) -> int:
    """Where the button ends by which one goes on, in pixels from the top of the page."""
    return settled(page, "document.querySelector('main form .button').getBoundingClientRect().bottom + scrollY")


def test_each_step_of_a_report_is_at_most_two_screens_of_a_telephone(cast: Cast, open_page: Opened) -> None:
    """8 s: three pages for each kind, in the language that takes most room."""
    page, heights = open_page(script=False, language="de"), {}
    for kind in FIELDS:
        page.goto("/report/")
        heights["start"] = height(page)
        page.check("[value=earlier]")
        page.check(f"[name=kind][value={kind}]")
        page.click("main form .button")
        heights["where"] = height(page)
        page.check("[value=yesterday]")
        page.fill("[name=street]", "rue du chene 12")
        page.fill("[name=postcode]", "1130")
        page.click("main form .button")
        heights[kind] = height(page)

    assert {step: pixels for step, pixels in heights.items() if pixels > 2 * NARROW["height"]} == {}


@pytest.mark.journey
@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_a_report_and_a_question_go_their_way_without_javascript(
    cast: Cast, open_page: Opened, language: str, tmp_path: Path
) -> None:
    """12 s: thirty pages of a real browser, and three seconds of writing."""
    Person.objects.filter(pk__in=[cast.officer.pk, cast.here.coordinator.pk]).update(language=language)
    file = tmp_path / "photo.jpg"
    file.write_bytes(photo(size=(1200, 800)))
    citizen = Telephone(open_page(script=False, language=language), language)
    report(citizen, file)
    filed = Sighting.objects.get()
    link = citizen.page.locator(".secret a").get_attribute("href") or ""
    police = Telephone(open_page(script=False, language=language), language)
    police.enter(cast.officer)
    police.go("/sightings/")
    police.press(".task-link")
    for page in ("close/", "hand-over/", "answer/?template=patrol"):
        police.go(f"/sightings/{filed.pk}/{page}")
    police.press("main form button")
    citizen.go("/report/follow/" + link.split("/follow/")[1])
    assert citizen.page.locator("section.card").count() == 1

    citizen.go("/questions/ask/haren/")
    citizen.give(to="coordinator", kind="question", words="Quand se voit-on ?")
    citizen.press("main form button")
    asked = Question.objects.get()
    police.go(f"/questions/police/{asked.pk}/")
    police.press("main form[action] button")
    leader = Telephone(open_page(script=False, language=language), language)
    leader.enter(cast.here.coordinator)
    leader.go("/questions/coordinator/")
    leader.press(".task-link")
    leader.give(words="Le 3 décembre.")
    leader.press("main form button")
    leader.go(f"/questions/coordinator/{asked.pk}/share/")
    leader.give(asked="Quand se voit-on ?")
    leader.press("main form button")
    leader.go("/questions/mine/")
    citizen.go("/questions/status/")
    for page in ("/advice/", "/advice/report/", "/advice/groups/", "/advice/checklist/", "/"):
        citizen.go(page)

    assert (citizen.poor, police.poor, leader.poor) == ([], [], [])
    assert Sighting.objects.get().state == "answered"
    assert "Le 3 décembre." in citizen.page.context.request.get("/questions/status/").text()


def test_the_checklist_keeps_its_ticks_in_the_browser_and_sends_nothing(cast: Cast, open_page: Opened) -> None:
    page = open_page(wide=True)
    asked: list[str] = []
    page.goto("/advice/checklist/")
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))

    page.locator("#check-door-lock").check()
    page.locator("#check-smoke").check()
    sent = [request for request in asked if "/static/" not in request]
    page.reload()

    whole = sum(len(items) for _heading, items in CHECKLIST)
    assert sent == []
    assert page.locator("#checked").inner_text() == f"2 / {whole}"
    assert page.locator("#check-smoke").is_checked()
    assert overflow(page) == 0
    picture(page, "checklist-wide")
    page.locator("#clear").click()
    page.reload()
    assert page.locator("#checked").inner_text() == f"0 / {whole}"
    assert not any("smoke" in request for request in asked)


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_the_public_pages_are_readable_by_everybody(cast: Cast, open_page: Opened, wide: bool) -> None:
    """Axe finds nothing, nothing scrolls sideways, fingers find their buttons."""
    page = open_page(wide=wide, language="nl")
    poor = {}
    names = ("report/", "advice/", "advice/burglary/", "advice/report/", "advice/checklist/", "questions/ask/haren/")
    for name in names:
        page.goto(f"/{name}")
        picture(page, f"{'wide' if wide else 'narrow'}-{name.strip('/').replace('/', '-')}")
        poor[name] = [overflow(page), *faults(page), *small_targets(page)]

    assert poor == {name: [0] for name in names}
