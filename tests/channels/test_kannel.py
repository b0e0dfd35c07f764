"""SMS through a real Kannel: out, in parts, in UCS-2, its reports back to us, a STOP in. Half a second to start it."""

import asyncio
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client

from plp.channels.sms import Sms
from plp.channels.sms.replies import sms_reply_callback_path
from plp.delivery import actions
from plp.delivery.channel import Accepted, ConnectionFailed, Envelope, Text
from plp.delivery.models import Dispatch, MessageText, Receipt
from plp.delivery.references import reference_of
from plp.delivery.states import State
from plp.ops.environment import find_program
from plp.people.models import ContactPoint
from plp.toolbox import clock
from tests.factories import cast, outbox
from tests.factories.cast import Cast, contact, member
from tests.patience import eventually, listens
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT

pytestmark = pytest.mark.kannel
NUMBER = "+32475123456"
CONFIGURATION = """
group = core
admin-port = {admin}
admin-password = unused
smsbox-port = {box}
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = fake
port = {operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}

group = sendsms-user
username = plp
password = "se cret"
concatenation = true
max-messages = 10

group = sms-service
keyword = default
max-messages = 1
omit-empty = true
get-url = "{replies}?from=%p&text=%b&charset=%C&id=%I"
"""
TAKEN = re.compile(r"Got message \d+: <(\S+) (\S+) (text|ucs-2|udh) (.*)>$")


@dataclass
class Kannel:
    """A running gateway: what the operator's side received, and what was asked of us."""

    folder: Path
    ports: dict[str, int]
    calls: list[str] = field(default_factory=list)

    def taken(self, number: int) -> list[tuple[str, ...]]:
        """The last ``number`` messages at the operator: sender, recipient, form, content."""
        return in_time(number, self._messages)

    def asked(self, holding: str, number: int) -> list[str]:
        """The first ``number`` addresses asked of us that hold ``holding``."""
        return in_time(number, lambda: [call for call in self.calls if holding in call])

    def _messages(self) -> list[tuple[str, ...]]:
        lines = (self.folder / "fakesmsc.log").read_text(encoding="utf-8").splitlines()
        return [match.groups() for match in map(TAKEN.search, lines) if match]

    def forget(self) -> None:
        """Begin with an empty log."""
        (self.folder / "fakesmsc.log").write_text("")


def in_time[Thing](number: int, look: Callable[[], list[Thing]]) -> list[Thing]:
    """What ``look`` finds once there are so many."""
    assert eventually(lambda: len(look()) >= number), f"Kannel did not bring {number}, but {look()}."
    return look()


def free_ports(number: int) -> list[int]:
    """Ports nobody uses, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [one.getsockname()[1] for one in sockets]


def wait_for(port: int) -> None:
    """Until somebody listens."""
    assert eventually(lambda: listens(port)), f"Nothing listens on port {port}."


@contextmanager
def running(folder: Path, name: str, *arguments: str) -> Iterator[subprocess.Popen]:
    """One of Kannel's programs, ended with the block."""
    with (folder / f"{name}.log").open("a") as log:
        process = subprocess.Popen([str(find_program(name)), *arguments], stdout=log, stderr=log, cwd=folder)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def recorder(calls: list[str]) -> Iterator[int]:
    """Our address as Kannel sees it: writes down what it is asked, which the tests then ask of the real views."""

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def boxes(folder: Path) -> Iterator[Kannel]:
    """bearerbox, smsbox and our ear; the operator is not there yet."""
    ports = dict(zip(("admin", "box", "operator", "send"), free_ports(4), strict=True))
    kannel = Kannel(folder, ports)
    with ExitStack() as stack:
        ports["ear"] = stack.enter_context(recorder(kannel.calls))
        replies = f"http://127.0.0.1:{ports['ear']}{sms_reply_callback_path()}"
        (folder / "kannel.conf").write_text(CONFIGURATION.format(**ports, replies=replies))
        stack.enter_context(running(folder, "bearerbox", "-v", "2", "kannel.conf"))
        wait_for(ports["box"])
        stack.enter_context(running(folder, "smsbox", "-v", "2", "kannel.conf"))
        wait_for(ports["send"])
        yield kannel


def operator(kannel: Kannel, words: str) -> AbstractContextManager[subprocess.Popen]:
    """The operator: takes what we send, and brings what somebody at ``NUMBER`` answers."""
    where = ["-H", "127.0.0.1", "-r", str(kannel.ports["operator"]), "-m", "1"]
    return running(kannel.folder, "fakesmsc", *where, f"{NUMBER} 8810 text {words}")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    """All of it, with a STOP on its way to us."""
    with boxes(tmp_path_factory.mktemp("kannel")) as kannel, operator(kannel, "Arrêt svp"):
        yield kannel


def point_to(kannel: Kannel, settings) -> None:
    """Settings that lead to this gateway."""
    settings.SMS_URL = f"http://plp:se%20cret@127.0.0.1:{kannel.ports['send']}/cgi-bin/sendsms"
    settings.SMS_CALLBACK_ORIGIN = f"http://127.0.0.1:{kannel.ports['ear']}"
    settings.SMS_SENDER = "8810"


