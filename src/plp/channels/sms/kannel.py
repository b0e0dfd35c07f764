"""What Kannel's HTTP interface understands and answers, as data and pure functions (Kannel user guide, chapter 6)."""

from collections.abc import Mapping
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import quote, unquote, urlencode, urlsplit

from plp.delivery.channel import Accepted, ConnectionFailed, DeliveryFailed, OutcomeUnknown, Receipt
from plp.delivery.public_addresses import is_private_host
from plp.toolbox.crypto import sign
from plp.toolbox.gsm import is_gsm7

EXAMPLE = "http://user:password@127.0.0.1:13013/cgi-bin/sendsms"
RECEIPT_PURPOSE = "sms-receipt"
MASK = 31  # every type of report below

# Kannel's delivery report types in the words of the outbox: delivered, not delivered, kept by the operator until the
# telephone is on, taken by the operator, refused by the operator.
STATES = {1: "delivered", 2: "failed", 4: "accepted", 8: "accepted", 16: "failed"}
REASONS = {2: "sms-not-delivered", 16: "sms-refused-by-operator"}

SETUP_FAULTS = frozenset({401, 403, 404, 405, 407})  # our password or address is wrong: no recipient is to blame ...
RECIPIENT_FAULTS = ("Not routable", "denied by white")  # ... unless Kannel's words say that the number is
LATER = frozenset({408, 425, 429, 500, 502, 503})  # 504 is missing: somebody waited, so the SMS may be on its way


class Gateway(NamedTuple):
    """Where the gateway is. ``path`` is usually /cgi-bin/sendsms."""

    secure: bool
    host: str
    port: int
    path: str
    user: str
    password: str


def sendsms_request(gateway: Gateway, *, to: str, text: str, sender: str, reference: str, origin: str) -> bytes:
    """The HTTP request for one SMS. The receipt comes to an address of ours that is signed for this copy alone."""
    callback = f"{origin}/api/receipts/sms/{reference}/{sign(reference, purpose=RECEIPT_PURPOSE)}?type=%d"
    composed = normalize("NFC", text)
    query = {
        "username": gateway.user,
        "password": gateway.password,
        "from": sender,
        "to": to,
        "charset": "UTF-8",
        "coding": "0" if is_gsm7(composed) else "2",
        "dlr-mask": str(MASK),
        "dlr-url": callback,
        "reference": reference,  # ours: Kannel passes over it, a gateway that knows it refuses a second copy
        "text": composed,
    }
    return http_get_request(gateway, query)


def http_get_request(gateway: Gateway, query: Mapping[str, str]) -> bytes:
    """The bytes of a request with these fields."""
    path = f"{gateway.path}?{urlencode(query, quote_via=quote)}"
    host = f"[{gateway.host}]" if ":" in gateway.host else gateway.host
    return f"GET {path} HTTP/1.1\r\nHost: {host}:{gateway.port}\r\nConnection: keep-alive\r\n\r\n".encode("ascii")


def accepted_or_raise_for_response(status: int, body: str, retry_after: float | None) -> Accepted:
    """What an answer means. Raises what ``Connection.send`` may raise.

    Kannel says 202 and ``0: Accepted for delivery`` or ``3: Queued for later delivery``. A success that reads
    otherwise leaves open what happened, and so does a proxy that waited in vain for Kannel.
    """
    if status in {200, 202} and body[:2] in {"0:", "3:"}:
        return Accepted()
    if status in SETUP_FAULTS and not any(words in body for words in RECIPIENT_FAULTS):
        raise ConnectionFailed(f"sms-set-up-{status}")
    if status in LATER:
        raise DeliveryFailed(f"sms-{status}", temporary=True, after=retry_after, service=True)
    if 400 <= status < 500:
        raise DeliveryFailed(f"sms-{status}", temporary=False)
    raise OutcomeUnknown(f"sms-nonsense-{status}")


def receipt_of_report(reference: str, report_type: int) -> Receipt | None:
    """Kannel's delivery report of a copy; None when it holds no news. A repeated report is the same event."""
    if report_type not in STATES:
        return None
    return Receipt(reference, STATES[report_type], f"sms:{reference}:{report_type}", REASONS.get(report_type, ""))


def parse_gateway_url(url: str, setting: str) -> Gateway:
    """The gateway of the setting ``setting``. Raises ``ValueError`` with a sentence for the operator, without secrets.

    A gateway outside of the operator's own network is spoken to in TLS only: a request holds number, text and password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise ValueError(f"{setting} must look like {EXAMPLE}.") from wrong
    if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.username or not url.isascii():
        raise ValueError(f"{setting} must look like {EXAMPLE}.")
    secure = parts.scheme == "https"
    if not secure and not is_private_host(parts.hostname):
        raise ValueError(f"{setting} would send numbers and texts in clear: use https:// to a gateway elsewhere.")
    path = parts.path if len(parts.path) > 1 else "/cgi-bin/sendsms"
    standard = 443 if secure else 13013
    user, password = unquote(parts.username), unquote(parts.password or "")
    return Gateway(secure, parts.hostname, port or standard, path, user, password)
