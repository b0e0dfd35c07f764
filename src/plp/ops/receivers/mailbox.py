"""Receivers for the demonstration: real SMTP and a gateway that speaks Kannel's HTTP, on loopback, in this process.

Each hands what it took to a function and counts; nothing leaves the machine.
"""

import threading
from asyncio.base_events import Server
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class ReceivedMail:
    """One mail as it came in: envelope recipients and the parsed message."""

    recipients: tuple[str, ...]
    message: EmailMessage


@dataclass(frozen=True)
class ReceivedSms:
    """One text message as the gateway was asked to send it."""

    sender: str
    to: str
    text: str


@dataclass
class RunningReceiver[Taken]:
    """A running receiver: its port, and how much it took so far."""

    take: Callable[[Taken], None]
    port: int = 0
    count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count_and_pass_on(self, received: Taken) -> None:
        """Count and hand on."""
        with self._lock:
            self.count += 1
            self.take(received)


class _MailHandler:
    """What aiosmtpd calls with each mail."""

    def __init__(self, receiver: RunningReceiver[ReceivedMail]) -> None:
        self.receiver = receiver

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        content = envelope.original_content or b""
        parsed = message_from_bytes(content, policy=policy.default)
        self.receiver.count_and_pass_on(ReceivedMail(tuple(envelope.rcpt_tos), parsed))
        return "250 taken"


class _FreePortController(Controller):
    """A controller on a port that the system chooses: its self-test must learn which one."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)  # noqa: S101 - started just before
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smtp_receiver(take: Callable[[ReceivedMail], None]) -> Iterator[RunningReceiver[ReceivedMail]]:
    """Listen for mail on a free loopback port until the block ends."""
    receiver = RunningReceiver(take)
    controller = _FreePortController(_MailHandler(receiver), hostname="127.0.0.1", port=0)
    controller.start()
    try:
        receiver.port = controller.port
        yield receiver
    finally:
        controller.stop()


@contextmanager
def sms_receiver(take: Callable[[ReceivedSms], None]) -> Iterator[RunningReceiver[ReceivedSms]]:
    """Answer like Kannel's sendsms on a free loopback port until the block ends."""
    receiver = RunningReceiver(take)

    class Gateway(BaseHTTPRequestHandler):
        """One request."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Take the message in the query; without a receiver it is refused, as Kannel does."""
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            is_whole = bool(query.get("to"))
            if is_whole:
                receiver.count_and_pass_on(ReceivedSms(query.get("from", ""), query["to"], query.get("text", "")))
            answer = b"0: Accepted for delivery" if is_whole else b"Missing receiver number, rejected"
            self.send_response(202 if is_whole else 400)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments: Any) -> None:
            """Stay silent: a log would hold numbers."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
