"""Mails as strangers and coordinators write them, signed or not, and the DNS records of their keys."""

import base64
from functools import cache

import dkim
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import rsa

SELECTOR = "s1"


@cache
def key(size: int = 2048) -> tuple[bytes, str]:
    """A private key (PEM) and the public one as it stands in a record."""
    private = rsa.generate_private_key(65537, size)
    pem = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.TraditionalOpenSSL, form.NoEncryption())
    public = private.public_key().public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
    return pem, base64.b64encode(public).decode()


def record(size: int = 2048, more: str = "") -> bytes:
    """The record of that key."""
    return f"v=DKIM1; k=rsa; {more}p={key(size)[1]}".encode()


class Dns:
    """A name server that knows the keys of some domains."""

    def __init__(self, *domains: str) -> None:
        self.records = {f"{SELECTOR}._domainkey.{domain}": record() for domain in domains}
        self.asked: list[str] = []

    def __call__(self, name: str) -> bytes | None:
        self.asked.append(name)
        return self.records.get(name)


def written(sender: str, words: str, *, more: str = "", to: str = "plp@plp.test") -> bytes:
    """A mail without signature; ``more`` are further header lines."""
    lines = [f"From: {sender}", f"To: {to}", "Subject: Re: message", *more.splitlines(), "MIME-Version: 1.0"]
    if "content-type" not in more.lower():
        lines.append('Content-Type: text/plain; charset="utf-8"')
    return "\r\n".join([*lines, "", words.replace("\n", "\r\n"), ""]).encode()


def signed(mail: bytes, domain: str, *, size: int = 2048, **how: object) -> bytes:
    """The mail with a DKIM signature of ``domain``."""
    return dkim.sign(mail, SELECTOR.encode(), domain.encode(), key(size)[0], **how) + mail
