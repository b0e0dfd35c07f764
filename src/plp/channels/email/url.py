"""Where the mail goes: ``smtp://user:password@host:587?starttls=require`` or ``smtps://…``."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit


class BadUrl(ValueError):
    """The setting cannot be used. Its text is a sentence for the operator and holds no secret."""


@dataclass(frozen=True)
class Server:
    """An SMTP server. ``tls`` is ``implicit``, ``starttls`` or ``none``: it is never negotiated down (F13)."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""


def is_this_machine(host: str) -> bool:
    """Whether a connection to ``host`` never leaves this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read(url: str, name: str) -> Server:
    """The server of the setting ``name``.

    A server elsewhere is spoken to in TLS only, unless ``?starttls=off`` says otherwise; a password never travels in
    clear. Raises ``BadUrl``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise BadUrl(f"{name} must look like smtp://user:password@host:587.") from wrong
    wish = parse_qs(parts.query).get("starttls", [""])[0]
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or wish not in {"", "1", "require", "off", "0"}:
        raise BadUrl(f"{name} must look like smtp://user:password@host:587?starttls=require or smtps://host.")
    near = is_this_machine(parts.hostname)
    if parts.scheme == "smtps":
        tls = "implicit"
    elif wish in {"1", "require"} or (not wish and not near):
        tls = "starttls"
    else:
        tls = "none"
    if parts.username and tls == "none" and not near:
        raise BadUrl(f"{name} would send a password in clear: use smtps:// or ?starttls=require.")
    return Server(
        parts.hostname,
        port or {"implicit": 465, "starttls": 587, "none": 25}[tls],
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
