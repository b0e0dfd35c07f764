"""Settings that are addresses: of this machine, of servers that we speak to, of the site itself."""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

from plp.server.setting_readers import read_secret, read_text, setting_refusal

LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"  # an underscore stands in names of containers
HOST = re.compile(rf"{LABEL}(\.{LABEL})*", re.IGNORECASE)


def read_listening_ip(setting: str, default: str) -> str:
    """An IP address to listen at."""
    address = read_text(setting, default)
    try:
        return address if address == "localhost" else str(ipaddress.ip_address(address))
    except ValueError:
        raise setting_refusal(setting, "an IP address of this machine such as 127.0.0.1 or 0.0.0.0", address) from None


def is_host(host: str) -> bool:
    """Whether ``host`` is the exact name or the IP address of one machine: no pattern, no space."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(HOST.fullmatch(host)) and len(host) <= 253 and not host.rpartition(".")[2].isdecimal()
    return True


def split_url(url: str) -> SplitResult | None:
    """The parts of an address whose host is exact and whose port is one; None for any other text."""
    try:
        parts = urlsplit(url)
        is_sound = is_host(parts.hostname or "") and parts.port != 0
    except ValueError:
        return None
    return parts if is_sound and url.isascii() and not re.search(r"[\s\\#]", url) else None


def read_url(
    setting: str,
    schemes: str,
    example: str,
    default: str = "",
    *,
    is_secret: bool = False,
    needs_user: bool = False,
    path_pattern: str = ".*",
    options: Mapping[str, str] | None = None,
) -> str:
    """An address with one of ``schemes`` (spaces between) and an exact host, or nothing.

    A user and a password may stand in it only where it is secret. ``path_pattern`` says what may follow the host;
    ``options`` holds what may stand behind a ``?``, each with the pattern of its value (None: anything).
    """
    url = read_secret(setting, default) if is_secret else read_text(setting, default)
    parts = split_url(url)
    if not url:
        return ""
    if (
        parts is None
        or parts.scheme not in schemes.split()
        or (parts.username is not None and not is_secret)
        or (needs_user and not parts.username)
        or not re.fullmatch(path_pattern, parts.path)
    ):
        hint = (
            " (in a password / # @ and spaces are written %2F %23 %40 %20)"
            if is_secret
            else ""
            if "@" in url
            else f", not {url!r}"
        )
        raise ImproperlyConfigured(f"{setting} must look like {example}{hint}.")
    if options is not None:
        _refuse_unknown_query_options(setting, parts.query, options)
    return url


def _refuse_unknown_query_options(setting: str, query: str, options: Mapping[str, str]) -> None:
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key not in options or not re.fullmatch(options[key], value):
            allowed_options = " or ".join(f"{option}={form}" for option, form in options.items()) or "nothing"
            raise ImproperlyConfigured(
                f"{setting}: behind the ? may stand {allowed_options}, not {key}= and something else."
            )


def host_of_origin(origin: str) -> str:
    """The host of an address as it stands in one: an address of IPv6 in brackets."""
    host = urlsplit(origin).hostname or ""
    return f"[{host}]" if ":" in host else host


def read_origin(setting: str, default: str = "") -> str:
    """Scheme, host and port of a site, such as ``https://plp.example.be``, and nothing behind."""
    given = read_text(setting, default)
    parts = split_url(given)
    if not given:
        return ""
    if parts is None or parts.scheme not in {"http", "https"} or "@" in parts.netloc or "_" in parts.netloc:
        raise setting_refusal(setting, "the address of one site such as https://plp.example.be", given)
    port = "" if parts.port in {None, {"http": 80, "https": 443}[parts.scheme]} else f":{parts.port}"
    origin = f"{parts.scheme}://{host_of_origin(given)}{port}"
    if parts.path.strip("/") or "?" in given:
        raise setting_refusal(setting, f"{origin} alone: pages stand at the root of their host, never below it", given)
    return origin


def read_mail_server_url(setting: str, default: str = "") -> str:
    """The address of a mail server."""
    example, query = "smtp://user:password@host:587?starttls=require", {"starttls": "require|off|1|0"}
    return read_url(setting, "smtp smtps", example, default, is_secret=True, path_pattern="/?", options=query)


def read_sms_gateway_url(setting: str) -> str:
    """The address of an SMS gateway (Kannel), of an operator by SMPP, or the account at a supplier over HTTP."""
    scheme = re.match(SUPPLIER_ACCOUNT, read_secret(setting, ""))
    if scheme and scheme[1] not in {"http", "https", "smpp", "smpps"}:
        return read_secret(setting, "")
    example = "http://user:password@127.0.0.1:13013/cgi-bin/sendsms, smpps://user:password@host:3550 or twilio://user:password@"
    query = {"type": ".{1,12}", "receipts": "receiver|transceiver|off"}
    return read_url(setting, "http https smpp smpps", example, is_secret=True, needs_user=True, options=query)


SUPPLIER_ACCOUNT = (  # the supplier's name, user and password, its host, the path of an own description, options
    r"([a-z][a-z0-9-]*)://[^\s/@:?#]*:[^\s/@?#]+@[A-Za-z0-9.-]*(/[^\s?#]+\.toml)?(\?[^\s#]*)?$"
)
