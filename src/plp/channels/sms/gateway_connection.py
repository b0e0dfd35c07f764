"""One HTTP connection to a gateway, kept alive between messages."""

import asyncio
import ssl
from collections.abc import Sequence

from plp.channels.sms.kannel import (
    SETUP_FAULTS,
    Gateway,
    accepted_or_raise_for_response,
    http_get_request,
    sendsms_request,
)
from plp.channels.sms.number_ranges import ANYWHERE, raise_if_number_outside_ranges
from plp.delivery.channel import (
    Accepted,
    ConnectionFailed,
    Envelope,
    OutcomeUnknown,
    Progress,
    Receipt,
    Untracked,
    fill,
)

LONGEST_BODY = 65_536
LONGEST_WAIT = 86_400.0  # seconds that a supplier may ask us to wait


class GatewayConnection:
    """Sends one SMS at a time."""

    def __init__(
        self,
        gateway: Gateway,
        *,
        sender: str,
        origin: str,
        patience: float,
        hurry: float | None = None,
        prefixes: Sequence[str] = ANYWHERE,
    ) -> None:
        """``hurry``: seconds for connecting, and for the answer to an urgent SMS: another gateway waits."""
        self.gateway = gateway
        self.sender = sender
        self.origin = origin
        self.patience = patience
        self.hurry = hurry
        self.prefixes = prefixes
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.progress: Progress = Untracked()

    async def connect(self) -> None:
        """Open the connection. Raises ``ConnectionFailed``."""
        context = ssl.create_default_context() if self.gateway.secure else None
        try:
            async with asyncio.timeout(min(self.patience, self.hurry or 15.0)):
                self.reader, self.writer = await asyncio.open_connection(
                    self.gateway.host, self.gateway.port, ssl=context, limit=LONGEST_BODY
                )
        except TimeoutError as late:
            raise ConnectionFailed("sms-no-answer", slow=True) from late
        except ssl.SSLError as wrong:
            raise ConnectionFailed("sms-certificate") from wrong
        except OSError as failure:
            raise ConnectionFailed("sms-unreachable") from failure

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """One SMS. From the first byte of the request on, a missing answer leaves the outcome unknown."""
        raise_if_number_outside_ranges(envelope.address, self.prefixes)
        words = sendsms_request(
            self.gateway,
            to=envelope.address,
            text=fill(envelope.prepared.body, envelope.values),
            sender=self.sender,
            reference=envelope.reference,
            origin=self.origin,
        )
        if self.writer is None or self.reader is None or self.reader.at_eof() or self.writer.is_closing():
            await self.close()
            await self.connect()
        self.progress.mark_leaving()
        try:
            async with asyncio.timeout(self.hurry if self.hurry and envelope.urgent else self.patience):
                status, headers, body = await self._send_request_and_read_response(words)
        except TimeoutError as late:
            raise OutcomeUnknown("sms-no-answer", slow=True) from late
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as cut:
            raise OutcomeUnknown("sms-cut") from cut
        try:
            answer = accepted_or_raise_for_response(status, body, retry_after_seconds(headers.get("retry-after", "")))
            self.progress.mark_taken(answer.reference)
            return answer
        finally:
            if headers.get("connection", "").lower() == "close":
                await self.close()

    async def check_account(self) -> None:
        """Ask to send to nobody, to learn whether name and password are right. Raises ``ConnectionFailed``."""
        try:
            async with asyncio.timeout(self.patience):
                status, _, _ = await self._send_request_and_read_response(
                    http_get_request(self.gateway, {"username": self.gateway.user, "password": self.gateway.password})
                )
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as failure:  # TimeoutError is an OSError
            raise ConnectionFailed("sms-no-answer") from failure
        if status in SETUP_FAULTS:
            raise ConnectionFailed(f"sms-set-up-{status}")

    async def _send_request_and_read_response(self, request: bytes) -> tuple[int, dict[str, str], str]:
        assert self.writer is not None  # noqa: S101  opened by send
        assert self.reader is not None  # noqa: S101
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        status = int(first.split(" ", 2)[1]) if first.startswith("HTTP/1.") and " " in first else 0
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return status, headers, (await self._read_chunked_body()).decode("utf-8", "replace")
        if "content-length" not in headers:
            headers["connection"] = "close"  # the end of the body is the end of the connection
            return status, headers, (await self.reader.read(LONGEST_BODY)).decode("utf-8", "replace")
        size = int(headers["content-length"])
        if not 0 <= size <= LONGEST_BODY:
            raise ValueError("an answer too long to be Kannel's")
        return status, headers, (await self.reader.readexactly(size)).decode("utf-8", "replace")

    async def _read_chunked_body(self) -> bytes:
        assert self.reader is not None  # noqa: S101
        body = b""
        while size := int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16):
            if not 0 <= size <= LONGEST_BODY - len(body):
                raise ValueError("an answer too long to be Kannel's")
            body += (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readexactly(2)  # what follows is the next answer
        return body

    async def close(self) -> None:
        """Let go of the connection."""
        writer, self.writer, self.reader = self.writer, None, None
        if writer is not None:
            writer.close()


def retry_after_seconds(header: str) -> float | None:
    """The seconds that a supplier asks us to wait (``Retry-After``), a day at most; None where it says none."""
    return min(float(header), LONGEST_WAIT) if header.isdecimal() else None
