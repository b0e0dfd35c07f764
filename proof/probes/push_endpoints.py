"""Addresses that want us to call somebody else, and a line that would have to; every attempt to connect is counted.

Nothing leaves this machine: an audit hook refuses each connection after it has noted where it would have gone.
"""

import asyncio
import random
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from plp.channels.webpush import WebPush
from plp.channels.webpush.push_connection import PushConnection
from plp.channels.webpush.push_requests import PushRequestWriter
from plp.delivery.channel import BadAddress, DeliveryFailed, Envelope, OutcomeUnknown, Text
from tests.factories.devices import Device

HOST = "fcm.googleapis.com"
PRIVATE = (
    "127.0.0.1 127.1.2.3 10.0.0.5 172.16.3.4 192.168.1.1 169.254.169.254 100.64.0.9 0.0.0.0 198.18.0.1 224.0.0.1 "
    "240.0.0.1 255.255.255.255 ::1 :: fe80::1 fd00::5 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.5 ::ffff:169.254.169.254 "
    "64:ff9b::7f00:1 64:ff9b::a00:5 2002:7f00:1:: 2002:a00:5:: 2001:db8::1 2001:0:7f00:1::1"
).split()
SPELLINGS = (  # of this machine, as some readers of addresses take them
    "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0177.0.0.1 [::1] [::ffff:127.0.0.1] [::] 0 "
    "localhost localhost. LOCALHOST ip6-localhost 127.0.0.1.nip.io ①②⑦.⓪.⓪.① 127。0。0。1 [0:0:0:0:0:ffff:7f00:1]"
).split()
SHAPES = (
    "https://{it}/a https://{it}:443/a http://{it}/a https://{it}:{port}/a http://{it}:{port}/a "
    "https://{host}@{it}/a https://{host}:x@{it}:{port}/a https://{it}#{host}/a https://{it}?{host}/a"
).split()
ENDS = (
    ".evil.example/a", ".:443/a", ":8443/a", ":0443/a", "%2eevil.example/a", "%00.evil.example/a", "\\.evil.example/a",
    "\\@evil.example/a", "。evil.example/a", "\u2024evil.example/a", "#@evil.example/a", "?@evil.example/a",
    ";@evil.example/a", "\t.evil.example/a", "\n.evil.example/a", " .evil.example/a", "/\r\nHost: evil.example",
    "@evil.example/a", "@[::1]/a",
)  # fmt: skip
SUFFIXES = [f"https://{HOST}{end}" for end in ENDS]
OTHERS = [
    f"//{HOST}/a", f"https:/{HOST}/a", f"https:{HOST}/a", f"HTTPS://{HOST}/a", f"https:///{HOST}/a", "file:///etc/passwd",
    f"gopher://{HOST}:70/_", f"ftp://{HOST}/a", "data:text/plain,a", "unix:///run/docker.sock", f"wss://{HOST}/a", "",
    f"https://evil{HOST}/a", f"https://{HOST}evil.example/a", f"https://evil-{HOST}/a", f"https://x.{HOST}/a",
    "https://notify.windows.com/a", "https://.notify.windows.com/a", "https://evilnotify.windows.com/a",
    "https://push.apple.com.evil.example/a", f"https://{HOST.upper()}/a", "https://xn--fcm-googleapis-com.example/a",
    "https://fcm.gооgleapis.com/a", f"https://{HOST} /a", f" https://{HOST}@evil.example/a", f"https://{HOST}",
]  # fmt: skip


def hostile_endpoints(number: int, port: int, dice: random.Random) -> list[str]:
    """So many addresses, every kind among them."""
    mixed = [shape.format(it=it, port=port, host=HOST) for it in SPELLINGS for shape in SHAPES]
    dice.shuffle(mixed)
    return (SUFFIXES + OTHERS + mixed)[: max(number, 100)]


def try_and_count(number: int, seed: int) -> dict[str, int]:
    """Try everything; answers how many were tried, how many the form took, and how many connections were wanted."""
    tried: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    sys.addaudithook(_Watch(tried))
    taken, refused, leads = asyncio.run(_try_all_endpoints(hostile_endpoints(number, port, random.Random(seed))))
    listener.close()
    return {"tricks": taken + refused, "taken": taken, "names": leads, "connections": len(tried)}


class _Watch:
    """Notes and refuses each connection over the network, once a line is at work."""

    def __init__(self, tried: list[str]) -> None:
        self.tried = tried

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            self.tried.append(str(arguments[1][0]))
            raise OSError("nothing leaves this machine")


async def _try_all_endpoints(addresses: list[str]) -> tuple[int, int, int]:
    """How many a form took, how many it refused, and how many names that lead inside were tried."""
    taken = refused = leads = 0
    for address in addresses:
        raw = Device(address).subscription
        try:
            WebPush().normalise(raw)
            taken += 1
        except BadAddress:
            refused += 1
        await _send_push_with_faked_dns(raw)  # as if it had come into the database by another way
    for answer in _hostile_dns_answers():
        await _send_push_with_faked_dns(Device(f"https://{HOST}/a").subscription, answer)
        leads += 1
    return taken, refused, leads


def _hostile_dns_answers() -> Iterator[list[str]]:
    """What a name service that is against us may say about a host of the list: inside alone, and beside the truth."""
    for address in PRIVATE:
        yield [address]
        yield ["93.184.216.34", address]


async def _send_push_with_faked_dns(subscription: str, leads_to: list[str] | None = None) -> None:
    loop = asyncio.get_running_loop()
    rows = [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443))
        for one in leads_to or ["127.0.0.1"]
    ]

    async def return_faked_addresses(*_host: Any, **_more: Any) -> Any:
        return rows

    loop.getaddrinfo = return_faked_addresses  # type: ignore[method-assign]
    line = PushConnection(PushRequestWriter(), hosts=settings.PUSH_HOSTS, patience=5.0)
    prepared = WebPush().prepare(Text("webpush", "fr", "Alerte", "Fermez à clé."))
    envelope = Envelope("p1-" + "0" * 32, subscription, prepared, {}, datetime.now(UTC))
    try:
        await line.send(envelope)
    except (DeliveryFailed, OutcomeUnknown, ValueError):  # ValueError: no address at all, parked by the engine
        return
    finally:
        await line.close()
