"""The line to the telephone network: a SIP trunk, as its setting names it, and whether it answers."""

import asyncio
import re
import secrets
import socket
import ssl
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from plp.delivery.channel import ConnectionFailed
from plp.delivery.public_addresses import is_private_host

EXAMPLE = "sips://user:password@trunk.example.be"
UNSAFE = re.compile(r"[;,\"'<>\\\s]")  # what would end a word in the file of accounts
PATIENCE = 3.0  # seconds for a trunk to answer


class Trunk(NamedTuple):
    """Where calls leave. ``number`` is shown to who is called, as ``+32…``; without one it is the user's name."""

    transport: str  # "udp", "tcp" or "tls"
    host: str
    port: int
    user: str
    password: str
    number: str = ""

    @property
    def address(self) -> str:
        """Host and port as they stand in a SIP address."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_trunk_url(url: str, *, number: str = "") -> Trunk:
    """The trunk of ``PLP_VOICE_URL``. Raises ``ValueError`` with a sentence for the operator, without secrets.

    A trunk outside of the operator's own network is spoken to in TLS and its sound is encrypted: a call is somebody's.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise ValueError(f"PLP_VOICE_URL must look like {EXAMPLE}.") from wrong
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme not in {"sip", "sips"} or not parts.hostname or not user or UNSAFE.search(user + password):
        raise ValueError(f"PLP_VOICE_URL must look like {EXAMPLE}.")
    if parts.scheme == "sips":
        return Trunk("tls", parts.hostname, port or 5061, user, password, number)
    if not is_private_host(parts.hostname):
        raise ValueError("PLP_VOICE_URL would let anybody listen: use sips:// to a trunk elsewhere.")
    transport = "tcp" if parts.query == "transport=tcp" else "udp"
    return Trunk(transport, parts.hostname, port or 5060, user, password, number)


def local_ip_towards_trunk(trunk: Trunk) -> str:
    """The address of this machine from which the trunk is reached. Raises ``ConnectionFailed``."""
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(trunk.host, trunk.port, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(address)
            return str(probe.getsockname()[0])
    except OSError as failure:
        raise ConnectionFailed("voice-unreachable") from failure


async def check_trunk(trunk: Trunk, ca_file: str) -> None:
    """See whether the trunk is there: by a question (OPTIONS) over UDP, else by a connection. Raises
    ``ConnectionFailed``.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            if trunk.transport == "udp":
                await _send_options_and_await_answer(trunk)
            else:
                context = ssl.create_default_context(cafile=ca_file or None) if trunk.transport == "tls" else None
                _reader, writer = await asyncio.open_connection(trunk.host, trunk.port, ssl=context)
                writer.close()
    except TimeoutError as late:
        raise ConnectionFailed("voice-no-answer", slow=True) from late
    except ssl.SSLError as wrong:
        raise ConnectionFailed("voice-certificate") from wrong
    except OSError as failure:
        raise ConnectionFailed("voice-unreachable") from failure


class _ResponseWaiter(asyncio.DatagramProtocol):
    """Waits for any answer: a refusal says as well that somebody is there."""

    def __init__(self) -> None:
        self.answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def datagram_received(self, _data: bytes, _address: tuple[str, int]) -> None:
        """It is there."""
        if not self.answered.done():
            self.answered.set_result(None)

    def error_received(self, failure: Exception) -> None:
        """Nobody listens on that port."""
        if not self.answered.done():
            self.answered.set_exception(failure)


async def _send_options_and_await_answer(trunk: Trunk) -> None:
    loop = asyncio.get_running_loop()
    transport, waiter = await loop.create_datagram_endpoint(_ResponseWaiter, remote_addr=(trunk.host, trunk.port))
    host, port = transport.get_extra_info("sockname")[:2]
    own, tag = f"{host}:{port}", secrets.token_hex(8)
    lines = (
        f"OPTIONS sip:{trunk.address} SIP/2.0",
        f"Via: SIP/2.0/UDP {own};branch=z9hG4bK{tag};rport",
        f"From: <sip:{trunk.user}@{trunk.address}>;tag={tag[:8]}",
        f"To: <sip:{trunk.address}>",
        f"Call-ID: {tag}",
        "CSeq: 1 OPTIONS",
        f"Contact: <sip:{trunk.user}@{own}>",
        "Max-Forwards: 70",
        "Content-Length: 0",
    )
    try:
        transport.sendto("\r\n".join([*lines, "", ""]).encode())
        await waiter.answered
    finally:
        transport.close()
