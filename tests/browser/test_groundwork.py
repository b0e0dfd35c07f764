"""The groundwork in Chromium: an idea without JavaScript, every page narrow and wide, in each language."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from plp.launch.actions import consultations, informed_streets, stakeholders, surveys
from plp.launch.models import Idea
from plp.partnership import statements
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.subjects.launch.idea import draft
from plp.toolbox import clock
from tests.browser.conftest import Opened, overflow, picture
from tests.launch.ground import Ground, idea
from tests.portal.signing import AT, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_PARTNERSHIP = [
    "home", "talks", "talk_new", "statements", "stakeholders", "area", "informing", "survey", "survey_form",
    "survey_street", "survey_close", "hands",
]  # fmt: skip


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A quarter of which the groundwork is half done."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    made = Ground()
    Area.objects.filter(pk=made.municipality.pk).update(nis="21004")
    here, today = {"by": made.officer, "at": AT}, AT.date()
    talk = consultations.TalkDetails("police", today, "Inspecteur Exemple", "R-1", "conditions", "Avec le parquet")
    consultations.record_consultation(partnership=made.partnership, talk=talk, **here)
    statements.add_statement(
        partnership=made.partnership, party="police", kind="motive", text="Signaler plus vite", language="fr", **here
    )
    school = stakeholders.add_stakeholder(partnership=made.partnership, who="École du Chêne", concern="Parents", **here)
    stakeholders.record_stakeholder_informed_with_proof(
        stakeholder=school, telling=stakeholders.InformationProof(today, "letter", "Reçu"), **here
    )
    informed_streets.mark_streets_informed(
        partnership=made.partnership, means="letter", streets=[made.oak], informed_on=today, carrier="Emma", **here
    )
    surveys.open_survey_and_create_address_codes(
        partnership=made.partnership, last_day=today + timedelta(days=9), **here
    )
    return made


def enter(page: Page, someone: Person, language: str) -> None:
    """Let a browser be that of somebody who signed in."""
    session = signed_in(someone).cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    names = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
    page.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in names.items()])


@pytest.mark.parametrize(("language", "wide"), [("fr", False), ("nl", True), ("de", False)])
def test_every_page_fits_and_speaks_the_language(open_page: Opened, ground: Ground, language: str, wide: bool) -> None:
    filed = idea(ground)  # some seconds: a browser
    page = open_page(wide=wide, language=language)
    enter(page, ground.officer, language)
    addresses = [reverse(f"launch:groundwork:{view}", args=["haren"]) for view in OF_PARTNERSHIP]
    addresses += [
        reverse(f"launch:groundwork:{view}", args=[filed.pk]) for view in ("idea", "decline", "merge", "take_up")
    ]
    addresses += [reverse("launch:groundwork:ideas"), reverse("launch:groundwork:desk", args=[ground.cast.zone.pk])]
    addresses += [
        reverse("launch:groundwork:area_add", args=["haren"]) + "?q=hetre",
        reverse("launch:idea:tell"),
        reverse("launch:idea:survey"),
    ]

    poor = []
    for number, address in enumerate(addresses):
        page.goto(address)
        picture(page, f"groundwork-{language}-{'wide' if wide else 'narrow'}-{number:02}")
        if overflow(page) or page.locator("html").get_attribute("lang") != language or page.locator("h1").count() != 1:
            poor.append(address)

    assert poor == []


def test_an_idea_is_sent_without_javascript(
    open_page: Opened, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:  # two seconds: a browser
    monkeypatch.setattr(draft, "LEAST", timedelta(0))
    page = open_page(script=False, language="fr")
    page.goto(reverse("launch:idea:tell"))
    page.get_by_label("Rue").fill("rue du chêne")
    page.get_by_label("Code postal").fill("1130")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("un ou plusieurs habitants").check()
    page.get_by_label("Votre idée").fill("Nous voulons mieux nous connaître.")
    with page.expect_navigation():
        page.get_by_role("button", name="Envoyer à la police").click()

    assert page.get_by_role("heading", name="Votre idée est envoyée").is_visible()
    assert Idea.objects.get().words == "Nous voulons mieux nous connaître."
