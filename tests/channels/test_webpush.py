"""Web Push: what a subscription may be, what leaves, and what an answer means."""

import asyncio
import json
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from cryptography.exceptions import InvalidTag
from django.test import override_settings

from plp.channels.webpush import WebPush
from plp.channels.webpush.keys import public_key
from plp.channels.webpush.push_connection import PrivateAddress, PublicResolver, accepted_or_raise_for_response
from plp.channels.webpush.push_requests import MOST_BYTES, PushRequestWriter
from plp.channels.webpush.subscriptions import is_allowed_endpoint
from plp.delivery.channel import GONE, Accepted, BadAddress, ConnectionFailed, DeliveryFailed, Envelope, Slot, Text
from plp.delivery.public_addresses import is_public
from tests.factories.devices import Device
from tests.factories.senders import Noted

HOSTS = ("fcm.googleapis.com", ".push.apple.com")
AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def envelope(device: Device, body: str = f"Vol rue de Verdun. {Slot.CHECK_CODE}", **more: Any) -> Envelope:
    prepared = WebPush().prepare(Text("webpush", "fr", "Alerte : vol", body))
    address = WebPush().normalise(device.subscription)
    return Envelope("p1-" + "0" * 32, address, prepared, {Slot.CHECK_CODE: "abc234def"}, AT, **more)


def test_the_device_alone_can_read_what_is_sent() -> None:
    device, other = Device(), Device()

    letter = PushRequestWriter().build_request(envelope(device))

    told = device.read(letter.content)
    assert (told["title"], told["body"]) == ("Alerte : vol", "Vol rue de Verdun. abc234def")
    assert set(told) == {"title", "body", "tag"}
    assert b"Verdun" not in letter.content
    with pytest.raises(InvalidTag):
        other.read(letter.content)


def test_urgency_life_and_topic_go_with_the_message() -> None:
    device, writer = Device(), PushRequestWriter()

    alarm = writer.build_request(envelope(device, urgent=True, lives=7_200.0)).headers
    bulk = writer.build_request(envelope(device)).headers
    ending = writer.build_request(envelope(device, urgent=True, lives=-3.0)).headers

    assert (alarm["urgency"], alarm["ttl"]) == ("high", "7200")
    assert (bulk["urgency"], bulk["ttl"]) == ("normal", "259200")
    assert ending["ttl"] == "1"
    assert alarm["topic"] == bulk["topic"]
    assert len(alarm["topic"]) == 32
    assert alarm["authorization"].endswith(f"k={public_key()}")


def test_a_long_text_is_cut_to_what_a_service_takes() -> None:
    device = Device()

    letter = PushRequestWriter().build_request(envelope(device, body="é" * 9_000))

    assert len(letter.content) <= 4_096
    assert device.read(letter.content)["body"].endswith("é…")
    assert MOST_BYTES < 3_993  # 4,096 without header, tag and delimiter (RFC 8291)


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b", True),
        ("https://web.push.apple.com/Qabc", True),
        ("https://push.apple.com/Qabc", False),
        ("http://fcm.googleapis.com/a", False),
        ("https://fcm.googleapis.com:8443/a", False),
        ("https://fcm.googleapis.com@127.0.0.1/a", False),
        ("https://fcm.googleapis.com.evil.example/a", False),
        ("https://fcm.googleapis.com\\.evil.example/a", False),
        ("https://FCM.googleapis.com/a", False),
        ("https://127.0.0.1/a", False),
        ("http://127.0.0.1:80/a", False),
    ],
)
def test_only_the_hosts_of_the_list_are_called(endpoint: str, *, allowed: bool) -> None:
    assert is_allowed_endpoint(endpoint, HOSTS) is allowed


@pytest.mark.parametrize(
    "change",
    [{"endpoint": "https://evil.example/a"}, {"endpoint": 3}, {"keys": {}}, {"keys": {"p256dh": "AA", "auth": "AA"}}],
)
def test_what_is_no_subscription_is_refused(change: dict[str, Any]) -> None:
    raw = json.dumps(json.loads(Device().subscription) | change)

    with pytest.raises(BadAddress):
        WebPush().normalise(raw)


