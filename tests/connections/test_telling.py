"""Receivers are told what the journal holds: once, in order, signed, on listed hosts alone; and no person."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from concurrent.futures import wait
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from django.conf import LazySettings
from django.core import serializers

from plp.connections import calendar_links, webhook_calls
from plp.connections.models import Call, Receiver
from plp.connections.refusals import AddressNotListed, AlreadyEnded, NoScopeChosen
from plp.connections.rules import MOST_TRIES, is_allowed_webhook_address, webhook_signature
from plp.connections.states import Event
from plp.connections.webhook_calls import CallOutcome
from plp.journal.actions import note
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.ops import webhooks
from plp.ops.webhooks import WebhookCall, WebhookCaller, post_webhook_call
from plp.people.models import Person
from plp.toolbox import clock
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db
HOSTS = ["hooks.example.be", ".commune.be"]
ADDRESS = "https://hooks.example.be/plp"


@pytest.fixture(autouse=True)
def hosts(settings: LazySettings) -> None:
    settings.WEBHOOK_HOSTS = HOSTS


@pytest.fixture
def someone(cast: Cast) -> Person:
    """An administrator of the zone."""
    found = person("Ada Beheer")
    hold(found, Role.ADMINISTRATOR, cast.zone)
    return found


def receiver(cast: Cast, by: Person, **changes: object) -> Receiver:
    told = {"label": "Site", "address": ADDRESS, "area": cast.zone, "events": [Event.RELAYED, Event.CONVENED]} | changes
    return webhook_calls.create_receiver(**told, by=by, at=NOW)[0]  # type: ignore[arg-type]


def happened(cast: Cast, verb: str = "notice.relayed", *, path: str = "") -> None:
    note(
        verb=verb, by=cast.officer, at=NOW, area=path or cast.here.area.path, target="notices.notice:abc", text="secret"
    )


def test_what_happens_is_told_once_from_then_on(cast: Cast, someone: Person) -> None:
    happened(cast)
    found = receiver(cast, someone)
    happened(cast)
    happened(cast, "evening.convened")
    happened(cast, "notice.drafted")

    told = [
        webhook_calls.queue_calls_for_journal_entries(at=NOW),
        webhook_calls.queue_calls_for_journal_entries(at=NOW),
    ]

    assert told == [2, 0]
    calls = found.calls.order_by("event")
    assert [call.event for call in calls] == ["evening.convened", "message.relayed"]
    assert json.loads(calls[1].body) == {
        "type": "message.relayed",
        "timestamp": "2026-11-25T09:00:00+00:00",
        "data": {"partnership": "haren", "id": "abc"},
    }
    assert str(cast.officer.pk) not in serializers.serialize("json", calls)


def test_what_happens_elsewhere_is_not_told(cast: Cast, someone: Person) -> None:
    receiver(cast, someone)
    happened(cast, path=cast.abroad.area.path)

    assert webhook_calls.queue_calls_for_journal_entries(at=NOW) == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.be/x", "https://hooks.example.be", "https://evil.be/x", "https://hooks.example.be.evil.be/x",
        "https://user@hooks.example.be/x", "https://hooks.example.be:8443/x", "https://hooks.example.be\\@evil.be/",
        "https://127.0.0.1/x", "https://[::1]/x", "https://2130706433/x", "https://HOOKS.example.be/x",
        "https://hooks.example.be/x#y", "https://commune.be/x", "https://evilcommune.be/x", "ftp://hooks.example.be/x",
        "https://hooks.example.be/\nx", "https://hooks.example.be/" + "x" * 400, "//hooks.example.be/x", "",
    ],
)  # fmt: skip
def test_an_address_that_is_not_on_the_list_is_refused(cast: Cast, someone: Person, address: str) -> None:
    assert not is_allowed_webhook_address(address, HOSTS)
    with pytest.raises(AddressNotListed):
        receiver(cast, someone, address=address)


def test_who_may_not_and_what_lacks(cast: Cast, someone: Person) -> None:
    found = receiver(cast, someone, address="https://www.commune.be/in?x=1")

    for other in (cast.chief, cast.officer, cast.foreign_officer, cast.here.coordinator):
        with pytest.raises(NotAllowed):
            receiver(cast, other)
        with pytest.raises(NotAllowed):
            webhook_calls.queue_test_call(receiver=found, by=other, at=NOW)
        with pytest.raises(NotAllowed):
            webhook_calls.end_receiver(receiver=found, by=other, at=NOW)
    with pytest.raises(NoScopeChosen):
        receiver(cast, someone, events=[Event.TEST])
    stored = [*Receiver.objects.values_list(), *Entry.objects.values_list()]
    assert "whsec_" not in str(stored)
    assert "www.commune.be/in" not in str(stored)


def test_a_call_is_in_one_hand_and_comes_back_later(cast: Cast, someone: Person) -> None:
    call = webhook_calls.queue_test_call(receiver=receiver(cast, someone), by=someone, at=NOW)

    taken = [
        webhook_calls.lease_due_webhook_calls(at=NOW),
        webhook_calls.lease_due_webhook_calls(at=NOW + timedelta(seconds=59)),
    ]
    webhook_calls.record_call_outcomes(outcomes=[CallOutcome(call.pk, status=503)], at=NOW)

    call.refresh_from_db()
    assert [len(one) for one in taken] == [1, 0]
    assert (call.tries, call.status, call.ended_at) == (1, 503, None)
    assert NOW + timedelta(seconds=24) <= call.due_at <= NOW + timedelta(seconds=36)


@pytest.mark.parametrize(("status", "taken"), [(200, True), (204, True), (301, False), (500, False), (None, False)])
def test_the_last_try_ends_it(cast: Cast, someone: Person, status: int | None, taken: bool) -> None:
    call = webhook_calls.queue_test_call(receiver=receiver(cast, someone), by=someone, at=NOW)
    Call.objects.update(tries=MOST_TRIES)

    webhook_calls.record_call_outcomes(outcomes=[CallOutcome(call.pk, status=status, reason="TimeoutError")], at=NOW)

    call.refresh_from_db()
    assert (call.ended_at, call.taken) == (NOW, taken)


def test_gone_ends_the_receiver(cast: Cast, someone: Person) -> None:
    found = receiver(cast, someone)
    call = webhook_calls.queue_test_call(receiver=found, by=someone, at=NOW)
    webhook_calls.queue_test_call(receiver=found, by=someone, at=NOW)

    webhook_calls.record_call_outcomes(outcomes=[CallOutcome(call.pk, status=410)], at=NOW)
    happened(cast)

    found.refresh_from_db()
    assert found.ended_at == NOW
    assert (webhook_calls.queue_calls_for_journal_entries(at=NOW), webhook_calls.lease_due_webhook_calls(at=NOW)) == (
        0,
        [],
    )
    with pytest.raises(AlreadyEnded):
        webhook_calls.end_receiver(receiver=found, by=someone, at=NOW)


def test_a_receiver_that_ended_is_not_tried(cast: Cast, someone: Person) -> None:
    found = receiver(cast, someone)
    webhook_calls.end_receiver(receiver=found, by=someone, at=NOW)
    found.refresh_from_db()

    with pytest.raises(AlreadyEnded):
        webhook_calls.queue_test_call(receiver=found, by=someone, at=NOW)

    assert not Call.objects.exists()


def test_what_came_of_a_call_that_is_over_is_written_down_once(cast: Cast, someone: Person) -> None:
    call = webhook_calls.queue_test_call(receiver=receiver(cast, someone), by=someone, at=NOW)
    webhook_calls.record_call_outcomes(outcomes=[CallOutcome(call.pk, status=200)], at=NOW)

    webhook_calls.record_call_outcomes(outcomes=[CallOutcome(call.pk, status=500)], at=NOW)

    call.refresh_from_db()
    assert call.status == 200
    assert call.taken is True


def test_a_calendar_ends_once(someone: Person) -> None:
    calendar_links.create_calendar_token(person=someone, by=someone, at=NOW)

    for _again in range(2):
        calendar_links.end_calendar_link(person=someone, by=someone, at=NOW)

    assert Entry.objects.filter(verb="calendar.ended").count() == 1


def test_old_calls_are_forgotten(cast: Cast, someone: Person) -> None:
    call = webhook_calls.queue_test_call(receiver=receiver(cast, someone), by=someone, at=NOW)
    webhook_calls.record_call_outcomes(outcomes=[CallOutcome(call.pk, status=200)], at=NOW)

    kept = webhook_calls.delete_old_calls(at=NOW + timedelta(days=29))
    gone = webhook_calls.delete_old_calls(at=NOW + timedelta(days=31))

    assert (kept, gone) == (0, 1)


def test_the_signature_is_that_of_the_standard() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    made = webhook_signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')

    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


class Heard(BaseHTTPRequestHandler):
    """A program of others: it keeps what it hears, and answers what it is told to."""

    kept: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        """Keep it, and answer."""
        body = self.rfile.read(int(self.headers["content-length"]))
        Heard.kept.append((dict(self.headers), body))
        self.send_response(Heard.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def program(settings: LazySettings) -> Iterator[str]:
    """A receiver on this machine."""
    Heard.kept, Heard.status = [], 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.WEBHOOK_HOSTS = [f"http://127.0.0.1:{server.server_port}"]
    yield f"http://127.0.0.1:{server.server_port}/in"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_program_can_check_what_it_hears(cast: Cast, someone: Person, program: str) -> None:
    made, secret = webhook_calls.create_receiver(
        label="Site", address=program, area=cast.zone, events=[Event.RELAYED], by=someone, at=NOW
    )
    webhook_calls.queue_test_call(receiver=made, by=someone, at=NOW)
    (call,) = webhook_calls.lease_due_webhook_calls(at=NOW)

    outcome = post_webhook_call(WebhookCall(call, NOW))

    ((headers, body),) = Heard.kept
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert outcome == CallOutcome(call.pk, status=200)
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert json.loads(body)["type"] == "connection.test"


@pytest.mark.parametrize("status", [302, 307, 500])
def test_no_redirect_is_followed(cast: Cast, someone: Person, program: str, status: int) -> None:
    Heard.status = status
    found = receiver(cast, someone, address=program)
    webhook_calls.queue_test_call(receiver=found, by=someone, at=NOW)
    (call,) = webhook_calls.lease_due_webhook_calls(at=NOW)

    assert post_webhook_call(WebhookCall(call, NOW)) == CallOutcome(call.pk, status=status)
    assert len(Heard.kept) == 1


def test_a_name_that_leads_inside_is_not_called(
    cast: Cast, someone: Person, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    webhook_calls.queue_test_call(receiver=receiver(cast, someone), by=someone, at=NOW)
    (call,) = webhook_calls.lease_due_webhook_calls(at=NOW)
    reached: list[object] = []
    monkeypatch.setattr(webhooks.socket, "create_connection", lambda place, **_more: reached.append(place))

    told = []
    for address in ("127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"):
        rows = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", (address, 443))]
        monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_place, rows=rows, **_more: rows)
        told.append(post_webhook_call(WebhookCall(call, NOW)).reason)
    settings.WEBHOOK_HOSTS = []
    told.append(post_webhook_call(WebhookCall(call, NOW)).reason)

    assert told == ["NotPublic"] * 6 + ["host"]
    assert reached == []


def test_the_worker_tells_calls_and_writes_down(
    cast: Cast, someone: Person, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    found = receiver(cast, someone, address=program)
    happened(cast)
    caller = WebhookCaller()

    caller.record_outcomes_and_start_due_calls()
    wait(caller.under_way)
    caller.record_outcomes_and_start_due_calls()
    caller.lines.shutdown()

    call = found.calls.get()
    assert call.taken is True
    assert call.status == 200
    assert call.tries == 1
    assert call.ended_at == NOW
    assert [json.loads(body)["type"] for _headers, body in Heard.kept] == ["message.relayed"]
