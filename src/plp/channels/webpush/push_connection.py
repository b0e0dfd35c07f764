"""Hands encrypted messages to push services: to public addresses only, never where an answer sends us (T44)."""

import asyncio
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    TraceConfig,
)
from aiohttp.abc import AbstractResolver, ResolveResult

from plp.channels.webpush.push_requests import PushRequestWriter
from plp.channels.webpush.subscriptions import is_allowed_endpoint
from plp.delivery.channel import (
    GONE,
    Accepted,
    DeliveryFailed,
    Envelope,
    OutcomeUnknown,
    Progress,
    Receipt,
    Untracked,
)
from plp.delivery.public_addresses import is_public

TAKEN = frozenset({200, 201, 202, 204})
NO_MORE = frozenset({404, 410})  # the browser has let go of the subscription: it is removed
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 86_400.0  # seconds that a service may ask us to wait


class PrivateAddress(OSError):
    """A name that leads into a private network."""


class PublicResolver(AbstractResolver):
    """Looks a name up, and refuses it when any of its addresses is not public; what it answers is what is called."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The public addresses of ``host``.

        Raises ``OSError`` for an unknown name, ``PrivateAddress`` for one that leads into a private network.
        """
        loop = asyncio.get_running_loop()
        rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        addresses = [(kind, proto, str(place[0])) for kind, _type, proto, _name, place in rows]
        if not addresses or not all(is_public(address) for _kind, _proto, address in addresses):
            raise PrivateAddress(host)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=proto, flags=socket.AI_NUMERICHOST)
            for kind, proto, address in addresses
        ]

    async def close(self) -> None:
        """Nothing is held open."""


class PushConnection:
    """Sends one message at a time; connections to the services are kept between messages."""

    def __init__(self, writer: PushRequestWriter, *, hosts: Sequence[str], patience: float) -> None:
        self.writer = writer
        self.hosts = hosts
        self.progress: Progress = Untracked()
        self.session = ClientSession(
            connector=TCPConnector(resolver=PublicResolver(), use_dns_cache=False, limit=4),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=patience),
            trust_env=False,
            trace_configs=[self._trace_config_marking_leaving()],
        )

    def _trace_config_marking_leaving(self) -> TraceConfig:
        """Whatever has to be looked up and opened comes before the data leaves."""

        async def mark_message_leaving(*_words: object) -> None:
            self.progress.mark_leaving()

        watch = TraceConfig()
        watch.on_connection_create_end.append(mark_message_leaving)
        watch.on_connection_reuseconn.append(mark_message_leaving)
        return watch

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """One message to one browser. A service that cannot be reached is tried again; the others go on."""
        letter = self.writer.build_request(envelope)
        if not is_allowed_endpoint(letter.endpoint, self.hosts):
            raise DeliveryFailed("webpush-host", temporary=False)
        try:
            async with self.session.post(
                letter.endpoint, data=letter.content, headers=letter.headers, allow_redirects=False
            ) as answer:
                answered = accepted_or_raise_for_response(answer.status, answer.headers)
                self.progress.mark_taken()
                return answered
        except ClientConnectorError as failure:  # nothing has left
            if isinstance(failure.os_error, PrivateAddress):
                raise DeliveryFailed("webpush-not-public", temporary=False) from failure
            raise DeliveryFailed("webpush-unreachable", temporary=True) from failure
        except (ClientError, OSError) as cut:  # TimeoutError is an OSError
            raise OutcomeUnknown("webpush-no-answer") from cut

    async def close(self) -> None:
        """Let go of the connections."""
        await self.session.close()


def accepted_or_raise_for_response(status: int, headers: Mapping[str, Any]) -> Accepted:
    """What an answer means (RFC 8030, section 5). Raises ``DeliveryFailed``; a redirect is never followed."""
    if status in TAKEN:
        return Accepted()
    if status in NO_MORE:
        raise DeliveryFailed(GONE, temporary=False)
    retry_after = str(headers.get("Retry-After", ""))
    after = min(float(retry_after), LONGEST_WAIT) if retry_after.isascii() and retry_after.isdecimal() else None
    raise DeliveryFailed(f"webpush-{status}", temporary=status in LATER, after=after)
