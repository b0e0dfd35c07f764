"""With a keyboard alone: a coordinator relays, a neighbour joins. Each stop is seen, in order, and none is a trap."""

import pytest
from django.urls import reverse

from plp.membership.models import Membership
from plp.notices.models import Notice
from tests.browser.conftest import Opened
from tests.browser.keys import Keys
from tests.browser.test_exchange import enter
from tests.factories.cast import Cast, contact, member
from tests.followup.stage import released
from tests.portal.partnership.test_join import code_of
from tests.portal.partnership.test_pages import covered
from tests.portal.signing import AT, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_coordinator_relays_by_keyboard(open_page: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    contact(member(cast.here.partnership, "Nora Exemple"), "email", "nora@plp.test")
    notice = released(cast, "advice", AT)
    desk = Keys(enter(open_page(wide=True, language="de"), cast.here.coordinator, "de").page, [])

    desk.page.goto(reverse("notices:relay:inbox"))
    desk.press(f"main a[href*='{notice.pk}']")
    stops = desk.walk()
    desk.press("main form[method=post] button")

    assert Notice.objects.get().state == "relayed"
    assert stops > 10
    assert desk.poor == []


def test_a_neighbour_joins_by_keyboard(open_page: Opened) -> None:
    street = covered(Cast())
    door = Keys(open_page(language="nl"), [])

    door.page.goto("/p/haren/")
    stops = door.walk()
    door.press("a[href$='/join/']")
    door.type("input[name=name]", "Mia Voorbeeld")
    door.to("select[name=street]")
    door.page.keyboard.type(street.name_nl)
    door.type("input[name=house]", "12")
    door.tick("input[name=use_email]")
    door.type("input[name=address_email]", "mia@plp.test")
    for name in ("is_adult", "accepts_rules"):
        door.tick(f"input[name={name}]")
    door.to("input[name=house]")
    door.page.keyboard.press("Enter")
    door.page.wait_for_url("**/confirm/")
    door.type("input[name=code]", code_of())
    door.press("main form[method=post] button:not([name])")

    assert Membership.objects.get().person.contacts.get().confirmed_at is not None
    assert stops > 10
    assert door.poor == []
