"""The key pair by which push services know this installation (VAPID, RFC 8292), from the bytes of ``PLP_PUSH_KEY``."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from plp.channels.webpush.subscriptions import base64url

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256


@lru_cache(maxsize=4)
def _derive_private_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(secret[:32]) % (ORDER - 1) + 1, ec.SECP256R1())


def private_pem() -> bytes:
    """The private half, as PEM."""
    return _derive_private_key(settings.PUSH_KEY).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem() -> bytes:
    """The public half, as PEM."""
    return (
        _derive_private_key(settings.PUSH_KEY)
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )


def public_key() -> str:
    """The public half as a browser wants it (``applicationServerKey``)."""
    return base64url(
        _derive_private_key(settings.PUSH_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
