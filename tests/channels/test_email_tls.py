"""E-mail in TLS: verified, or not at all (F13)."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest

from plp.channels.email.server_url import SmtpServer
from plp.channels.email.smtp import connect
from plp.delivery.channel import Accepted, ConnectionFailed
from proof.receivers import certificates
from tests.channels.test_email import LETTER, Scripted


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, signed by itself, and its key in one file."""
    folder = tmp_path_factory.mktemp("tls")
    certificates.create_good_and_wrong_certificate(folder)
    return folder / "good.pem"


class Encrypting(Scripted):
    """Also understands STARTTLS and AUTH."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__({"EHLO": "250-hello\r\n250-STARTTLS\r\n250 PIPELINING", "STAR": "220 go", "AUTH": "235 in"})
        self.context = context

    async def say(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> str:
        code = await super().say(reader, writer, key)
        if key == "STAR":
            await writer.start_tls(self.context)
        return code


def send(certificate: Path, tls: str, *, trusted: bool) -> tuple[Any, Scripted]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    scripted = Encrypting(context)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await scripted.serve(reader, writer)
        except ssl.SSLError:
            writer.close()

    async def run() -> Any:
        listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context if tls == "implicit" else None)
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            try:
                line = await connect(
                    SmtpServer("127.0.0.1", port, tls, "plp", "secret"),
                    sender="plp@example.be",
                    helo="example.be",
                    timeout=5,
                    cafile=str(certificate) if trusted else "",
                )
            except ConnectionFailed as failure:
                return failure
            answer = await line.send(LETTER)
            await line.close()
            return answer

    return asyncio.run(run()), scripted


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_a_trusted_server_gets_the_mail(certificate: Path, tls: str) -> None:
    answer, server = send(certificate, tls, trusted=True)

    assert answer == Accepted()
    assert server.mails == [LETTER.prepared.mail_bytes(LETTER)]
    assert [words.split()[0] for words in server.heard if words.startswith("AUTH")] == ["AUTH"]


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_an_untrusted_certificate_gets_nothing(certificate: Path, tls: str) -> None:
    answer, server = send(certificate, tls, trusted=False)

    assert type(answer) is ConnectionFailed
    assert answer.reason == "smtp-certificate"
    assert server.mails == []
    assert [words for words in server.heard if words.startswith(("AUTH", "MAIL"))] == []
