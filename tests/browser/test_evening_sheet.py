"""The evening in one sheet, in Chromium: kept while one types, refused at its field, closed; also without script."""

import pytest

from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.evening.states import MeetingState
from plp.membership.candidates import propose_candidate
from plp.membership.states import Function
from plp.toolbox import clock
from tests.browser.conftest import Opened
from tests.browser.test_evening import convened
from tests.browser.walking import Telephone
from tests.factories.cast import Cast, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("script", "wide"), [(True, False), (False, True)])
def test_a_sheet_is_typed_kept_refused_and_closed(open_page: Opened, script: bool, wide: bool) -> None:
    """3 s: a long form of a real browser."""
    quarter = Cast().here
    meeting = convened(quarter, clock.now())
    propose_candidate(
        partnership=quarter.partnership,
        person=person("Marc Dumoulin"),
        function=Function.COMMITTEE,
        by=None,
        at=clock.now(),
    )
    evening.prepare_usual_questions(meeting=meeting, by=None, at=clock.now())
    chair = Telephone(open_page(script=script, wide=wide, language="fr"), "fr", f"{script}")
    chair.enter(quarter.coordinator)
    here = f"/evening/haren/{meeting.pk}/sheet/"

    chair.go(here)
    chair.give(persons=9, volunteer__0__name="Jan Peeters", volunteer__0__reach="jan@plp.test")
    if script:
        chair.page.locator(".draft .small", has_text="Enregistré à").wait_for()
    else:
        chair.press(".draft button")
    chair.go(here)
    kept = chair.page.input_value("[name=volunteer-0-name]")
    fields = {f"ticked-{position}": True for position in range(1, 8)}
    chair.give(**fields, **{"vote-approval-yes": 7, "vote-approval-no": 1})
    chair.press("main form[method=post] button")
    refused = chair.page.locator(".summary").first.inner_text()
    boxes = chair.page.locator("[name$=checked]").all()
    for box in boxes:
        chair.give(**{str(box.get_attribute("name")): True})
    chair.press("main form[method=post] button")

    assert kept == "Jan Peeters"
    assert "9 personnes présentes, 8 voix" in refused
    assert boxes
    assert chair.poor == []
    assert Meeting.objects.get().state == MeetingState.MINUTED
