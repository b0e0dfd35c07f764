"""A mail to the operator goes to the first server that takes it, encrypted as its setting says, or not at all."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest

from plp.ops.watch.operator_mail import mail_and_return_numbers_of_missed_addresses
from proof.receivers import certificates
from tests.channels.test_email import Scripted
from tests.channels.test_email_tls import Encrypting

CLOSED = "smtp://127.0.0.1:1"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, signed by itself, and its key in one file."""
    folder = tmp_path_factory.mktemp("tls")
    certificates.create_good_and_wrong_certificate(folder)
    return folder / "good.pem"


def told(
    settings: Any, server: Scripted, url: str, *, first: str = "", encrypted: ssl.SSLContext | None = None
) -> bool:
    """Whether everybody got a mail, with ``server`` listening where ``url`` says ``PORT``."""
    return not missed(settings, server, url, first=first, encrypted=encrypted)


def missed(
    settings: Any,
    server: Scripted,
    url: str,
    *,
    first: str = "",
    encrypted: ssl.SSLContext | None = None,
    to: tuple[str, ...] = ("ops@example.be",),
) -> list[int]:
    """Who did not get a mail."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await server.serve(reader, writer)
        except ssl.SSLError:
            writer.close()

    async def run() -> list[int]:
        listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=encrypted)
        async with listening:
            own = url.replace("PORT", str(listening.sockets[0].getsockname()[1]))
            settings.SMTP_URL, settings.SMTP_URL_2 = (first, own) if first else (own, "")
            return await asyncio.to_thread(
                mail_and_return_numbers_of_missed_addresses, to, "PLP: the disk is nearly full", "Free some space."
            )

    return asyncio.run(run())


def test_a_server_on_this_machine_takes_it(settings: Any) -> None:
    server = Scripted({})

    assert told(settings, server, "smtp://127.0.0.1:PORT")
    assert b"the disk is nearly full" in server.mails[0]
    assert b"Auto-Submitted: auto-generated" in server.mails[0]


@pytest.mark.parametrize("first", [CLOSED, "no address"])
def test_the_second_server_takes_over(settings: Any, first: str) -> None:
    server = Scripted({})

    assert told(settings, server, "smtp://127.0.0.1:PORT", first=first)
    assert len(server.mails) == 1


@pytest.mark.parametrize(("scheme", "trusted"), [("smtps", True), ("smtps", False), ("smtp", True), ("smtp", False)])
def test_in_tls_it_goes_to_a_trusted_server_alone(
    settings: Any, certificate: Path, scheme: str, *, trusted: bool
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    settings.SMTP_CA_FILE = str(certificate) if trusted else ""
    server = Encrypting(context)
    server.script["EHLO"] = "250-hello\r\n250-STARTTLS\r\n250 AUTH PLAIN"
    url = f"{scheme}://plp:secret@127.0.0.1:PORT" + ("?starttls=require" if scheme == "smtp" else "")

    taken = told(settings, server, url, encrypted=context if scheme == "smtps" else None)

    assert (taken, len(server.mails)) == (trusted, int(trusted))
    assert any(words.startswith("AUTH") for words in server.heard) == trusted


def test_where_no_server_answers_nobody_is_told(settings: Any) -> None:
    settings.SMTP_URL, settings.SMTP_URL_2 = CLOSED, CLOSED

    assert mail_and_return_numbers_of_missed_addresses(
        ["ops@example.be", "dpo@example.be"], "PLP", "Free some space."
    ) == [1, 2]


class Picky(Scripted):
    """Knows no mailbox whose name begins with gone."""

    async def say(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> str:
        """Answers by the recipient."""
        self.script["RCPT"] = "550 no such mailbox" if self.heard and "<gone" in self.heard[-1] else "250 ok"
        return await super().say(reader, writer, key)


@pytest.mark.parametrize(
    ("to", "places", "mails"),
    [
        (("ops@example.be", "gone@example.be"), [2], 1),
        (("gone1@example.be", "ops@example.be", "gone2@example.be"), [1, 3], 1),
        (("gone@example.be",), [1], 0),
    ],
)
def test_whom_the_server_refuses_is_told(settings: Any, to: tuple[str, ...], places: list[int], mails: int) -> None:
    server = Picky({})

    assert missed(settings, server, "smtp://127.0.0.1:PORT", to=to) == places
    assert len(server.mails) == mails


def test_its_number_is_of_our_host(settings: Any) -> None:
    settings.ORIGIN, server = "https://plp.zone.be", Scripted({})

    assert told(settings, server, "smtp://127.0.0.1:PORT")
    assert b"@plp.zone.be>" in server.mails[0].partition(b"Message-ID: ")[2].partition(b"\n")[0]
