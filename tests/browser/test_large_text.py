"""Text of 200 % by the browser's own size, on the narrowest telephone: nothing runs off the screen, nothing is cut."""

import pytest
from playwright.sync_api import Page

from proof.probes.page_faults import STICKING_OUT, TWICE
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.factories.cast import Cast, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = ("/", "/p/", "/p/haren/", "/p/haren/join/", "/street/", "/report/", "/advice/", "/m/", "/account/sign-in/")
OF_A_COORDINATOR = (
    "/", "/menu/members/", "/coordinator/", "/coordinator/members/", "/coordinator/members/waiting/",
    "/coordinator/absence/", "/enrolment/", "/enrolment/haren/form/", "/launch/", "/account/",
)  # fmt: skip


def enlarged(page: Page, address: str) -> list[str]:
    """What is wrong with a page whose reader asks the browser for letters of 32 pixels."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": TWICE})
    page.goto(address)
    return [f"{address}: {fault}" for fault in page.evaluate(STICKING_OUT)]


@pytest.mark.parametrize("language", ["fr", "de"])
def test_public_pages_hold_text_of_twice_the_size(open_page: Opened, language: str) -> None:
    Cast()
    page = open_page(language=language)

    assert [fault for address in PUBLIC for fault in enlarged(page, address)] == []


def test_pages_of_a_coordinator_hold_text_of_twice_the_size(open_page: Opened) -> None:
    cast = Cast()
    member(cast.here.partnership, "Maximiliane Exempelbergerinnen")
    phone = Telephone(open_page(language="de"), "de")
    phone.enter(cast.here.coordinator)

    assert [fault for address in OF_A_COORDINATOR for fault in enlarged(phone.page, address)] == []
