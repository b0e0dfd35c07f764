"""A lean SMTP client: one message in flight, PIPELINING inside a message's envelope, every failure told apart."""

import asyncio
import base64
import re
import ssl
from collections.abc import Sequence

from plp.channels.email.refusals import refusal_reason
from plp.channels.email.server_url import SmtpServer
from plp.channels.email.smtp_protocol import SmtpProtocol
from plp.channels.email.verp import return_path
from plp.delivery.channel import (
    MAILBOX_FULL,
    Accepted,
    ConnectionFailed,
    DeliveryFailed,
    Envelope,
    OutcomeUnknown,
    Progress,
    Receipt,
    Untracked,
)

OPEN_SECONDS = 15.0
ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+", re.ASCII)  # nothing that could end a command, whatever was stored (T28)
BUSY = frozenset({431, 452, 454})  # after the text: the server's own trouble; 451 also says "later" to one sender
URGENT_SECONDS = 10.0  # for the answer to the text of an urgent mail, where another server waits


def tls_context(cafile: str = "") -> ssl.SSLContext:
    """Certificates are verified, always; ``cafile`` adds a private authority."""
    context = ssl.create_default_context()
    if cafile:
        context.load_verify_locations(cafile)
    return context


async def connect(
    server: SmtpServer,
    *,
    sender: str,
    helo: str,
    timeout: float,
    hurry: float | None = None,
    cafile: str = "",
    bounces_to: str = "",
) -> "SmtpSession":
    """An open, greeted, encrypted (where ``server.tls`` says so) and signed-in session. Raises ``ConnectionFailed``.

    ``patience``: seconds to wait for any answer. ``hurry``: fewer, before the data of a mail leaves, where another
    server waits. ``bounces_to``: the pattern of the envelope sender of each copy; empty: ``sender``.
    """
    hurry = timeout if hurry is None else hurry
    try:
        async with asyncio.timeout(min(OPEN_SECONDS, hurry)):
            context = tls_context(cafile) if server.tls != "none" else None
            _, protocol = await asyncio.get_running_loop().create_connection(
                lambda: SmtpProtocol(timeout),
                server.host,
                server.port,
                ssl=context if server.tls == "implicit" else None,
            )
            try:
                smtp = SmtpSession(protocol, sender, hurry if hurry < timeout else None, bounces_to)
                await smtp.greet_encrypt_and_sign_in(server, helo, context)
            except BaseException:
                protocol.close()
                raise
            return smtp
    except TimeoutError as late:
        raise ConnectionFailed("smtp-no-answer", slow=True) from late
    except ssl.SSLError as wrong:
        raise ConnectionFailed("smtp-certificate") from wrong
    except OSError as failure:
        raise ConnectionFailed("smtp-unreachable") from failure


