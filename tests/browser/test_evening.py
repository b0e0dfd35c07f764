"""An evening from plan to minutes: the coordinator's old telephone, a neighbour's, and the screen in the room."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from plp.evening import actions as evening
from plp.evening.models import Meeting, Question
from plp.evening.rules import VoteCounts
from plp.people.models import Person
from plp.places.models import Address, CoveredAddress, Street
from plp.toolbox import clock
from tests.browser.conftest import Opened, overflow, picture
from tests.browser.walking import Telephone
from tests.evening.stage import plan_of
from tests.factories.cast import Cast, Quarter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def convened(quarter: Quarter, at: datetime) -> Meeting:
    """A meeting of this evening, with three doors to invite and two votes prepared."""
    street = Street.objects.create(
        nis="21004", register_id="s", name_fr="Rue du Pré", name_nl="Weidestraat", folded="x"
    )
    for number in ("1", "2A", "10"):
        address = Address.objects.create(street=street, register_id=number, number=number, sort_key=number.zfill(4))
        CoveredAddress.objects.create(area=quarter.area, address=address)
    plan = plan_of(starts_at=at + timedelta(hours=1), ends_at=at + timedelta(hours=3))
    meeting = evening.plan_meeting(partnership=quarter.partnership, plan=plan, by=None, at=at)
    evening.prepare_question(meeting=meeting, kind="approval", quorum=2, by=None, at=at)
    evening.prepare_question(
        meeting=meeting, kind="person", function="committee", label="Léa Vandenbroucke-Castelein", by=None, at=at
    )
    evening.publish_meeting(meeting=meeting, by=None, at=at)
    return meeting


@pytest.mark.journey
@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_an_evening_is_led_and_voted_on_without_javascript_on_a_narrow_screen(open_page: Opened, language: str) -> None:
    """8 s: thirty pages of a real browser."""
    at = clock.now()
    cast = Cast()
    quarter = cast.here
    meeting = convened(quarter, at)
    here, door = f"/evening/haren/{meeting.pk}", f"/evening/p/{meeting.token}"
    for someone in (quarter.coordinator, cast.officer):
        Person.objects.filter(pk=someone.pk).update(language=language)
        someone.refresh_from_db()
    chair = Telephone(open_page(script=False, language=language), language)
    chair.enter(quarter.coordinator)
    for page in ("/evening/haren/", "/evening/haren/plan/", *(f"{here}/{one}" for one in ("", "cancel/", "papers/"))):
        chair.go(page)
    chair.go(f"{here}/invitations/")
    chair.press("main form button")
    chair.go(f"{here}/chair/")
    chair.press("main form button")  # open the doors
    chair.press("button[name=show]")
    evening.set_attendance_on_paper_list(meeting=meeting, persons=40, by=None, at=at)
    codes = evening.create_ballot_codes(meeting=meeting, number=3, by=None, at=at)
    first, second = Question.objects.filter(meeting=meeting)
    chair.go(f"{here}/votes/{first.pk}/")
    chair.press("button[name=open]")
    evening.open_vote(question=second, by=None, at=at)

    neighbour = Telephone(open_page(script=False, language=language), language)
    for page in ("", "here/", "help/", "vote/"):
        neighbour.go(f"{door}/{page}")
    neighbour.give(code=codes[0])
    for question in (first, second):
        neighbour.give(**{str(question.pk): "yes"})
    neighbour.press("button[name=choose]")
    chair.go(f"{here}/door/")
    chair.press("main form button")
    link = chair.page.url.rstrip("/").rpartition("/")[2]
    neighbour.go(f"{door}/door/{link}/")
    neighbour.press("main form button")
    neighbour.press("main .actions a")
    for question in (first, second):
        neighbour.give(**{str(question.pk): "no"})
    neighbour.press("button[name=choose]")  # with the code that the telephone keeps
    neighbour.press("main .actions a")  # the next vote: none waits
    neighbour.go(f"{door}/help/")
    neighbour.give(name="Léa Peeters", reach="lea@plp.test")
    neighbour.press("main form button")

    chair.go(f"{here}/votes/{second.pk}/")
    chair.go(f"{here}/votes/{second.pk}/close/")
    chair.press("main form button")
    for page in ("voices/", "presence/", "agenda/", "agenda/1/", "votes/", "agreements/", "end/"):
        chair.go(f"{here}/{page}")
    evening.close_vote_and_record_candidate_result(question=first, by=None, at=at)
    for point in meeting.points.all():
        evening.record_agenda_point_treated(point=point, record="Dit.", by=None, at=at)
    chair.go(f"{here}/end/")
    chair.press("main form button")
    chair.press("main form button")  # write the minutes
    chair.go(f"{here}/minutes/fr/")
    reader = Telephone(open_page(script=False, language=language), language)
    reader.enter(cast.officer)
    reader.go(f"{here}/minutes/approve/")
    reader.give(untranslated=True)
    reader.press("main form button")
    neighbour.go(f"{door}/")

    assert (chair.poor, reader.poor, neighbour.poor) == ([], [], [])
    second.refresh_from_db()
    assert (second.yes, second.no) == (1, 1)
    meeting.refresh_from_db()
    assert meeting.state == "approved"


ROOMS = ((1280, 720), (1024, 768))  # what projectors show


def _shows_address(page: Page, size: tuple[int, int]) -> bool:
    """Whether the address to vote at stands on a screen of ``size`` without scrolling."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    box = page.locator(".room-address").bounding_box()
    return box is not None and box["y"] + box["height"] <= size[1]


