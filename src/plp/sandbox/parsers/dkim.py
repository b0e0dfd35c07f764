"""Who signed a mail: the domains whose DKIM signature over it is good (RFC 6376, RFC 8463, RFC 8301).

Stricter than the standard where a mail may lead to an act: only SHA-256, RSA from 1024 bits on, the whole body (no
``l=``), no keys in test. The keys are asked from ``keys``: the DNS, or another source in a test.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

Keys = Callable[[str], bytes | None]  # the name of a TXT record -> its content, or None
Field = tuple[str, bytes]  # name in small letters, the whole header field with its end of line

MOST_SIGNATURES = 5
MOST_FIELDS = 500
SMALLEST_KEY, LARGEST_KEY = 1024, 4096  # bits
EARLY = 300  # seconds by which a signer's clock may be wrong
DOMAIN = re.compile(r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
SELECTOR = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9._-]*[a-z0-9])?")
FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
SPACES = re.compile(rb"[ \t]+")
SIGNED = re.compile(rb"((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")


class Unsigned(Exception):
    """A signature that is not good, or a mail that is none."""


class RawMail(NamedTuple):
    """A mail as bytes: its header fields in order, its body."""

    fields: list[Field]
    body: bytes


def signing_domains(raw: bytes, *, keys: Keys, now: int) -> set[str]:
    """The domains (small letters) with a good signature over ``raw``. ``now``: seconds since 1970."""
    try:
        mail = split_mail(raw)
    except Unsigned:
        return set()
    places = [place for place, (name, _field) in enumerate(mail.fields) if name == "dkim-signature"]
    return set(_verified_domains(mail, places[:MOST_SIGNATURES], keys, now))


def _verified_domains(mail: RawMail, positions: list[int], keys: Keys, now: int) -> Iterator[str]:
    for place in positions:
        try:
            yield _domain_of_valid_signature(mail, place, keys, now)
        except (Unsigned, InvalidSignature, UnsupportedAlgorithm):
            continue


def split_mail(raw: bytes) -> RawMail:
    """Header fields and body, lines ended by CRLF. Raises ``Unsigned`` for what no mail looks like."""
    raw = re.sub(rb"\r?\n", b"\r\n", raw)
    head, _empty, body = raw.partition(b"\r\n\r\n")
    fields: list[tuple[str, list[bytes]]] = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1].append(line)
        elif name_match := FIELD.match(line):
            fields.append((name_match[1].decode("ascii").lower(), [line]))
        else:
            raise Unsigned
        if len(fields) > MOST_FIELDS:
            raise Unsigned
    return RawMail([(name, b"".join(line + b"\r\n" for line in lines)) for name, lines in fields], body)


def parse_tags(record: bytes) -> dict[str, str]:
    """A list of ``tag=value`` pairs. Raises ``Unsigned`` for a broken or repeated one."""
    try:
        pairs = [pair for pair in record.decode("ascii").split(";") if pair.strip()]
    except UnicodeDecodeError as wrong:
        raise Unsigned from wrong
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name.strip() in values:
            raise Unsigned
        values[name.strip()] = value.strip()
    return values


def _domain_of_valid_signature(mail: RawMail, position: int, keys: Keys, now: int) -> str:
    """The domain of a good signature. Raises ``Unsigned`` or ``InvalidSignature``."""
    field = mail.fields[position][1]
    sig = parse_tags(field.partition(b":")[2])
    domain, selector = sig.get("d", "").lower(), sig.get("s", "").lower()
    names = [name.strip().lower() for name in sig.get("h", "").split(":")]
    if sig.get("v") != "1" or "l" in sig or "from" not in names or not DOMAIN.fullmatch(domain):
        raise Unsigned
    if not SELECTOR.fullmatch(selector) or "dns/txt" not in sig.get("q", "dns/txt").split(":"):
        raise Unsigned
    identity = sig.get("i", f"@{domain}").lower().rpartition("@")[2]
    if identity != domain and not identity.endswith(f".{domain}"):
        raise Unsigned
    _refuse_future_or_expired(sig, now)
    header_form, _slash, body_form = sig.get("c", "simple/simple").partition("/")
    body = BODIES.get(body_form or "simple", _refuse_canonicalization)(mail.body)
    if _decode_base64(sig.get("bh", "")) != hashlib.sha256(body).digest():
        raise Unsigned
    form = HEADS.get(header_form, _refuse_canonicalization)
    chosen = b"".join(form(signed_field) for signed_field in _signed_fields(mail, names, position))
    own = form(field.partition(b":")[0] + b":" + SIGNED.sub(rb"\1", field.partition(b":")[2]))
    key = _load_key(keys(f"{selector}._domainkey.{domain}"), algorithm=sig.get("a", ""), exact=identity == domain)
    _require_valid_signature(key, _decode_base64(sig.get("b", "")), chosen + own.removesuffix(b"\r\n"))
    return domain


def _refuse_future_or_expired(sig: Mapping[str, str], now: int) -> None:
    """Neither of the future nor over."""
    for tag in ("t", "x"):
        value = sig.get(tag, "0")
        if not (value.isascii() and value.isdecimal() and len(value) <= 12):
            raise Unsigned
    if int(sig.get("t", "0")) > now + EARLY or ("x" in sig and int(sig["x"]) < now):
        raise Unsigned


def _decode_base64(value: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"\s+", "", value), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Unsigned from wrong


def _signed_fields(mail: RawMail, names: list[str], position: int) -> Iterator[bytes]:
    """The signed fields: of several with one name the last first, one that is missing counts as nothing."""
    remaining: dict[str, list[bytes]] = {}
    for number, (name, field) in enumerate(mail.fields):
        if number != position:
            remaining.setdefault(name, []).append(field)
    for name in names:
        if remaining.get(name):
            yield remaining[name].pop()


def _relaxed_field(field: bytes) -> bytes:
    name, _colon, value = field.partition(b":")
    flat = SPACES.sub(b" ", value.replace(b"\r\n", b""))
    return name.strip().lower() + b":" + flat.strip(b" ") + b"\r\n"


def _relaxed_body(body: bytes) -> bytes:
    lines = [SPACES.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    flat = b"\r\n".join(lines).rstrip(b"\r\n")
    return flat + b"\r\n" if flat else b""


def _simple_body(body: bytes) -> bytes:
    end = len(body)
    while body[max(end - 4, 0) : end] == b"\r\n\r\n":
        end -= 2
    return body[:end] if body[:end].endswith(b"\r\n") else body + b"\r\n"


def _refuse_canonicalization(_words: bytes) -> bytes:
    raise Unsigned


HEADS: Mapping[str, Callable[[bytes], bytes]] = {"simple": bytes, "relaxed": _relaxed_field}
BODIES: Mapping[str, Callable[[bytes], bytes]] = {"simple": _simple_body, "relaxed": _relaxed_body}


def _load_key(record: bytes | None, *, algorithm: str, exact: bool) -> RSAPublicKey | Ed25519PublicKey:
    """The key of a record of the DNS, if it may sign this. Raises ``Unsigned``."""
    if record is None:
        raise Unsigned
    record_tags = parse_tags(record)
    kind, flags = record_tags.get("k", "rsa"), record_tags.get("t", "").split(":")
    if record_tags.get("v", "DKIM1") != "DKIM1" or algorithm != f"{kind}-sha256" or "y" in flags:
        raise Unsigned
    if "sha256" not in record_tags.get("h", "sha256").split(":") or ("s" in flags and not exact):
        raise Unsigned
    if not {"*", "email"} & set(record_tags.get("s", "*").split(":")):
        raise Unsigned
    public = _decode_base64(record_tags.get("p", ""))
    try:
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(public)
        key = load_der_public_key(public)
    except ValueError as wrong:
        raise Unsigned from wrong
    if not isinstance(key, RSAPublicKey) or not SMALLEST_KEY <= key.key_size <= LARGEST_KEY:
        raise Unsigned
    return key


def _require_valid_signature(key: RSAPublicKey | Ed25519PublicKey, signature: bytes, signed_bytes: bytes) -> None:
    """Raises ``InvalidSignature``."""
    if isinstance(key, Ed25519PublicKey):
        key.verify(signature, hashlib.sha256(signed_bytes).digest())
    else:
        key.verify(signature, signed_bytes, PKCS1v15(), SHA256())
