"""The name service is down, silent or wrong: a line that did not open is told as such, and nothing else waits (F34)."""

import asyncio
import socket
from typing import Any

import pytest

from plp.channels.email.server_url import parse_server_url
from plp.channels.email.smtp import connect
from plp.channels.sms.gateway_connection import GatewayConnection
from plp.channels.sms.kannel import Gateway
from plp.delivery.channel import ConnectionFailed

SOON, LATE = 0.02, 30.0  # seconds in which the line must stand: what is never answered fails soon


async def down(*_: Any, **__: Any) -> None:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


async def silent(*_: Any, **__: Any) -> None:
    await asyncio.Event().wait()


async def wrong(*_: Any, **__: Any) -> list[Any]:
    """The address of another machine, on which nobody listens: port 1 of this one."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))]


async def mail(hurry: float) -> None:
    server = parse_server_url("smtp://mail.zone.test:25?starttls=off", "PLP_SMTP_URL")
    await connect(server, sender="plp@zone.test", helo="zone.test", timeout=60, hurry=hurry)


async def sms(hurry: float) -> None:
    gateway = Gateway(secure=False, host="sms.zone.test", port=80, path="/", user="", password="")
    await GatewayConnection(gateway, sender="PLP", origin="", patience=60, hurry=hurry).connect()


@pytest.mark.parametrize(("line", "key"), [(mail, "smtp"), (sms, "sms")])
@pytest.mark.parametrize(
    ("service", "said", "slow"),
    [(down, "unreachable", False), (silent, "no-answer", True), (wrong, "unreachable", False)],
)
def test_a_line_that_finds_no_address_says_so(
    line: Any, key: str, service: Any, said: str, slow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", service)

    with pytest.raises(ConnectionFailed) as failed:
        asyncio.run(line(SOON if slow else LATE))

    assert (failed.value.reason, failed.value.slow) == (f"{key}-{said}", slow)
