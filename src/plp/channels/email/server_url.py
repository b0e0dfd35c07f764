"""Where the mail goes: ``smtp://user:password@host:587?starttls=require`` or ``smtps://…``."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit


class BadServerUrl(ValueError):
    """The setting cannot be used. Its text is a sentence for the operator and holds no secret."""


@dataclass(frozen=True)
class SmtpServer:
    """An SMTP server. ``tls`` is ``implicit``, ``starttls`` or ``none``: it is never negotiated down (F13)."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""


def is_loopback(host: str) -> bool:
    """Whether a connection to ``host`` never leaves this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def parse_server_url(url: str, setting: str) -> SmtpServer:
    """The server of the setting ``setting``.

    A server elsewhere is spoken to in TLS only, unless ``?starttls=off`` says otherwise; a password never travels in
    clear. Raises ``BadServerUrl``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise BadServerUrl(f"{setting} must look like smtp://user:password@host:587.") from wrong
    wish = parse_qs(parts.query).get("starttls", [""])[0]
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or wish not in {"", "1", "require", "off", "0"}:
        raise BadServerUrl(f"{setting} must look like smtp://user:password@host:587?starttls=require or smtps://host.")
    near = is_loopback(parts.hostname)
    if parts.scheme == "smtps":
        tls = "implicit"
    elif wish in {"1", "require"} or (not wish and not near):
        tls = "starttls"
    else:
        tls = "none"
    if parts.username and tls == "none" and not near:
        raise BadServerUrl(f"{setting} would send a password in clear: use smtps:// or ?starttls=require.")
    return SmtpServer(
        parts.hostname,
        port or {"implicit": 465, "starttls": 587, "none": 25}[tls],
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
