"""Whom a letter or a call alone reaches is invited, told that it is off, and told that it has ended, by hand (R66)."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from plp.delivery.models import Dispatch, Message
from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.journal.models import Entry
from plp.launch.actions import life
from plp.toolbox import clock
from tests.evening.stage import planned
from tests.factories.cast import Cast, contact, member
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db
LETTER, CALL, BOTH = "1 letter is to be delivered.", "1 person is to be called.", ("letters", "calls")
POST = "/coordinator/letters/"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """One member for each way to be reached: a mail, a letter, a call."""
    stop_clock(monkeypatch)
    cast = Cast()
    for name, channel, address in (
        ("Eva Exemple", "email", "eva@plp.test"),
        ("Frank Voorbeeld", "paper", "Rue de Verdun 12, 1130 Bruxelles"),
        ("Gaby Exemple", "calls", "+3225551212"),
    ):
        contact(member(cast.here.partnership, name), channel, address)
    return cast


def convened(cast: Cast) -> tuple[Client, Meeting]:
    """The coordinator convenes the members through the page."""
    client, meeting = signed_in(cast.here.coordinator), planned(cast.here.partnership, purpose="members")
    client.post(f"/evening/haren/{meeting.pk}/convene/", {"invites": "on"})
    return client, meeting


def pages_by_hand(message: UUID) -> tuple[str, str]:
    return tuple(reverse(f"notices:relay:{name}", args=[message]) for name in BOTH)  # type: ignore[return-value]


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_an_invitation_is_printed_read_aloud_and_ticked_off_until_nothing_is_left(cast: Cast) -> None:
    client, meeting = convened(cast)
    letters, calls = pages_by_hand(Message.objects.get(purpose="evening.invitation").pk)
    shown = [client.get(f"/evening/haren/{meeting.pk}/{page}").text for page in ("", "invitations/")]
    meeting.refresh_from_db()
    assert meeting.mails == 1
    assert [[words in page for words in (LETTER, CALL, letters, calls)] for page in shown] == [[True] * 4] * 2
    assert POST in client.get("/").text

    for page in (letters, calls):
        client.post(page, {"take": "1"})
    taken = [client.get(page).text for page in (letters, calls, POST)]
    assert ["Frank Voorbeeld" in taken[0], "Gaby Exemple" in taken[1]] == [True] * 2
    assert [page in taken[2] for page in (letters, calls)] == [True] * 2
    assert "message du partenariat" in taken[1]
    assert "À l’ordre du jour" in taken[1]
    assert "vérifié par la police" not in taken[1]
    printed = words_of(client.get(f"{letters}letters.pdf").content)
    assert "Salle des fêtes, Rue de la Paroisse 12" in printed
    assert "Ordre du jour" in printed
    assert "Message de" not in printed
    assert "message du partenariat" in words_of(client.get(f"{calls}list.pdf").content)
    assert client.get(f"{letters}rounds.pdf").content.startswith(b"%PDF-")

    for page, channel, outcome in ((letters, "paper", "delivered"), (calls, "calls", "reached")):
        client.post(page, {f"outcome-{Dispatch.objects.get(channel=channel).pk}": outcome})
    after = [client.get(page).text for page in ("/", f"/evening/haren/{meeting.pk}/", POST)]
    assert POST not in after[0]
    assert [page_by_hand in page for page in after for page_by_hand in (letters, calls)] == [False] * 6
    assert set(Dispatch.objects.exclude(channel="email").values_list("state", flat=True)) == {"delivered"}
    assert Entry.objects.filter(verb="members.viewed", area="be/z1/m21004/q-haren/").exists()


def test_what_is_convened_at_night_says_what_waits_for_the_morning_and_after_an_end_that_nothing_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = AT + timedelta(hours=12)
    monkeypatch.setattr(clock, "now", lambda: night)
    client, meeting = signed_in(cast.here.coordinator), planned(cast.here.partnership, purpose="members")
    page = f"/evening/haren/{meeting.pk}/"
    asked = client.get(f"{page}convene/").text
    answer = client.post(f"{page}convene/", {"invites": "on"}, follow=True).text
    shown = [client.get(page).text, client.get(f"{page}invitations/").text]
    life.end_partnership_and_notify(partnership=cast.here.partnership, reason="La fin.", by=cast.officer, at=night)
    ended = client.get(f"{page}invitations/").text

    waits = "Messages that wait until 26 November 2026, 08:00: 1"
    assert "It is night: the messages leave on 26 November 2026, 08:00." in asked
    assert f"Invited. Messages to members: 1. {waits}." in answer
    assert [waits in text for text in (*shown, ended)] == [True, True, False]
    assert [figure_of_sent(text) for text in (shown[1], ended)] == ["0", "0"]


def figure_of_sent(text: str) -> str:
    """The number above the words "messages sent"."""
    found = re.search(r"(\d+)\s*(?:<[^>]+>\s*)*messages? sent", text)
    return found[1] if found else ""


def test_nobody_but_who_manages_the_members_finds_what_is_carried(cast: Cast) -> None:
    convened(cast)
    pages = pages_by_hand(Message.objects.get(purpose="evening.invitation").pk)

    answers = [signed_in(who).get(page) for who in (cast.next_door.coordinator, cast.officer) for page in pages]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_a_meeting_that_is_off_is_told_by_hand_and_its_invitations_are_not_carried(cast: Cast) -> None:
    client, meeting = convened(cast)
    letters, calls = pages_by_hand(Message.objects.get(purpose="evening.invitation").pk)

    evening.cancel_meeting_and_notify(meeting=meeting, because="La salle est fermée.", by=cast.here.coordinator, at=AT)

    shown = client.get(f"/evening/haren/{meeting.pk}/").text
    off = pages_by_hand(Message.objects.get(purpose="evening.cancelled").pk)
    assert [page in shown for page in (letters, calls, *off)] == [False, False, True, True]
    assert ["This message was stopped" in client.get(page).text for page in (letters, calls)] == [True, True]
    client.post(off[1], {"take": "1"})
    assert "La salle est fermée." in client.get(off[1]).text


def test_an_invitation_is_not_carried_after_its_meeting(cast: Cast) -> None:
    client, meeting = convened(cast)
    pages = pages_by_hand(Message.objects.get(purpose="evening.invitation").pk)
    Message.objects.update(expires_at=AT - timedelta(minutes=1))

    assert ["This message has ended" in client.get(page).text for page in pages] == [True, True]
    assert LETTER not in client.get(f"/evening/haren/{meeting.pk}/").text


def test_that_a_partnership_has_ended_is_still_carried(cast: Cast) -> None:
    client = signed_in(cast.here.coordinator)
    life.end_partnership_and_notify(partnership=cast.here.partnership, reason="La fin.", by=cast.officer, at=AT)
    message = Message.objects.get(purpose="launch.life_end").pk
    letters, calls = pages_by_hand(message)
    assert POST in client.get("/").text

    for page in (letters, calls):
        client.post(page, {"take": "1"})

    assert "Frank Voorbeeld" in client.get(letters).text
    assert "Gaby Exemple" in client.get(calls).text
    assert client.get(f"{letters}letters.pdf").content.startswith(b"%PDF-")
    client.post(letters, {f"outcome-{Dispatch.objects.get(channel='paper').pk}": "delivered"})
    assert Dispatch.objects.get(channel="paper").state == "delivered"
    assert letters not in client.get(POST).text
