"""Eight suppliers as their public documentation shows them: what they ask of a request, what they answer and bring.

The conversations are ours, in the documented shapes; the rules of ``SupplierCase.faults`` are enforced on what we send.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

from plp.channels.sms.suppliers.descriptions import HERE

NUMBER, DIGITS = "+32475123456", "32475123456"
PLUS, PLAIN = r"\+[1-9][0-9]{7,14}", r"[1-9][0-9]{7,14}"
NAME = "copy-0001"  # the supplier's name for the copy in every conversation


@dataclass(frozen=True)
class SupplierCase:
    """One supplier. ``asks``: where each value stands in its request. ``headers``: what proves our account there.

    ``receipt`` and ``reply``: what it brings; ``{reference}`` is ours. ``states``: its words for delivered and failed.
    """

    url: str
    path: str
    asks: Mapping[str, str]
    answer: tuple[int, Any]
    receipt: Any
    reply: Any
    states: tuple[str, str]
    number: str = PLAIN
    limit: int = 1600  # letters of a text
    content: str = "json"
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""  # of what it signs
    names_copy: bool = True  # whether our reference comes back in the receipt, or in its address

    @property
    def key(self) -> str:
        """The name of the description."""
        return urlsplit(self.url).scheme

    def values(self, target: str, body: bytes) -> dict[str, str]:
        """The values of a request by their places."""
        fields: Any = json.loads(body) if self.content == "json" else None
        if fields is None:
            pairs = parse_qs(body.decode() if self.content == "form" else urlsplit(target).query, strict_parsing=True)
            fields = {name: values[0] for name, values in pairs.items()}
        return {name: _at(fields, path) for name, path in self.asks.items()}

    def faults(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> list[str]:
        """What breaks the supplier's rules; empty when it takes the request."""
        values = self.values(target, body)
        rules = {
            "method": method == ("GET" if self.content == "query" else "POST"),
            "path": urlsplit(target).path == self.path,
            "account": all(headers.get(name.lower()) == word for name, word in self.headers.items()),
            "number": bool(re.fullmatch(self.number, values["to"])),
            "text": 0 < len(values["text"]) <= self.limit,
            "type": headers.get("content-type", "") in TYPES[self.content],
            "required": all(values.values()),
        }
        return [rule for rule, holds in rules.items() if not holds]

    def brings(self, news: Any, **places: str) -> tuple[str, bytes, str]:
        """A callback: its query, its body and the type of that, with the places filled."""
        text = json.dumps(news)
        for name, word in {"number": DIGITS if self.number == PLAIN else NUMBER, "name": NAME, **places}.items():
            text = text.replace(f"{{{name}}}", word)
        fields = json.loads(text)
        if self.content == "json":
            return "", json.dumps(fields).encode(), "application/json"
        encoded = urlencode(fields)
        return ("", encoded.encode(), TYPES["form"][0]) if self.content == "form" else (encoded, b"", "")

    def signature(self, url: str, body: bytes, now: int) -> dict[str, str]:
        """The headers by which the supplier signs, worked out apart from the program."""
        if self.key == "twilio":
            pairs = sorted(parse_qs(body.decode(errors="replace"), keep_blank_values=True).items())
            words = url + "".join(name + values[0] for name, values in pairs)
            return {"X-Twilio-Signature": _hmac(self.secret, words.encode(), "sha1")}
        if self.key == "bird":
            words = f"{now}\n{url}\n".encode() + hashlib.sha256(body).digest()
            return {
                "messagebird-signature": _hmac(self.secret, words, "sha256"),
                "messagebird-request-timestamp": str(now),
            }
        if self.key == "vonage":
            claims = {"iat": now, "jti": "1", "iss": "Vonage", "api_key": "key1"}
            claims["payload_hash"] = hashlib.sha256(body).hexdigest()
            return {"Authorization": f"Bearer {jwt.encode(claims, self.secret, algorithm='HS256')}"}
        return {}

    def url_on_loopback(self, port: int, folder: Path) -> str:
        """PLP_SMS_URL with the supplier's description, but for the host: that is this machine."""
        words = (HERE / f"{self.key}.toml").read_text(encoding="utf-8")
        path = folder / str(port) / f"{self.key}.toml"  # a description is read once
        path.parent.mkdir()
        path.write_text(
            re.sub(r'^(url|check) = "https://[^/"]+', rf'\1 = "http://127.0.0.1:{port}', words, flags=re.MULTILINE)
        )
        front, mark, query = self.url.partition("?")
        return f"{front}{path}{mark}{query}"