@pytest.fixture
def kannel(started: Kannel, settings) -> Kannel:
    """The gateway, and settings that point to it."""
    point_to(started, settings)
    started.forget()
    return started


def send(*bodies: str, reference: str = "p1-019ab0c0d0e0f0a0b0c0d0e0f0a0b0c0") -> list[object]:
    """Send texts one after another over one line."""

    async def go() -> list[object]:
        channel = Sms()
        line = await channel.open()
        copies = [
            Envelope(reference, NUMBER, channel.prepare(Text("sms", "fr", "", body)), {}, outbox.AT) for body in bodies
        ]
        answers = [await line.send(copy) for copy in copies]
        await line.close()
        return answers

    return asyncio.run(go())


def test_a_stop_of_a_telephone_stops_that_number(kannel: Kannel, client: Client, db: None) -> None:
    cast.contact(cast.person("Léa Peeters"), "sms", NUMBER)
    cast.contact(cast.person("Jan Voorbeeld", "nl"), "sms", "+32475123457")

    answer = client.get(kannel.asked(sms_reply_callback_path(), 1)[0])

    assert answer.content.decode().startswith("PLP - BIN - LPP : vous ne recevrez plus de SMS")
    assert [point.address for point in ContactPoint.objects.exclude(stopped_at=None)] == [NUMBER]


def test_a_coordinator_relays_by_answering_the_sms(tmp_path: Path, settings, client: Client, db: None) -> None:
    settings.ANSWERED = ["sms"]
    everybody = Cast()
    contact(everybody.here.coordinator, "sms", NUMBER)
    contact(member(everybody.here.partnership, "Eva Exemple"), "email", "eva@plp.test")
    with boxes(tmp_path) as kannel, pytest.MonkeyPatch.context() as patch:
        point_to(kannel, settings)
        patch.setattr(clock, "now", lambda: AT)
        notice = released(everybody)
        [waiting] = MessageText.objects.filter(message__purpose="notices.waiting").values_list("body", flat=True)
        [code] = re.findall(r"OK (\d{4})", waiting)

        send(waiting)
        with operator(kannel, f"Ok {code}"):
            parts = kannel.taken(2)
            call = kannel.asked(sms_reply_callback_path(), 1)[0]
        client.get(call)
        client.get(call)

    notice.refresh_from_db()
    assert code in unquote_to_bytes("".join(content for *_, content in parts).replace("+", " ")).decode("latin-1")
    assert notice.state == "relayed"
    assert notice.relay.by == everybody.here.coordinator
    assert "&id=" in call
    assert MessageText.objects.filter(message__purpose="notices.answer").count() == 1


def test_a_text_in_the_seven_bit_alphabet(kannel: Kannel) -> None:
    body = "Fermez à clé & soyez prudents: 100% [PLP] 5€ + code ABCD"

    answers = send(body, body)

    assert answers == [Accepted(), Accepted()]
    assert kannel.taken(2) == [("8810", NUMBER, "text", body)] * 2


def test_a_text_with_other_letters(kannel: Kannel) -> None:
    body = "Soyez prêts, garçons 🚲"

    send(body)

    [(_, _, form, content)] = kannel.taken(1)
    assert form == "ucs-2"
    assert unquote_to_bytes(content.replace("+", " ")).decode("utf-16-be") == body


@pytest.mark.parametrize(
    ("body", "parts", "charset"),
    [("Fermez à clé. " * 30, 3, "utf-8"), ("Être prudent. " * 20, 5, "utf-16-be")],
)
def test_a_long_text_goes_in_parts(kannel: Kannel, body: str, parts: int, charset: str) -> None:
    send(body)

    contents = [content.partition(" data ")[2] for *_, content in kannel.taken(parts)]
    assert b"".join(unquote_to_bytes(content.replace("+", " ")) for content in contents).decode(charset) == body


def test_the_report_comes_back_and_moves_the_copy(kannel: Kannel, client: Client, db: None) -> None:
    point = cast.contact(cast.person("Léa Peeters"), "sms", NUMBER)
    message = outbox.message("sms")
    actions.enqueue_copy_for_each_person(message=message, contacts=outbox.audience().filter(pk=point.pk), at=outbox.AT)
    copy = Dispatch.objects.get()
    Dispatch.objects.filter(pk=copy.pk).update(state=State.ACCEPTED)
    reference = reference_of(copy.pk, copy.message_id)

    send("Bonjour", reference=reference)

    calls = kannel.asked(reference, 2)
    assert {call.rpartition("=")[2] for call in calls} == {"1", "8"}  # taken by the operator, delivered
    assert [client.get(call).status_code for call in calls] == [200, 200]
    copy.refresh_from_db()
    assert (copy.state, Receipt.objects.filter(dispatch=copy).count()) == (State.DELIVERED, 2)


def test_the_check_knows_a_right_password_from_a_wrong_one(kannel: Kannel, settings) -> None:
    assert list(Sms().check()) == []

    settings.SMS_URL = settings.SMS_URL.replace("se%20cret", "wrong")

    assert len(Sms().check()) == 1
    with pytest.raises(ConnectionFailed) as refused:
        send("Bonjour")
    assert refused.value.reason == "sms-set-up-403"
