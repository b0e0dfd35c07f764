"""Sends one SMS at a time to a supplier over HTTP; the connection is kept between messages."""

import asyncio
from asyncio import IncompleteReadError
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from plp.channels.sms.gateway_connection import LONGEST_BODY, retry_after_seconds
from plp.channels.sms.kannel import SETUP_FAULTS
from plp.channels.sms.number_ranges import ANYWHERE, raise_if_number_outside_ranges
from plp.channels.sms.suppliers.account import SupplierAccount
from plp.channels.sms.suppliers.requests import (
    accepted_or_raise_for_response,
    account_check_url,
    compose_sms_request,
    request_headers,
)
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
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import aiohttp
else:
    aiohttp = lazy_import("aiohttp")

OPEN_SECONDS = 15.0


class SupplierConnection:
    """One connection to a supplier. What leaves is doubtful until it is answered, as with Kannel."""

    def __init__(
        self,
        account: SupplierAccount,
        *,
        sender: str,
        origin: str,
        patience: float,
        hurry: float | None = None,
        prefixes: Sequence[str] = ANYWHERE,
    ) -> None:
        """``hurry``: seconds for connecting, and for the answer to an urgent SMS: another gateway waits."""
        self.account, self.sender, self.origin = account, sender, origin
        self.patience, self.hurry, self.prefixes = patience, hurry, prefixes
        self.has_left = False
        self.progress: Progress = Untracked()
        self.session: aiohttp.ClientSession | None = None

    async def connect(self) -> None:
        """Make ready; the line itself is opened by the first message, before its data leaves."""
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=1),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=min(self.patience, self.hurry or OPEN_SECONDS)),
            trust_env=False,
            trace_configs=[self._trace_config_marking_leaving()],
        )

    def _trace_config_marking_leaving(self) -> "aiohttp.TraceConfig":
        """Whatever has to be looked up and opened comes before the data leaves.

        The library asks a GET again when its line breaks, which could be a second SMS: no second line is opened.
        """

        async def refuse_second_connection(*_words: object) -> None:
            if self.has_left:
                raise ConnectionResetError

        async def mark_message_leaving(*_words: object) -> None:
            self.has_left = True
            self.progress.mark_leaving()

        watch = aiohttp.TraceConfig()
        watch.on_connection_create_start.append(refuse_second_connection)
        watch.on_connection_create_end.append(mark_message_leaving)
        watch.on_connection_reuseconn.append(mark_message_leaving)
        return watch

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """One SMS. From the first byte of the request on, a missing answer leaves the outcome unknown."""
        raise_if_number_outside_ranges(envelope.address, self.prefixes)
        request = compose_sms_request(
            self.account,
            to=envelope.address,
            text=fill(envelope.prepared.body, envelope.values),
            sender=self.sender,
            reference=envelope.reference,
            origin=self.origin,
        )
        seconds = self.hurry if self.hurry and envelope.urgent else self.patience
        status, body, after = await self._request_response(*request, seconds=seconds)
        accepted = accepted_or_raise_for_response(self.account, status, body, after)
        self.progress.mark_taken(accepted.reference)
        return accepted

    async def check_account(self) -> None:
        """Learn whether name and password are right, or at least whether it is there. Raises ``ConnectionFailed``."""
        url = account_check_url(self.account)
        method, target = ("GET", url) if url else ("HEAD", "/".join(self.account.description.send.url.split("/")[:3]))
        try:
            status, _body, _after = await self._request_response(
                method, target, request_headers(self.account), b"", seconds=self.patience
            )
        except OutcomeUnknown as silence:
            raise ConnectionFailed(silence.reason) from silence
        if url and status in SETUP_FAULTS:
            raise ConnectionFailed(f"sms-set-up-{status}")

    async def _request_response(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, seconds: float
    ) -> tuple[int, bytes, float | None]:
        """Status, body and wished pause of the answer. Raises ``ConnectionFailed`` or ``OutcomeUnknown``."""
        if self.session is None:
            await self.connect()
        assert self.session is not None  # noqa: S101  opened by connect
        self.has_left = False
        try:
            async with (
                asyncio.timeout(seconds),
                self.session.request(method, url, headers=headers, data=body or None, allow_redirects=False) as answer,
            ):
                return answer.status, await _body_of(answer), retry_after_seconds(answer.headers.get("Retry-After", ""))
        except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError) as wrong:
            raise ConnectionFailed("sms-certificate") from wrong
        except aiohttp.ClientConnectorError as failure:
            raise ConnectionFailed("sms-unreachable") from failure
        except TimeoutError as late:
            raise (OutcomeUnknown if self.has_left else ConnectionFailed)("sms-no-answer", slow=True) from late
        except (aiohttp.ClientError, OSError, ValueError) as cut:
            raise OutcomeUnknown("sms-cut") from cut

    async def close(self) -> None:
        """Let go of the connection."""
        session, self.session = self.session, None
        if session is not None:
            await session.close()


async def _body_of(response: "aiohttp.ClientResponse") -> bytes:
    """The body. Raises ``ValueError`` for one that is too long to be an answer."""
    try:
        await response.content.readexactly(LONGEST_BODY)
    except IncompleteReadError as end:
        return end.partial
    raise ValueError("an answer too long to be a supplier's")
