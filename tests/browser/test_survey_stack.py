"""A stack of paper forms in Chromium, by keyboard alone, without a script: the focus comes back to the code (R17)."""

from datetime import timedelta

import pytest

from plp.launch.actions import surveys
from plp.launch.queries.surveys import survey_result
from plp.launch.questionnaire import home_code
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.launch.ground import Ground
from tests.portal.signing import AT, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("wide", [False, True])
def test_a_stack_is_typed_without_the_mouse(open_page: Opened, monkeypatch: pytest.MonkeyPatch, wide: bool) -> None:
    """2 s: a real browser."""
    stop_clock(monkeypatch)
    ground = Ground()
    last = (AT + timedelta(days=9)).date()
    survey = surveys.open_survey(partnership=ground.partnership, last_day=last, by=None, at=AT)
    clerk = Telephone(open_page(script=False, wide=wide, language="fr"), "fr", "stack")
    clerk.enter(ground.coordinator)
    clerk.go("/groundwork/p/haren/survey/form/")

    focused = []
    for code in ("222222222", *(home_code(survey.pk, home.register_id) for home in ground.homes[:2])):
        clerk.page.keyboard.type(code)
        clerk.page.keyboard.press("Tab")
        clerk.page.keyboard.type("112")
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("Enter")
        focused.append(clerk.page.locator("[name=code]:focus").count())
    clerk.look()

    assert focused == [1, 1, 1]
    assert survey_result(survey).answers == 2
    assert clerk.page.locator("[name=line]").count() == 3
    assert clerk.poor == []
