"""A coordinator answers an SMS: the message goes; nobody else's number, words or repetition sends it."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from plp.channels.sms.replies import sms_reply_callback_path
from plp.delivery.models import MessageText
from plp.notices.models import Notice, ReplyCode
from plp.notices.reply_codes import get_or_create_reply_code
from plp.notices.states import State
from plp.sightings.models import Question
from plp.toolbox import clock
from tests.factories.cast import Cast, contact, member
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT

pytestmark = pytest.mark.django_db
NUMBER, DEPUTY, NEIGHBOUR, MEMBER = "+32470000001", "+32470000002", "+32470000003", "+32470000004"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: AT)
    made = Cast()
    contact(made.here.coordinator, "sms", NUMBER)
    contact(made.here.deputy, "sms", DEPUTY)
    contact(made.next_door.coordinator, "sms", NEIGHBOUR)
    contact(member(made.here.partnership, "Eva Exemple"), "sms", MEMBER)
    return made


def bring(client: Client, sender: str, words: str, **more: str) -> None:
    answer = client.get(f"{sms_reply_callback_path()}?{urlencode({'from': sender, 'text': words, **more})}")
    assert (answer.status_code, answer.content) == (200, b"")


def test_ok_and_code_relays_and_is_answered(cast: Cast, client: Client) -> None:
    notice = released(cast)

    bring(client, NUMBER, f"Ok {get_or_create_reply_code(notice, cast.here.coordinator, at=AT).code}", id="a1")

    notice.refresh_from_db()
    assert (notice.state, notice.relay.by) == (State.RELAYED, cast.here.coordinator)
    assert "1 personne" in MessageText.objects.get(message__purpose="notices.answer").body


def test_five_hundred_forged_answers_relay_nothing(cast: Cast, client: Client) -> None:
    notice, theirs = released(cast), released(cast)
    code = get_or_create_reply_code(notice, cast.here.coordinator, at=AT).code
    other = get_or_create_reply_code(theirs, cast.next_door.coordinator, at=AT).code
    senders = [DEPUTY, NEIGHBOUR, MEMBER, "+32475999999", "8810", "Police", "", "0" * 4000]
    words = [
        f"OK {code}",
        f"RELAYER {code}",
        f"OK {other}",
        "OK",
        code,
        f"ok {code} {code}",
        f"OK {code[::-1]}0",
        "LISTE",
    ]
    real = {row.code for row in ReplyCode.objects.all()}
    spoofed = [f"OK {number:04}" for number in range(10_000) if f"{number:04}" not in real]

    for number in range(440):
        bring(client, senders[number % 8], words[number // 8 % 8], id=str(number))
    for said in spoofed[:60]:  # the coordinator's own number, forged at the operator, and a guess
        bring(client, NUMBER, said)

    assert set(Notice.objects.values_list("state", flat=True)) == {State.RELEASED}
    assert MessageText.objects.filter(message__purpose="notices.answer").count() <= 12  # and nobody is flooded


def test_other_words_of_a_member_are_for_the_coordinator_once_and_with_the_police_first(
    cast: Cast, client: Client
) -> None:
    for _ in range(2):
        bring(client, MEMBER, "J'ai vu la camionnette, à qui le dire ?", id="q1")
    bring(client, "+32475999999", "Bonjour", id="q2")

    assert [(one.to, one.for_coordinator, one.words) for one in Question.objects.all()] == [
        ("police", True, "J'ai vu la camionnette, à qui le dire ?")
    ]
