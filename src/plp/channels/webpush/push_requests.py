"""From an envelope to what a push service takes: encrypted words and the headers that say how urgent they are."""

import hashlib
import json
from email.utils import parseaddr
from io import BytesIO
from typing import NamedTuple

from django.conf import settings
from webpush import WebPush as Encryption
from webpush import WebPushSubscription

from plp.channels.webpush.keys import private_pem, public_pem
from plp.channels.webpush.subscriptions import base64url
from plp.delivery.channel import Envelope, fill

MOST_BYTES = 3_900  # of what is shown; a service takes 4,096 encrypted
URGENT_LIVES, LIVES = 4 * 3_600, 3 * 86_400  # seconds for which a service keeps what a telephone cannot take yet


class PushRequest(NamedTuple):
    """One request to a push service."""

    endpoint: str
    content: bytes
    headers: dict[str, str]


class PushRequestWriter:
    """Writes and encrypts for one installation."""

    def __init__(self) -> None:
        _name, self.mailbox = parseaddr(settings.MAIL_FROM)
        self.encryption = Encryption(BytesIO(private_pem()), BytesIO(public_pem()))

    def build_request(self, envelope: Envelope) -> PushRequest:
        """The request for one copy. Title and short text only: who reads it is named nowhere, and no link is in it."""
        subscription = WebPushSubscription.model_validate_json(envelope.address)
        topic = base64url(hashlib.sha256(envelope.reference.encode()).digest()[:24])
        lives = int(envelope.lives) if envelope.lives is not None else LIVES
        encrypted_message = self.encryption.get(
            notification_payload(envelope.prepared.title, fill(envelope.prepared.body, envelope.values), topic),
            subscription,
            subscriber=self.mailbox,
            ttl=max(1, min(lives, URGENT_LIVES if envelope.urgent else LIVES)),
        )
        urgency = {"urgency": "high" if envelope.urgent else "normal", "topic": topic}
        return PushRequest(
            json.loads(envelope.address)["endpoint"],
            encrypted_message.encrypted,
            {**encrypted_message.headers, **urgency},
        )


def notification_payload(title: str, body: str, topic: str) -> bytes:
    """What the service worker is told, cut to what a push service takes: the page has the whole."""
    room = MOST_BYTES - len(json.dumps({"title": title, "body": "…", "tag": topic}, ensure_ascii=False).encode())
    if len(json.dumps(body, ensure_ascii=False).encode()) > room:
        while len(json.dumps(body, ensure_ascii=False).encode()) > room:
            body = body[: len(body) * 9 // 10]
        body += "…"
    return json.dumps({"title": title, "body": body, "tag": topic}, ensure_ascii=False).encode()
