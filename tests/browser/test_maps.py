"""Maps in Chromium: a tap ticks the street in the list, and a border is drawn by keys alone."""

import pytest
from django.urls import reverse

from plp.places.models import Area
from plp.toolbox import clock
from tests.browser.conftest import Opened, overflow, picture
from tests.browser.test_groundwork import enter
from tests.launch.ground import Ground
from tests.places.build import doors, street
from tests.places.test_maps import row
from tests.portal.signing import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_streets_by_taps_and_a_border_by_keys(open_page: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    ground = Ground()  # some seconds: a browser
    Area.objects.filter(pk=ground.municipality.pk).update(nis="21004")
    lane = street("Rue de la Carte")
    doors(lane, *map(str, range(8)), points=row())
    page = open_page()
    enter(page, ground.officer, "en")

    page.goto(reverse("launch:groundwork:area_add", args=["haren"]) + "?q=carte")
    tapped = page.locator("a[data-box]").first
    tapped.dispatch_event("click")
    assert page.get_by_label("Rue de la Carte").is_checked()
    assert tapped.get_attribute("class") == "map-picked"
    assert overflow(page) == 0
    picture(page, "map-streets")

    page.goto(reverse("launch:groundwork:area_draw", args=["haren"]) + "?q=carte")
    board = page.get_by_role("application")
    box = board.bounding_box()
    assert box is not None
    assert box["width"] >= 600  # on a telephone twice as wide as the screen: it is moved sideways
    assert "Rue de la Carte" in board.locator("text").all_text_contents()
    for key in ("Enter", "Shift+ArrowUp", "Backspace", *["ArrowLeft"] * 15, *["ArrowUp"] * 9, "Enter"):
        board.press(key)
    for key in (*["ArrowRight"] * 30, "Enter", *["ArrowDown"] * 18, "Enter", *["ArrowLeft"] * 30, "Enter"):
        board.press(key)
    assert page.locator("[data-count]").text_content() == "4"
    assert overflow(page) == 0
    picture(page, "map-border")
    page.get_by_role("button", name="Save the boundary").click()
    page.get_by_text("Saved. The area now has 14 addresses.").wait_for()
