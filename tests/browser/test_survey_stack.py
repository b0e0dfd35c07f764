"""A stack of paper forms in Chromium, by keyboard alone, without a script: the focus comes back to the code (R17)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from plp.launch.actions import surveys
from plp.launch.queries.surveys import survey_result_as_far_as_shown
from plp.launch.questionnaire import home_survey_code
from plp.places import actions as places
from plp.places.models import Address
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.launch.ground import Ground
from tests.places.build import doors, whole
from tests.portal.signing import AT, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


STACK = 20
KEYS = 14  # a form: nine of its code, Tab, three answers, Enter


class CountedKeys:
    """A keyboard that counts what is struck on it."""

    def __init__(self, page: Page) -> None:
        self.page, self.struck = page, 0

    def type(self, words: str) -> None:
        """Strike the letters one by one."""
        self.struck += len(words)
        self.page.keyboard.type(words)

    def press(self, key: str) -> None:
        """Strike a key that has a name."""
        self.struck += 1
        self.page.keyboard.press(key)


@pytest.mark.parametrize(("wide", "size"), [(False, 2), (True, STACK)])
def test_a_stack_is_typed_without_the_mouse(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch, wide: bool, size: int
) -> None:
    """6 s: twenty forms in a real browser."""
    stop_clock(monkeypatch)
    ground = Ground()
    doors(ground.oak, *map(str, range(20, 20 + STACK)))
    places.redraw_quarter_and_count_addresses(
        area=ground.area, selectors=[whole(ground.oak), whole(ground.elm)], by=None, at=AT
    )
    homes = Address.objects.filter(street__in=[ground.oak, ground.elm]).order_by("pk")[:size]
    last = (AT + timedelta(days=9)).date()
    survey = surveys.open_survey_and_create_address_codes(partnership=ground.partnership, last_day=last, by=None, at=AT)
    clerk = Telephone(open_page(script=False, wide=wide, language="fr"), "fr", "stack")
    clerk.enter(ground.coordinator)
    clerk.go("/groundwork/p/haren/survey/form/")
    keys = CountedKeys(clerk.page)

    focused = []
    for code in ("222222222", *(home_survey_code(survey.pk, home.register_id) for home in homes)):
        keys.type(code)
        keys.press("Tab")
        keys.type("112")
        with clerk.page.expect_navigation():
            keys.press("Enter")
        code_field = clerk.page.locator("[name=code]:focus")
        code_field.wait_for()  # the page is drawn before its browser looks for what to focus
        focused.append(code_field.count())
    clerk.look()

    assert focused == [1] * (size + 1)
    assert survey_result_as_far_as_shown(survey).answers == size
    assert keys.struck == KEYS * (size + 1)
    assert clerk.poor == []
