"""Letters leave by HTTPS to the address of the meeting, in order, and what is not taken stays."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from plp.exchange import actions as exchange
from plp.exchange import outbox
from plp.exchange.models import PartnerInstallation
from plp.exchange.states import PartnerState
from plp.ops import letter_post
from tests.exchange.peer import connected
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


class Door(HTTPServer):
    """The other installation's door: keeps what came, answers with ``status``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.letters = 200, []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.letters.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b'{"reason": "clock"}')

    def log_message(self, *_words: object) -> None:
        """Quiet."""


@pytest.fixture
def door() -> Iterator[Door]:
    with Door() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def to_door(door: Door) -> PartnerInstallation:
    """A partner at that door, for whom two letters wait."""
    _peer, partner = connected(Cast())
    PartnerInstallation.objects.update(origin=f"http://127.0.0.1:{door.server_port}")
    for _time in range(2):
        exchange.renew_own_keys_and_announce(by=None, at=NOW)
    outbox.retry_letters_now(at=NOW)
    return partner


def test_letters_leave_in_order_and_are_done(door: Door) -> None:
    partner = to_door(door)

    assert letter_post.queue_and_post_due_letters_and_wait() == 2

    assert len(door.letters) == 2
    assert not partner.letters.filter(taken_at=None).exists()


def test_what_is_not_taken_stays_with_its_reason(door: Door) -> None:
    door.status = 409
    partner = to_door(door)

    assert letter_post.queue_and_post_due_letters_and_wait() == 0

    partner.refresh_from_db()
    assert (len(door.letters), partner.reason, partner.letters.filter(taken_at=None).count()) == (1, "clock", 2)


def test_gone_ends_it(door: Door) -> None:
    door.status = 410
    partner = to_door(door)

    letter_post.queue_and_post_due_letters_and_wait()

    partner.refresh_from_db()
    assert partner.state == PartnerState.ENDED


def test_nothing_goes_anywhere_but_to_a_public_name_or_to_this_machine_while_we_try(settings) -> None:
    settings.IS_LOCAL = False

    for origin in ("http://127.0.0.1:80", "https://localhost", "https://10.0.0.1", "file:///etc", "https://a.b:22"):
        assert letter_post.post_letter_and_return_status_and_reason(origin, b"") == (0, "origin")


def test_a_name_that_leads_into_a_private_network_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    row = [(2, 1, 6, "", ("192.168.1.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_where, **_how: row)

    assert letter_post.post_letter_and_return_status_and_reason("https://plp.elders.example", b"") == (0, "NotPublic")