class SmtpSession:
    """One session in the order of RFC 5321."""

    def __init__(self, protocol: SmtpProtocol, sender: str, hurry: float | None = None, bounces_to: str = "") -> None:
        self.protocol = protocol
        self.hurry = hurry
        self.sender = sender
        self.bounces_to = bounces_to
        self.pipelining = False
        self.progress: Progress = Untracked()

    async def greet_encrypt_and_sign_in(self, server: SmtpServer, helo: str, context: ssl.SSLContext | None) -> None:
        """Banner, EHLO, STARTTLS where required (never skipped), EHLO, AUTH."""
        await self._send_command_or_raise(b"", "smtp-banner", 220)
        extensions = await self._ehlo_extensions(helo)
        if server.tls == "starttls":
            if b"STARTTLS" not in extensions:
                raise ConnectionFailed("smtp-no-starttls")
            await self._send_command_or_raise(b"STARTTLS\r\n", "smtp-starttls", 220)
            await self._start_tls(server.host, context)
            extensions = await self._ehlo_extensions(helo)
        self.pipelining = b"PIPELINING" in extensions
        if server.user:
            secret = base64.b64encode(f"\0{server.user}\0{server.password}".encode())
            await self._send_command_or_raise(b"AUTH PLAIN " + secret + b"\r\n", "smtp-sign-in", 235)

    async def _start_tls(self, host: str, context: ssl.SSLContext | None) -> None:
        protocol = self.protocol
        protocol.buffer, protocol.replies = b"", []  # nothing said in clear counts any more
        transport = await asyncio.get_running_loop().start_tls(
            protocol.transport,  # type: ignore[arg-type]
            protocol,
            context,  # type: ignore[arg-type]
            server_hostname=host,
        )
        if transport is None:
            raise ConnectionFailed("smtp-starttls")
        protocol.transport = transport

    async def _ehlo_extensions(self, helo: str) -> set[bytes]:
        last = await self._send_command_or_raise(
            f"EHLO {helo}\r\n".encode("idna" if not helo.isascii() else "ascii"), "smtp-ehlo", 250
        )
        return {words[4:].split()[0].upper() for words in [*self.protocol.more, last] if words[4:].split()}

    async def _send_command_or_raise(self, line: bytes, stage: str, expected_code: int) -> bytes:
        replies = await self.protocol.exchange(line)
        if not replies:
            raise ConnectionFailed(stage)
        code, text = replies[0]
        if code != expected_code:
            raise ConnectionFailed(f"{stage}-{code}")
        return text

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """One mail to one recipient. See ``plp.delivery.channel.Connection``."""
        if not ADDRESS.fullmatch(envelope.address):
            raise DeliveryFailed("smtp-address", temporary=False)
        data = envelope.prepared.mail_bytes(envelope)
        sender = return_path(envelope.reference, self.bounces_to) if self.bounces_to else self.sender
        announced = self._send_mail_from_rcpt_to_and_data(
            f"MAIL FROM:<{sender}>\r\n".encode("ascii"), envelope.address.encode("ascii")
        )
        try:
            await (asyncio.wait_for(announced, self.hurry) if self.hurry else announced)
        except TimeoutError as late:
            raise ConnectionFailed("smtp-no-answer", slow=True) from late
        self.progress.mark_leaving()
        answered = self.protocol.exchange(data, code_memory=self.progress.code)
        try:
            final = await (asyncio.wait_for(answered, URGENT_SECONDS) if self.hurry and envelope.urgent else answered)
        except TimeoutError as late:
            raise OutcomeUnknown("smtp-no-answer-after-data", slow=True) from late
        if not final:
            raise OutcomeUnknown("smtp-cut-after-data", slow=self.protocol.silent)
        code, reply = final[0]
        if 200 <= code < 300:
            self.progress.mark_taken()
            return Accepted()
        if code == 421:
            raise ConnectionFailed("smtp-data-421")
        if not 400 <= code < 600:
            raise OutcomeUnknown("smtp-nonsense-after-data")
        why = refusal_reason(self._read_full_reply(reply)) if code >= 500 else ""
        raise DeliveryFailed(why or f"smtp-data-{code}", temporary=code < 500, service=code in BUSY)

    def _read_full_reply(self, last: bytes) -> str:
        """The whole of a reply, its last line given."""
        return b" ".join([*self.protocol.more, last]).decode("ascii", "replace")

    async def _send_mail_from_rcpt_to_and_data(self, mail_from: bytes, address: bytes) -> None:
        """Who writes, to whom, and that the text follows."""
        recipient = b"RCPT TO:<" + address + b">\r\n"
        if self.pipelining:
            answers = await self._exchange_or_raise_if_cut(mail_from + recipient + b"DATA\r\n", 3)
        else:
            answers = await self._send_envelope_unpipelined(mail_from, recipient)
        codes = [code for code, _ in answers]
        if codes != [250, 250, 354] and not (codes[:1] == [250] and codes[1:2] == [251] and codes[2:] == [354]):
            await self._reset_and_raise_refusal(codes, self._read_full_reply(answers[1][1]) if len(answers) > 1 else "")

    async def _exchange_or_raise_if_cut(self, data: bytes, reply_count: int) -> Sequence[tuple[int, bytes]]:
        answers = await self.protocol.exchange(data, reply_count)
        if len(answers) < reply_count:
            raise ConnectionFailed("smtp-cut", slow=self.protocol.silent)
        return answers

    async def _send_envelope_unpipelined(self, mail_from: bytes, recipient: bytes) -> list[tuple[int, bytes]]:
        """For a server without PIPELINING: the same three commands, each after the answer to the one before."""
        answers: list[tuple[int, bytes]] = []
        for words, wanted in ((mail_from, 250), (recipient, 250), (b"DATA\r\n", 354)):
            answers += await self._exchange_or_raise_if_cut(words, 1)
            if answers[-1][0] not in {wanted, 251}:
                break
        return answers

    async def _reset_and_raise_refusal(self, codes: list[int], reply: str) -> None:
        """Put a refused envelope away, so that the session serves the next one, and say who is to blame.

        ``reply``: the answer to the recipient.

        A sender refused for good is the set-up's fault, not the recipient's: it counts as the supplier's trouble.
        """
        if 354 in codes:  # the server waits for a text although it has no recipient: an empty one ends that
            await self._exchange_or_raise_if_cut(b".\r\n", 1)
        mail, recipient, *further_codes = [*codes, 0, 0][:3]
        if 421 in codes:
            raise ConnectionFailed("smtp-421")
        if mail >= 500 or mail < 250:
            raise ConnectionFailed(f"smtp-mail-{mail}")
        await self._exchange_or_raise_if_cut(b"RSET\r\n", 1)
        if mail != 250:
            raise DeliveryFailed(f"smtp-mail-{mail}", temporary=True, service=True)
        if recipient not in {250, 251}:
            is_final = 500 <= recipient < 600
            why = refusal_reason(reply, code=recipient)
            why = why if is_final or why == MAILBOX_FULL else ""
            raise DeliveryFailed(why or f"smtp-rcpt-{recipient}", temporary=not is_final)
        raise DeliveryFailed(
            f"smtp-data-{further_codes[0] if further_codes else 0}",
            temporary=not (further_codes and 500 <= further_codes[0] < 600),
        )

    async def close(self) -> None:
        """QUIT without waiting for the answer."""
        transport = self.protocol.transport
        if transport is not None and not self.protocol.lost and not transport.is_closing():
            transport.write(b"QUIT\r\n")
        self.protocol.close()