class Receiver:
    """A supplier on loopback: refuses what breaks its rules. Then the answers of ``script``; ``None`` hangs up."""

    def __init__(self, case: SupplierCase, *script: tuple[int, Any] | None) -> None:
        self.case, self.script, self.port = case, list(script), 0
        self.taken: list[dict[str, str]] = []
        self.asked = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        try:
            while True:
                first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
                method, target, _version = first.split(" ")
                headers = {name.lower(): word for name, _colon, word in (line.partition(": ") for line in lines)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                self.asked += 1
                answer = self.answer(method, target, headers, body)
                if answer is None:
                    break
                words = json.dumps(answer[1]).encode()
                head = f"HTTP/1.1 {answer[0]} So\r\nContent-Length: {len(words)}\r\nRetry-After: 7\r\n\r\n"
                writer.write(head.encode() + (b"" if method == "HEAD" else words))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, Any] | None:
        """What it answers."""
        if method == "HEAD":
            return 404, {}
        if method == "GET" and urlsplit(target).path != self.case.path:  # it asks whether it knows us
            return self.script.pop(0)
        faults = self.case.faults(method, target, headers, body)
        if faults:
            return 400, {"broken": faults}
        self.taken.append(self.case.values(target, body))
        return self.script.pop(0) if self.script else self.case.answer


TYPES = {"form": ["application/x-www-form-urlencoded"], "json": ["application/json"], "query": [""]}


def _hmac(secret: str, words: bytes, digest: str) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), words, digest)).decode()


def _at(tree: Any, path: str) -> str:
    for step in path.split("."):
        tree = tree[int(step)] if isinstance(tree, list) else tree.get(step, "")
    return tree