def test_the_screen_in_the_room_follows_by_itself(open_page: Opened) -> None:
    """6 s: the screen looks every three seconds."""
    at = clock.now()
    quarter = Cast().here
    meeting = convened(quarter, at)
    screen = Telephone(open_page(wide=True, language="fr"), "fr")
    evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=at)
    evening.set_attendance_on_paper_list(meeting=meeting, persons=40, by=None, at=at)
    screen.go(f"/evening/p/{meeting.token}/screen/")

    question = Question.objects.filter(meeting=meeting)[0]
    evening.open_vote(question=question, by=None, at=at)
    screen.page.locator("img[src*='vote']").wait_for()
    picture(screen.page, "screen-vote")
    below = [size for size in ROOMS if not _shows_address(screen.page, size)]
    evening.enter_show_of_hands(question=question, counts=VoteCounts(30, 4), by=None, at=at)
    evening.close_vote_and_record_candidate_result(question=question, by=None, at=at)
    screen.page.get_by_text("30 oui, 4 non, 0 abstention : vote favorable.").wait_for()
    picture(screen.page, "screen-result")

    assert below == []
    assert overflow(screen.page) == 0


@pytest.mark.parametrize("has_code", [False, True])
def test_a_telephone_that_waits_for_a_vote_shows_the_ballot_by_itself(open_page: Opened, has_code: bool) -> None:
    """12 s: the page looks every ten seconds."""
    at = clock.now()
    meeting = convened(Cast().here, at)
    evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=at)
    evening.set_attendance_on_paper_list(meeting=meeting, persons=40, by=None, at=at)
    neighbour = Telephone(open_page(language="fr"), "fr")
    if has_code:
        link = evening.create_ballot_code_link(meeting=meeting, by=None, at=at)
        neighbour.go(f"/evening/p/{meeting.token}/door/{link}/")
        neighbour.press("main form button")
        code = neighbour.page.locator(".secret").inner_text()
        neighbour.press("main .actions a")
    else:
        neighbour.go(f"/evening/p/{meeting.token}/vote/")
    waiting = neighbour.page.locator("#ballot input[type=radio]").count()
    question = Question.objects.filter(meeting=meeting)[0]
    evening.open_vote(question=question, by=None, at=at)

    neighbour.page.locator(f"input[name='{question.pk}']").first.wait_for()
    picture(neighbour.page, f"ballot-that-came-{has_code}")

    typed = neighbour.page.locator("input[name=code]").input_value()
    assert waiting == 0
    assert typed.replace(" ", "") == (code.replace(" ", "") if has_code else "")
    assert neighbour.poor == []
