"""The page that follows an idea is its path: steps, offices, papers; nothing personal of others."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from plp.delivery.models import Dispatch
from plp.evening.models import Meeting, Question
from plp.launch.actions import ideas
from plp.launch.letters import idea_key_with_signature
from plp.launch.models import Idea, InitiatorAct, Reminder
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.places import actions as places
from plp.places.models import Area
from plp.portal.subjects.launch.idea.path import papers_of_steps
from tests.factories.cast import PURPOSE, contact, hold
from tests.launch.ground import NOW, Ground, idea, reachable_officer
from tests.places.build import whole
from tests.portal.launch.idea.test_views import WHERE
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiator(ground: Ground, client: Client) -> Client:
    """The browser of whoever had the idea that became a partnership."""
    filed = idea(ground)
    founding = ideas.PartnershipDetails("chene", {"fr": "Chêne", "nl": "Eik"}, "plp", ["fr", "nl"], PURPOSE)
    begun = ideas.found_partnership_from_idea_and_notify_teller(
        idea=filed, founding=founding, words="", by=ground.officer, at=NOW
    )
    places.draw_quarter_and_count_addresses(area=begun.area, selectors=[whole(ground.elsewhere)], by=None, at=NOW)
    client.cookies["language"] = "en"
    client.get(f"/idea/follow/{idea_key_with_signature(filed.pk)}/")
    return client


def test_the_path_shows_steps_and_offices_and_names_nobody(ground: Ground, initiator: Client) -> None:
    page = initiator.get(reverse("launch:idea:status")).text

    assert "The path" in page
    assert "Waits for: mandated police officer" in page
    assert [name for name in (ground.officer.name, ground.coordinator.name) if name in page] == []


def test_the_initiator_reminds_an_office_once(ground: Ground, initiator: Client) -> None:
    reachable_officer(ground)
    address = reverse("launch:idea:remind", args=["consultation", "officer"])
    before = initiator.get(reverse("launch:idea:status")).text

    after = initiator.post(address, follow=True).text

    assert (address in before, address in after) == (True, False)
    assert "Reminded on" in after
    assert Reminder.objects.count() == 1
    assert initiator.post(address).status_code == 409


def test_papers_are_those_that_name_nobody(ground: Ground, initiator: Client) -> None:
    sheets = initiator.get(reverse("launch:idea:sheets"))
    shut = [initiator.get(reverse("launch:idea:paper", args=[key, "fr"])).status_code for key in ("letter_mayor", "x")]

    assert sheets.headers["Content-Type"] == "application/pdf"
    assert initiator.get(reverse("launch:idea:paper", args=["agenda", "fr"])).content.startswith(b"%PDF")
    assert initiator.get(reverse("launch:idea:paper", args=["agenda", "xx"])).status_code == 404
    assert shut == [404, 404]


def test_the_sheet_of_the_evening_leaves_room_for_names(ground: Ground, initiator: Client) -> None:
    address = reverse("launch:idea:paper", args=["evening_sheet", "fr"])
    begun = Idea.objects.get().partnership
    before = initiator.get(address).status_code
    meeting = Meeting.objects.create(
        partnership=begun,
        starts_at=NOW + timedelta(days=9),
        ends_at=NOW + timedelta(days=9, hours=2),
        languages=["fr"],
    )
    Question.objects.create(meeting=meeting, kind="person", function="committee", label="Léa Castelein", position=1)

    sheet = PdfReader(io.BytesIO(initiator.get(address).content))

    words = "".join(page.extract_text() for page in sheet.pages)
    assert before == 404
    assert "La soirée sur une feuille" in words
    assert "Castelein" not in words


def test_without_the_link_there_is_nothing(ground: Ground, client: Client) -> None:
    pages = [reverse("launch:idea:sheets"), reverse("launch:idea:paper", args=["agenda", "fr"])]

    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(reverse("launch:idea:remind", args=["consultation", "officer"])).status_code == 404


def test_an_idea_that_is_not_answered_has_no_path(ground: Ground, client: Client) -> None:
    filed = idea(ground)
    client.get(f"/idea/follow/{idea_key_with_signature(filed.pk)}/")

    assert "way-steps" not in client.get(reverse("launch:idea:status")).text
    assert client.get(reverse("launch:idea:sheets")).status_code == 404
    assert Idea.objects.get().state == "open"


def test_a_street_that_has_a_partnership_is_told_so(ground: Ground, client: Client) -> None:
    Area.objects.filter(pk=ground.municipality.pk).update(nis="21004")
    client.cookies["language"] = "en"

    page = client.post(reverse("launch:idea:tell"), WHERE, follow=True).text

    assert ground.partnership.state == State.ACTIVE
    assert "Your street has a partnership already" in page
    assert "Haren</a> (local prevention partnership): <a" in page
    assert reverse("partnership:join", args=["haren"]) in page


def test_the_plan_shows_for_whom_one_waits_and_reminds(ground: Ground) -> None:
    reachable_officer(ground)
    browser, where = signed_in(ground.coordinator), reverse("launch:plan:where", args=["haren"])
    address = reverse("launch:plan:remind", args=["haren", "launch", "officer"])
    before = browser.get(where).text

    after = browser.post(address, follow=True).text

    assert (address in before, address in after) == (True, False)
    assert browser.post(reverse("launch:plan:remind", args=["haren", "launch", "nobody"])).status_code == 404


def test_nobody_is_asked_to_remind_themselves(ground: Ground) -> None:
    reachable_officer(ground)

    page = signed_in(ground.officer).get(reverse("launch:plan:where", args=["haren"])).text

    assert reverse("launch:plan:remind", args=["haren", "launch", "officer"]) not in page
    assert "This is for you." in page


def test_the_initiator_writes_to_the_police_alone(ground: Ground, initiator: Client) -> None:
    officer, address = reachable_officer(ground), reverse("launch:idea:note")
    contact(ground.coordinator, "email", "clara@plp.test")

    sent = initiator.post(address, {"words": "Rue du Hêtre: done on 24 November."}, follow=True).text

    assert "Sent to the police." in sent
    assert [copy.person for copy in Dispatch.objects.filter(message__purpose="launch.initiator_note")] == [officer.pk]


def test_what_the_initiator_ticks_stands_on_the_groundwork_once_and_sends_no_mail(
    ground: Ground, initiator: Client
) -> None:
    reachable_officer(ground)
    address = reverse("launch:idea:note")

    first = initiator.post(address, {"acts": ["letters", "room"]}, follow=True).text
    again = initiator.post(address, {"acts": ["letters"]}, follow=True).text
    page = signed_in(ground.officer).get(reverse("launch:groundwork:home", args=["chene"])).text

    assert ("Ticked." in first, "Ticked." in again) == (True, False)
    assert ("A room is reserved" in page, "The survey went from door to door" in page) == (True, False)
    assert sorted(act.kind for act in InitiatorAct.objects.all()) == ["letters", "room"]
    assert not Dispatch.objects.exists()


def test_the_room_that_the_initiator_names_begins_the_plan_of_the_evening(ground: Ground, initiator: Client) -> None:
    room = {"place": "Salle du Chêne", "street": "Rue du Hêtre 5, 1130 Haren"}
    plan, officer = reverse("evening:plan", args=["chene"]), signed_in(ground.officer)

    told = initiator.post(reverse("launch:idea:note"), room, follow=True).text
    refused = initiator.post(reverse("launch:idea:note"), {"street": room["street"]})
    advert = initiator.post(reverse("launch:idea:note"), {"place": "www.example.org"})
    planned = officer.get(plan).text

    assert "Whoever plans the evening finds this room there." in told
    assert (refused.status_code, advert.status_code) == (409, 409)
    assert "Whoever had the idea reserved a room" in planned
    assert all(f'value="{words}"' in page for words in room.values() for page in (told, planned))
    assert [act.kind for act in InitiatorAct.objects.all()] == ["room"]
    hold(ground.coordinator, Role.COORDINATOR, Idea.objects.get().partnership.area)  # reads no words of a stranger
    assert "Salle du Chêne" not in signed_in(ground.coordinator).get(plan).text


def test_papers_are_offered_in_each_language_of_the_quarter_and_only_when_whole(
    ground: Ground, initiator: Client
) -> None:
    begun = Idea.objects.get().partnership

    papers = papers_of_steps(begun, ["informing"], at=NOW)["informing"]

    offered = {(paper.document.key, paper.language): [str(words) for words in paper.awaited] for paper in papers}
    assert {language for _key, language in offered} == {"fr", "nl"}
    assert "the date of the information evening" in offered["letter_residents", "nl"]
    assert offered["survey", "fr"] == offered["survey", "nl"]


def test_after_the_launch_the_page_says_that_the_partnership_exists(ground: Ground, initiator: Client) -> None:
    begun = Idea.objects.get().partnership
    before = initiator.get(reverse("launch:idea:status")).text
    Partnership.objects.filter(pk=begun.pk).update(state=State.ACTIVE, launched_at=NOW)

    after = initiator.get(reverse("launch:idea:status")).text

    told = "are preparing the partnership"
    assert (told in before, told in after) == (True, False)
    assert "The partnership Chêne exists" in after
    assert reverse("partnership:join", args=["chene"]) in after
    Partnership.objects.filter(pk=begun.pk).update(state=State.ENDED)
    assert "The partnership Chêne has ended" in initiator.get(reverse("launch:idea:status")).text


def test_the_page_passed_on_offers_help_once_the_evening_is_announced(ground: Ground, initiator: Client) -> None:
    begun = Idea.objects.get().partnership
    Partnership.objects.filter(pk=begun.pk).update(state=State.CREATION)
    status, public = reverse("launch:idea:status"), reverse("partnership:partnership", args=["chene"])
    hours = {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=9, hours=2)}
    meeting = Meeting.objects.create(partnership=begun, languages=["fr"], place="Salle du Chêne", **hours)
    offer = reverse("evening:help", args=[meeting.token])
    planned = initiator.get(public).text, initiator.get(status).text

    Meeting.objects.update(state="convened", convened_at=NOW)
    announced = initiator.get(public).text, initiator.get(status).text

    assert (offer in planned[0], offer in announced[0]) == (False, True)
    assert reverse("evening:page", args=[meeting.token]) in announced[0]
    assert "offer help once the evening is announced" in planned[1]
    assert "Whoever wants to help says so there" in announced[1]
    assert initiator.get(offer).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"acts": ["other"]}])
def test_a_note_without_tick_and_words_comes_back(ground: Ground, initiator: Client, sent: dict[str, object]) -> None:
    reachable_officer(ground)

    assert initiator.post(reverse("launch:idea:note"), sent).status_code == 409
    assert not InitiatorAct.objects.exists()


@pytest.mark.parametrize("words", ["Look at www.example.org", "x" * 601])
def test_a_note_that_is_refused_comes_back(ground: Ground, initiator: Client, words: str) -> None:
    reachable_officer(ground)

    answer = initiator.post(reverse("launch:idea:note"), {"words": words})

    assert (answer.status_code, words in answer.text) == (409, True)
    assert not Dispatch.objects.exists()


def test_five_notes_a_day(ground: Ground, initiator: Client) -> None:
    reachable_officer(ground)

    codes = [initiator.post(reverse("launch:idea:note"), {"words": f"Street {n}"}).status_code for n in range(6)]

    assert codes == [302] * 5 + [409]