def _basic(pair: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


SECRET = "a-signing-key-of-thirty-two-letters"
CASES = [
    SupplierCase(
        url="twilio://AC0123:to%2Fken@",
        path="/2010-04-01/Accounts/AC0123/Messages.json",
        asks={"to": "To", "from": "From", "text": "Body", "callback": "StatusCallback"},
        number=PLUS,
        content="form",
        headers=_basic("AC0123:to/ken"),
        answer=(201, {"sid": NAME, "status": "queued", "num_segments": "1", "error_code": None}),
        receipt={"MessageSid": "{name}", "MessageStatus": "{state}", "To": "{number}", "AccountSid": "AC0123"},
        reply={
            "MessageSid": "{name}",
            "SmsStatus": "received",
            "From": "{number}",
            "To": "+32460001234",
            "Body": "{text}",
        },
        states=("delivered", "undelivered"),
        secret="to/ken",
    ),
    SupplierCase(
        url=f"vonage://key1:pass@?secret={SECRET}",
        path="/v1/messages",
        asks={
            "to": "to",
            "from": "from",
            "text": "text",
            "callback": "webhook_url",
            "kind": "message_type",
            "way": "channel",
        },
        headers=_basic("key1:pass"),
        answer=(202, {"message_uuid": NAME}),
        receipt={
            "message_uuid": "{name}",
            "to": "{number}",
            "status": "{state}",
            "client_ref": "{reference}",
            "channel": "sms",
        },
        reply={
            "message_uuid": "{name}",
            "from": "{number}",
            "channel": "sms",
            "message_type": "text",
            "text": "{text}",
        },
        states=("delivered", "rejected"),
        secret=SECRET,
    ),
    SupplierCase(
        url="infobip://:api-key@xyz12.api.infobip.com",
        path="/sms/3/messages",
        asks={
            "to": "messages.0.destinations.0.to",
            "from": "messages.0.sender",
            "text": "messages.0.content.text",
            "callback": "messages.0.webhooks.delivery.url",
        },
        headers={"Authorization": "App api-key"},
        answer=(
            200,
            {"bulkId": "1", "messages": [{"messageId": NAME, "status": {"groupId": 1, "groupName": "PENDING"}}]},
        ),
        receipt={
            "results": [
                {
                    "messageId": "{name}",
                    "to": "{number}",
                    "status": {"groupName": "{state}"},
                    "callbackData": "{reference}",
                }
            ]
        },
        reply={
            "results": [{"messageId": "{name}", "from": "{number}", "text": "{text}", "smsCount": 1}],
            "messageCount": 1,
        },
        states=("DELIVERED", "UNDELIVERABLE"),
    ),
    SupplierCase(
        url="sinch://plan1:token@eu",
        path="/xms/v1/plan1/batches",
        asks={"to": "to.0", "from": "from", "text": "body", "callback": "callback_url", "report": "delivery_report"},
        headers={"Authorization": "Bearer token"},
        answer=(201, {"id": NAME, "to": [DIGITS], "type": "mt_text", "canceled": False}),
        receipt={
            "type": "recipient_delivery_report_sms",
            "batch_id": "{name}",
            "recipient": "{number}",
            "status": "{state}",
            "code": 0,
            "client_reference": "{reference}",
        },
        reply={"type": "mo_text", "id": "{name}", "from": "{number}", "to": "8810", "body": "{text}"},
        states=("Delivered", "Failed"),
    ),
    SupplierCase(
        url=f"bird://space:key@?channel=way&secret={SECRET}",
        path="/workspaces/space/channels/way/messages",
        asks={
            "to": "receiver.contacts.0.identifierValue",
            "kind": "receiver.contacts.0.identifierKey",
            "text": "body.text.text",
            "form": "body.type",
            "reference": "reference",
        },
        number=PLUS,
        headers={"Authorization": "AccessKey key"},
        answer=(202, {"id": NAME, "status": "accepted", "channelId": "way"}),
        receipt={
            "service": "channels",
            "event": "sms.outbound",
            "payload": {"id": "{name}", "status": "{state}", "reference": "{reference}"},
        },
        reply={
            "service": "channels",
            "event": "sms.inbound",
            "payload": {
                "id": "{name}",
                "sender": {"contact": {"identifierKey": "phonenumber", "identifierValue": "{number}"}},
                "body": {"type": "text", "text": {"text": "{text}"}},
            },
        },
        states=("delivered", "delivery_failed"),
        secret=SECRET,
    ),
    SupplierCase(
        url="ringring://:key@",
        path="/sms/V1/Message",
        asks={"to": "to", "from": "from", "text": "message", "account": "apiKey", "reference": "reference"},
        answer=(200, {"ResultCode": 0, "ResultDescription": "Success", "MessageId": NAME}),
        receipt={
            "MessageId": "{name}",
            "Reference": "{reference}",
            "StatusCode": "200",
            "StatusDescription": "{state}",
            "ResultCode": 0,
            "To": "{number}",
        },
        reply={
            "MessageId": "{name}",
            "From": "{number}",
            "To": "8686",
            "Message": "{text}",
            "TimeReceived": "2026-11-30 12:00:00",
        },
        states=("Delivered", "Failed"),
    ),
    SupplierCase(
        url="smstools://client:secret@",
        path="/v1/message/send",
        asks={"to": "to", "from": "sender", "text": "message", "reference": "reference"},
        headers={"X-Client-Id": "client", "X-Client-Secret": "secret"},
        answer=(200, {"messageid": NAME}),
        receipt=[
            {
                "webhook_type": "delivery_report",
                "message": {"id": "{name}", "status": "{state}", "reference": "{reference}"},
            }
        ],
        reply=[
            {"webhook_type": "inbox_message", "message": {"id": "{name}", "sender": "{number}", "content": "{text}"}}
        ],
        states=("1", "2"),
    ),
    SupplierCase(
        url="ovhcloud://user:pass@?account=sms-ab12345-1",
        path="/cgi-bin/sms/http2sms.cgi",
        asks={
            "to": "to",
            "from": "from",
            "text": "message",
            "account": "account",
            "login": "login",
            "password": "password",
            "alphabet": "smsCoding",
        },
        number=PLUS,
        content="query",
        answer=(200, {"status": 100, "creditLeft": "85.95", "SmsIds": [NAME]}),
        receipt={"id": "{name}", "ptt": "4", "date": "20261130", "description": "{state}", "descriptionDlr": "Success"},
        reply={"id": "{name}", "sender": "{number}", "message": "{text}"},
        states=("1", "2"),
        names_copy=False,
    ),
]
