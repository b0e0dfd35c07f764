"""In the demonstration a mail or an SMS is answered on the page of the outbox, as its receiver would."""

import copy
import json
from pathlib import Path

import pytest
from django.test import Client

from plp.notices.models import HelpCall
from plp.notices.reply_codes import get_or_create_reply_code
from plp.notices.states import State
from plp.ops.environment import PACKAGE
from plp.people.models import ContactPoint
from plp.sightings.models import Question
from tests.factories.cast import Cast, contact, member
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.demo.urls")]
NUMBER, OTHER_NUMBER = "+32470000001", "+32470000002"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> Cast:
    """A demonstration in whose outbox one SMS to the coordinator has landed."""
    stop_clock(monkeypatch)
    settings.ANSWERED, settings.HOME = ["email", "sms"], tmp_path
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(PACKAGE / "portal" / "subjects" / "demo" / "templates")
    (tmp_path / "outbox").mkdir()
    landed = {"kind": "sms", "to": NUMBER, "from": "PLP", "subject": "", "text": "Un message attend."}
    (tmp_path / "outbox" / "1.json").write_text(json.dumps(landed))
    made = Cast()
    contact(made.here.coordinator, "sms", NUMBER)
    return made


def test_a_coordinator_relays_and_stops_from_the_page_of_the_outbox(cast: Cast, client: Client) -> None:
    notice = released(cast)
    page = client.get("/demo/outbox/?kind=sms").content.decode()
    code = get_or_create_reply_code(notice, cast.here.coordinator, at=AT).code

    said = client.post("/demo/outbox/answer/", {"kind": "sms", "to": NUMBER, "words": f"OK {code}"})
    client.post("/demo/outbox/answer/", {"kind": "sms", "to": NUMBER, "words": "STOP"})

    notice.refresh_from_db()
    assert ("Answer as its receiver" in page, said.url) == (True, "/demo/outbox/?kind=sms")
    assert (notice.state, ContactPoint.objects.exclude(stopped_at=None).count()) == (State.RELAYED, 1)


@pytest.mark.parametrize(
    ("words", "calls", "questions"),
    [("au secour ya un home dans ma maisson", 1, 0), ("Quand est la prochaine réunion ?", 0, 1)],
)
def test_words_of_a_member_go_where_a_gateway_would_bring_them(
    cast: Cast, client: Client, words: str, calls: int, questions: int
) -> None:
    """A cry for help is red on the desks at once; a question is asked."""
    contact(member(cast.here.partnership, "Eva Exemple"), "sms", OTHER_NUMBER)

    client.post("/demo/outbox/answer/", {"kind": "sms", "to": OTHER_NUMBER, "words": words})

    assert HelpCall.objects.count() == calls
    assert Question.objects.count() == questions


def test_each_question_of_a_member_is_kept(cast: Cast, client: Client) -> None:
    contact(member(cast.here.partnership, "Eva Exemple"), "sms", OTHER_NUMBER)

    for words in ("Quand est la prochaine réunion ?", "Qui remplace Clara ?"):
        client.post("/demo/outbox/answer/", {"kind": "sms", "to": OTHER_NUMBER, "words": words})

    assert Question.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 409), ({"kind": "fax", "to": "x", "words": "OK 1234"}, 302), ({"kind": "sms", "to": "x", "words": "a"}, 302)],
)
def test_what_no_receiver_sent_does_nothing(cast: Cast, client: Client, sent: dict[str, str], status: int) -> None:
    notice = released(cast)

    assert client.post("/demo/outbox/answer/", sent).status_code == status
    notice.refresh_from_db()
    assert notice.state == State.RELEASED
