"""Invitations and other letters for members without e-mail or SMS are taken, printed and carried by somebody (R66)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from plp.delivery.models import Dispatch
from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.launch.actions import life
from plp.notices import actions as notices
from tests.evening.stage import plan_of
from tests.factories.cast import Cast, contact, member
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/coordinator/letters/"


def invited(cast: Cast) -> Meeting:
    """A members' meeting to which one member is invited by letter and another by telephone."""
    contact(member(cast.here.partnership, "Eva Exemple"), "paper", "Rue de Verdun 12, 1130 Bruxelles")
    contact(member(cast.here.partnership, "Luc Lejeune"), "calls", "+3225551212")
    begins = AT + timedelta(days=20)
    plan = plan_of(purpose="members", starts_at=begins, ends_at=begins + timedelta(hours=2))
    meeting = evening.plan_meeting(partnership=cast.here.partnership, plan=plan, by=cast.here.coordinator, at=AT)
    evening.publish_meeting(meeting=meeting, by=cast.here.coordinator, at=AT)
    evening.send_invitations_and_count_doors(meeting=meeting, by=cast.here.coordinator, at=AT)
    return meeting


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def pages_of(copy: Dispatch) -> dict[str, str]:
    """The pages of its message where letters and calls are taken, printed and ticked off."""
    return {kind: reverse(f"notices:relay:{kind}", args=[copy.message_id]) for kind in ("letters", "calls")}


def test_an_invitation_waits_on_the_first_page_and_is_taken_printed_and_finished_at_once(cast: Cast) -> None:
    invited(cast)
    client, pages = signed_in(cast.here.coordinator), pages_of(Dispatch.objects.get(channel="paper"))
    papers = {"letters": f"{pages['letters']}letters.pdf", "calls": f"{pages['calls']}list.pdf"}
    home, listed, early = client.get("/").text, client.get(PAGE).text, client.get(papers["letters"])

    for address in pages.values():
        client.post(address, {"take": "1"})
    printed = {kind: words_of(client.get(address).content) for kind, address in papers.items()}
    taken = client.get(PAGE).text
    for address in pages.values():
        client.post(address, {"all": "1"})

    assert ("2 letters and calls to members wait" in home, PAGE in home) == (True, True)
    words = ("1 letter is to be delivered.", "1 person is to be called.", *pages.values())
    assert [[word in page for word in words] for page in (listed, taken)] == [[True] * 4] * 2
    assert [name in page for page in (listed, taken) for name in ("Eva Exemple", "Luc Lejeune")] == [False] * 4
    assert early.status_code == 302
    assert ["Eva Exemple" in printed["letters"], "Rue de Verdun 12" in printed["letters"]] == [True, True]
    assert ("Luc Lejeune" in printed["calls"], "555" in printed["calls"]) == (True, True)
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"delivered"}
    assert ("Nothing to do yet" in client.get(PAGE).text, PAGE in client.get("/").text) == (True, False)


def test_what_was_taken_waits_no_more_and_can_be_put_back_for_somebody_else(cast: Cast) -> None:
    invited(cast)
    client, copy = signed_in(cast.here.coordinator), Dispatch.objects.get(channel="paper")
    letters = pages_of(copy)["letters"]

    client.post(letters, {"take": "1"})
    home = client.get("/").text
    client.post(letters, {"back": "1"})

    copy.refresh_from_db()
    assert ("1 letter or call to members waits" in home, copy.state) == (True, "queued")


def test_a_neighbouring_coordinator_carries_nothing_of_it(cast: Cast) -> None:
    invited(cast)
    pages = pages_of(Dispatch.objects.get(channel="paper"))
    stranger = signed_in(cast.next_door.coordinator)

    answers = [stranger.post(page, {"take": "1"}) for page in pages.values()]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "is to be delivered" not in stranger.get(PAGE).text
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"queued"}


def test_after_an_end_its_own_letters_are_carried_and_no_invitation_any_more(cast: Cast) -> None:
    invited(cast)

    life.end_partnership_and_notify(partnership=cast.here.partnership, reason="Plus personne.", by=cast.officer, at=AT)

    client = signed_in(cast.here.coordinator)
    letters = Dispatch.objects.filter(channel__in=["paper", "calls"])
    states = set(letters.values_list("message__purpose", "state"))
    assert states == {("evening.invitation", "stopped"), ("launch.life_end", "queued")}
    assert client.get(PAGE).text.count("1 letter is to be delivered.") == 1
    page = pages_of(letters.get(channel="paper", message__purpose="launch.life_end"))["letters"]
    client.post(page, {"take": "1"})
    assert "Eva Exemple" in words_of(client.get(f"{page}letters.pdf").content)


def test_letters_and_calls_of_a_relayed_message_stand_in_the_same_list_and_on_the_first_page(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Eva Exemple"), "paper", "Rue de Verdun 12, 1130 Bruxelles")
    contact(member(cast.here.partnership, "Luc Lejeune"), "calls", "+3225551212")
    notice, client = released(cast), signed_in(cast.here.coordinator)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    pages = {name: reverse(f"notices:relay:{name}", args=[notice.pk]) for name in ("letters", "calls")}

    home, listed = client.get("/").text, client.get(PAGE).text
    client.post(pages["letters"], {"take": "1"})
    taken = client.get(PAGE).text
    client.post(pages["letters"], {"all": "1"})
    done = client.get(PAGE).text

    assert ("1 letter or call to members waits" in home, "1 neighbour must be called" in home) == (True, True)
    for page in (listed, taken):
        assert [words in page for words in ("1 letter is to be delivered.", "Vol par ruse", *pages.values())] == [
            True
        ] * 4
    assert ("1 letter is to be delivered." in done, "1 person is to be called." in done) == (False, True)
    assert "to be delivered" not in signed_in(cast.next_door.coordinator).get(PAGE).text


def test_more_messages_ask_no_more_queries(cast: Cast) -> None:
    client, counts, letters = signed_in(cast.here.coordinator), [], []
    for _number in range(3):
        invited(cast)
        Meeting.objects.update(invited_at=AT - timedelta(days=2))
        with CaptureQueriesContext(connection) as queries:
            letters.append(client.get(PAGE).text.count("to be delivered."))
        counts.append(len(queries))

    assert letters == [1, 2, 3]
    assert counts[1] == counts[2]