@pytest.mark.parametrize(
    ("status", "reason", "temporary"),
    [
        (404, GONE, False),
        (410, GONE, False),
        (413, "webpush-413", False),
        (307, "webpush-307", False),
        (403, "webpush-403", False),
        (429, "webpush-429", True),
        (500, "webpush-500", True),
    ],
)
def test_an_answer_has_one_meaning(status: int, reason: str, *, temporary: bool) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        accepted_or_raise_for_response(status, {"Retry-After": "7"})

    assert (failure.value.reason, failure.value.temporary) == (reason, temporary)
    assert failure.value.after == (None if reason == GONE else 7.0)
    assert accepted_or_raise_for_response(201, {}) == Accepted()


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 fe80::1%eth0 fd00::1 ff02::1 "
    "::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 2002:7f00:1:: ::127.0.0.1 ::8.8.8.8 ::ffff:0:127.0.0.1 fec0::1 "
    "64:ff9b:1::7f00:1 64:ff9b::808:808 2001:0:53aa:64c:0:fbff:f5ff:fffe 100::1 2001:db8::1 2001:10::1 4000::1 5f00::1 "
    "2a02:2788::5efe:10.0.0.1 2a02:2788::200:5efe:10.0.0.1 192.88.99.1 255.255.255.255 198.18.0.1 240.0.0.1".split(),
)
def test_a_private_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", "8.8.8.8 193.191.245.1 2a02:2788:1::5 2001:4860:4860::8888 2606:4700::1111".split())
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"good": ["93.184.216.34"], "mixed": ["93.184.216.34", "127.0.0.1"], "empty": []}

    async def look_up(host: str, resolver: PublicResolver) -> Sequence[str]:
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in answers[host]]

        async def found(*_arguments: Any, **_more: Any) -> Any:
            return rows

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found, raising=False)
        return [one["host"] for one in await resolver.resolve(host, 443)]

    assert asyncio.run(look_up("good", PublicResolver())) == ["93.184.216.34"]
    for name in ("mixed", "empty"):
        with pytest.raises(PrivateAddress):
            asyncio.run(look_up(name, PublicResolver()))


@override_settings(PUSH_HOSTS=[])
def test_without_hosts_nobody_can_subscribe() -> None:
    with pytest.raises(BadAddress):
        WebPush().normalise(Device().subscription)


def failure_of(host: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bool]:
    """How a message to ``host`` fails where that of Google and those under ``test`` may be called."""
    made = envelope(Device())
    address = json.dumps(json.loads(made.address) | {"endpoint": f"https://{host}/x"})

    async def found(*_arguments: Any, **_more: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]

    async def go() -> tuple[str, bool]:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found, raising=False)
        line = await WebPush().open()
        with pytest.raises(DeliveryFailed) as failure:
            await line.send(made._replace(address=address))
        await line.close()
        return failure.value.reason, failure.value.temporary

    with override_settings(PUSH_HOSTS=[".push.test", "127.0.0.1"]):
        return asyncio.run(go())


@pytest.mark.parametrize(
    ("host", "reason", "temporary"),
    [
        ("push.example", "webpush-host", False),
        ("a.push.test", "webpush-not-public", False),
        ("127.0.0.1", "webpush-unreachable", True),
    ],
)
def test_a_service_that_may_not_or_cannot_be_called_fails_the_copy(
    host: str, reason: str, *, temporary: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failure_of(host, monkeypatch) == (reason, temporary)


@pytest.mark.parametrize(
    ("status", "noted"), [(201, ["leaves", "taken"] * 2), (503, ["leaves"] * 2), (0, [])], ids=["taken", "busy", "away"]
)
def test_a_line_says_when_the_message_leaves_and_when_it_was_taken(
    monkeypatch: pytest.MonkeyPatch, status: int, noted: list[str]
) -> None:
    """The service is one on loopback, which the list of hosts would never let through."""
    monkeypatch.setattr("plp.channels.webpush.push_connection.is_allowed_endpoint", lambda _endpoint, _hosts: True)
    progress, made = Noted(), envelope(Device())
    address = made.address

    async def service(_request: web.BaseRequest) -> web.Response:
        return web.Response(status=status)

    async def go() -> None:
        server = await asyncio.get_running_loop().create_server(web.Server(service), "127.0.0.1", 0)
        here = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        if not status:
            server.close()
        line = await WebPush().open()
        line.progress = progress
        for _copy in range(2):  # a new connection, and one that is kept
            with suppress(DeliveryFailed):
                await line.send(made._replace(address=address.replace("https://fcm.googleapis.com", here)))
        await line.close()
        server.close()

    with override_settings(PUSH_HOSTS=["127.0.0.1"]):
        asyncio.run(go())

    assert progress.noted == noted


@override_settings(PUSH_HOSTS=[])
def test_without_hosts_no_line_is_opened() -> None:
    with pytest.raises(ConnectionFailed, match="webpush-off"):
        asyncio.run(WebPush().open())
