"""A letter as bytes: signed by Ed25519, encrypted by age (docs/formats.md). No database, no clock.

Inside the encryption stand four lines: the mark, the meeting, the signature, and the body as JSON on one line. So who
wrote it is known before anything of it is parsed.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import pyrage
else:
    pyrage = lazy_import("pyrage")

MARK = "plp-letter-1"
INVITATION_MARK = "plp-invitation-1."
FILE_MARK = "plp-letters-1"
PARTS = 4
MOST_INVITATION = 4_000  # signs


@dataclass(frozen=True)
class KeyPair:
    """Four texts: both secrets and both public keys, as they are kept."""

    signing_secret: str
    identity: str
    signing_key: str
    recipient: str


@dataclass(frozen=True)
class OpenedLetter:
    """A letter taken out of its encryption; not yet known to be genuine."""

    pairing: UUID
    signature: str
    body: bytes


def new_key_pair() -> KeyPair:
    """A key to sign with and a key to be written to."""
    signing, identity = Ed25519PrivateKey.generate(), pyrage.x25519.Identity.generate()
    return KeyPair(
        _base64_text(signing.private_bytes_raw()),
        str(identity),
        _base64_text(signing.public_key().public_bytes_raw()),
        str(identity.to_public()),
    )


def sealed_letter(pairing: UUID, body: dict[str, Any], *, signing_secret: str, recipient: str) -> bytes:
    """A letter that only ``recipient`` opens and only the holder of ``signing_secret`` can have written."""
    words = json.dumps(body, separators=(",", ":"), ensure_ascii=False, sort_keys=True).encode()
    signature = base64_signature(_signed_bytes(pairing, words), signing_secret)
    lines = b"\n".join([MARK.encode(), str(pairing).encode(), signature.encode(), words])
    return bytes(pyrage.encrypt(lines, [pyrage.x25519.Recipient.from_str(recipient)]))


def opened_letter(sealed: bytes, identities: list[str]) -> OpenedLetter | None:
    """What a letter holds, if one of our identities opens it and it has the four lines; else nothing."""
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    try:
        parts = bytes(pyrage.decrypt(sealed, keys)).split(b"\n", PARTS - 1)
        if len(parts) != PARTS or parts[0] != MARK.encode():
            return None
        return OpenedLetter(UUID(parts[1].decode()), parts[2].decode(), parts[3])
    except (pyrage.DecryptError, ValueError):
        return None


def is_genuine_letter(letter: OpenedLetter, signing_key: str) -> bool:
    """Whether the holder of ``signing_key`` signed this pairing and this body."""
    return is_signed_with(_signed_bytes(letter.pairing, letter.body), letter.signature, signing_key)


def _signed_bytes(pairing: UUID, body: bytes) -> bytes:
    return b"\n".join([MARK.encode(), str(pairing).encode(), body])


def key_statement(pairing: UUID, signing_key: str, recipient: str) -> bytes:
    """What a new key signs, so that nobody announces a key that is not theirs."""
    return "\n".join(["plp-keys-1", str(pairing), signing_key, recipient]).encode()


def base64_signature(content: bytes, signing_secret: str) -> str:
    """The Ed25519 signature of ``content`` in base64."""
    return _base64_text(Ed25519PrivateKey.from_private_bytes(base64.b64decode(signing_secret)).sign(content))


def is_signed_with(content: bytes, signature: str, signing_key: str) -> bool:
    """Whether the holder of ``signing_key`` made this signature of ``content``. What is no key has signed nothing."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(signing_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def invitation_text(fields: dict[str, str]) -> str:
    """An invitation to paste: the mark and the fields as JSON in base64, without a sign that a mail breaks."""
    words = json.dumps(fields, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return INVITATION_MARK + base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def invitation_bytes(invitation: str) -> bytes | None:
    """The JSON of a pasted invitation, however its lines were broken; nothing if it is none."""
    text = "".join(invitation.split())
    if not text.startswith(INVITATION_MARK) or len(text) > MOST_INVITATION:
        return None
    encoded = text.removeprefix(INVITATION_MARK)
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None


def letter_file(letters: list[bytes]) -> bytes:
    """Letters for a stick: a line each, after the mark."""
    return ("\n".join([FILE_MARK, *map(_base64_text, letters)]) + "\n").encode()


def letters_in_file(content: bytes) -> list[bytes] | None:
    """The letters of a file in its order; nothing if it is none."""
    try:
        mark, *lines = content.decode("ascii").split()
        return [base64.b64decode(line, validate=True) for line in lines] if mark == FILE_MARK else None
    except (ValueError, binascii.Error):
        return None


def _base64_text(content: bytes) -> str:
    return base64.b64encode(content).decode()
