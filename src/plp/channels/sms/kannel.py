"""What Kannel's HTTP interface understands and answers, as data and pure functions (Kannel user guide, chapter 6)."""

from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from plp.delivery.channel import Accepted, ConnectionFailed, DeliveryFailed, OutcomeUnknown, Receipt
from plp.toolbox.crypto import sign

# The basic GSM 7-bit alphabet. One other letter makes the whole message UCS-2; the extension table (€ [ ] { } …) is
# left out, because gateways differ on it.
GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)

RECEIPT_PURPOSE = "sms-receipt"
MASK = 1 | 2 | 8 | 16  # delivered, failed, taken by the operator, refused by the operator

# Kannel's delivery report types in the words of the outbox. 4 (kept by the operator) is no news.
STATES = {1: "delivered", 2: "failed", 8: "accepted", 16: "failed"}
REASONS = {2: "sms-not-delivered", 16: "sms-refused-by-operator"}


class Gateway(NamedTuple):
    """Where the gateway is. ``path`` is usually /cgi-bin/sendsms."""

    secure: bool
    host: str
    port: int
    path: str
    user: str
    password: str


def is_gsm7(words: str) -> bool:
    """Whether the text fits the basic 7-bit alphabet (160 characters in a part instead of 70)."""
    return GSM7.issuperset(words)


def request(gateway: Gateway, *, to: str, words: str, sender: str, reference: str, origin: str) -> bytes:
    """The HTTP request for one SMS. The receipt comes to an address of ours that is signed for this copy alone."""
    callback = f"{origin}/api/receipts/sms/{reference}/{sign(reference, purpose=RECEIPT_PURPOSE)}?type=%d"
    query = {
        "username": gateway.user,
        "password": gateway.password,
        "from": sender,
        "to": to,
        "charset": "UTF-8",
        "coding": "0" if is_gsm7(words) else "2",
        "dlr-mask": str(MASK),
        "dlr-url": callback,
        "reference": reference,  # ours: Kannel passes over it, a gateway that knows it refuses a second copy
        "text": words,
    }
    path = f"{gateway.path}?{urlencode(query, quote_via=quote)}"
    return f"GET {path} HTTP/1.1\r\nHost: {gateway.host}:{gateway.port}\r\nConnection: keep-alive\r\n\r\n".encode(
        "ascii"
    )


def verdict(status: int, body: str, after: float | None) -> Accepted:
    """What an answer means. Raises what ``Connection.send`` may raise.

    Kannel says 202 and ``0: Accepted for delivery`` or ``3: Queued for later delivery``. A success that reads
    otherwise leaves open what happened, and so does a failure of something between us and Kannel.
    """
    if status in {200, 202}:
        if body[:2] in {"0:", "3:"}:
            return Accepted()
        raise OutcomeUnknown(f"sms-nonsense-{status}")
    if status in {401, 403, 404}:
        raise ConnectionFailed(f"sms-set-up-{status}")
    if status in {429, 503}:
        raise DeliveryFailed(f"sms-{status}", temporary=True, after=after)
    if 400 <= status < 500:
        raise DeliveryFailed(f"sms-{status}", temporary=False)
    raise OutcomeUnknown(f"sms-{status}")


def receipt(reference: str, kind: int) -> Receipt | None:
    """Kannel's delivery report of a copy; None when it holds no news. A repeated report is the same event."""
    if kind not in STATES:
        return None
    return Receipt(reference, STATES[kind], f"sms:{reference}:{kind}", REASONS.get(kind, ""))


def read_url(url: str, name: str) -> Gateway:
    """The gateway of the setting ``name``. Raises ``ValueError`` with a sentence for the operator, without secrets."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise ValueError(f"{name} must look like http://user:password@127.0.0.1:13013/cgi-bin/sendsms.") from wrong
    if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.username:
        raise ValueError(f"{name} must look like http://user:password@127.0.0.1:13013/cgi-bin/sendsms.")
    secure = parts.scheme == "https"
    path = parts.path if len(parts.path) > 1 else "/cgi-bin/sendsms"
    standard = 443 if secure else 13013
    return Gateway(secure, parts.hostname, port or standard, path, parts.username or "", parts.password or "")
