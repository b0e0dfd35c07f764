"""From "is my street covered?" to member on a small telephone: what is touched, how many pages, nothing typed twice."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from plp.membership.models import Membership
from tests.browser.conftest import NARROW, Opened, overflow
from tests.factories.cast import Cast
from tests.portal.partnership.test_join import code_of
from tests.portal.partnership.test_pages import covered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VISIBLE = "main :is(input:not([type=hidden]), select, textarea):visible"


@dataclass
class Journey:
    """Counts what a neighbour does: ``touches`` of fields and buttons, ``pages`` opened, ``fields`` seen."""

    page: Page
    touches: int = 0
    pages: int = 0
    fields: int = 0

    def see(self) -> None:
        """Note the page that is open, once all of it is there."""
        self.page.wait_for_load_state()
        self.pages += 1
        self.fields += self.page.locator(VISIBLE).count()
        assert overflow(self.page) <= 0

    def type(self, name: str, words: str) -> None:
        """Touch a field and type."""
        self.touches += 1
        self.page.locator(f"main [name={name}]").fill(words)

    def touch(self, selector: str, *, opens: bool = False) -> None:
        """Touch a box or a button; one that ``opens`` leads to another page."""
        self.touches += 1
        if not opens:
            self.page.locator(selector).first.click()
            return
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.see()


def join(page: Page) -> Journey:
    """The whole way, with an address by e-mail."""
    journey = Journey(page)
    page.goto("/street/")
    journey.see()
    journey.type("street", "Rue de Verdun 12")
    journey.type("postcode", "1130")
    journey.touch("main form[method=post] button", opens=True)
    journey.touch("button[name=join]", opens=True)
    journey.type("name", "Mia Voorbeeld")
    journey.touch("main [name=use_email]")
    journey.type("address_email", "mia@plp.test")
    for name in ("is_adult", "accepts_rules"):
        journey.touch(f"main [name={name}]")
    journey.touch("main form button", opens=True)
    journey.type("code", code_of())
    journey.touch("main form button", opens=True)
    return journey


@pytest.mark.parametrize(("language", "script"), [("fr", True), ("de", False)])
def test_a_neighbour_joins_in_two_minutes(open_page: Opened, language: str, script: bool) -> None:
    covered(Cast())

    journey = join(open_page(language=language, script=script))

    person = Membership.objects.get().person
    assert (person.name, person.language, person.household.house) == ("Mia Voorbeeld", language, "12")
    assert person.contacts.get().confirmed_at is not None
    assert (journey.touches, journey.pages, journey.fields) == (12, 5, 17)


def test_a_field_appears_with_its_tick_and_a_switch_keeps_all(open_page: Opened) -> None:
    covered(Cast())
    page = open_page(language="fr", script=False)
    page.set_viewport_size(NARROW)
    page.goto("/p/haren/join/")
    shown = [page.locator("[name=address_sms]").is_visible(), page.locator("[name=house]").is_visible()]

    page.locator("[name=name]").fill("Mia Voorbeeld")
    page.locator("[name=use_sms]").check()
    page.locator("[name=address_sms]").fill("0470 12 34")
    page.locator("[name=works_here]").check()
    shown += [page.locator("[name=address_sms]").is_visible(), page.locator("[name=house]").is_visible()]
    with page.expect_navigation():
        page.locator(".languages button[value=de]").click()

    assert shown == [False, True, True, False]
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator("[name=name]").input_value() == "Mia Voorbeeld"
    assert page.locator("[name=address_sms]").input_value() == "0470 12 34"
    assert page.locator("[name=works_here]").is_checked()
    with page.expect_navigation():
        page.locator("[name=name]").press("Enter")
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator(".summary").is_visible()
