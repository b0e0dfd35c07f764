"""A browser that subscribed to notifications, without the browser: it has the keys, so it can read what comes."""

import json
import os
import struct
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Device:
    """One browser at one push service; ``endpoint`` is its address there."""

    def __init__(self, endpoint: str = "https://fcm.googleapis.com/fcm/send/invented") -> None:
        self.endpoint = endpoint
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.secret = os.urandom(16)

    @property
    def subscription(self) -> str:
        """What ``PushSubscription.toJSON`` gives a page."""
        keys = {"p256dh": _text(self.point), "auth": _text(self.secret)}
        return json.dumps({"endpoint": self.endpoint, "expirationTime": None, "keys": keys})

    def read(self, content: bytes) -> dict[str, Any]:
        """Open what came (RFC 8188 and 8291). Raises ``InvalidTag`` for what was not meant for this device."""
        salt, length = content[:16], content[20]
        sender, words = content[21 : 21 + length], content[21 + length :]
        assert struct.unpack("!L", content[16:20]) == (4096,)
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        start = _derived(shared, self.secret, b"WebPush: info\x00" + self.point + sender, 32)
        key = _derived(start, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _derived(start, salt, b"Content-Encoding: nonce\x00", 12)
        told: dict[str, Any] = json.loads(AESGCM(key).decrypt(nonce, words, None).rstrip(b"\x00").removesuffix(b"\x02"))
        return told


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
