"""What an operator's SMPP interface understands and answers, as data and pure functions (SMPP 3.4)."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import parse_qs, unquote, urlsplit

from plp.delivery.channel import ConnectionFailed, DeliveryFailed, Receipt
from plp.delivery.public_addresses import is_private_host
from plp.toolbox.gsm import encode_sms, is_gsm7, split_sms

EXAMPLE = "smpps://user:password@smsc.example.be:3550"
PORT, SECURE_PORT = 2775, 3550
LISTENS = {"receiver": "receiver", "transceiver": "transceiver", "off": ""}
LONGEST_PASSWORD = 8  # of the standard; a longer one would be cut
DEFAULT_ALPHABET, UCS2 = 0, 8
WITH_HEADER = 0x40  # esm_class: the text begins with a header (its place among the parts)
IS_RECEIPT = 0x04  # esm_class of what the operator tells later

# command_status: who is to blame. What is in none of these is the recipient's trouble, for good.
BUSY = frozenset({0x08, 0x14, 0x58, 0x61, 0x62, 0x64, 0xFE})  # system error, queue full, throttled, try later
SETUP = frozenset({0x04, 0x05, 0x0A, 0x0D, 0x0E, 0x0F, 0x48, 0x49, 0x53})  # name, password, sender, type of system

# message_state (or ``stat:`` in the text of a receipt) in the words of the outbox.
STATES = {2: "delivered", 3: "failed", 4: "failed", 5: "failed", 6: "accepted", 8: "failed", 1: "accepted"}
WORDS = {"DELIVRD": 2, "EXPIRED": 3, "DELETED": 4, "UNDELIV": 5, "ACCEPTD": 6, "REJECTD": 8, "ENROUTE": 1}
REASONS = {3: "sms-not-delivered", 4: "sms-not-delivered", 5: "sms-not-delivered", 8: "sms-refused-by-operator"}
TOLD = re.compile(rb"id:(\S+).*?stat:([A-Z]+)", re.DOTALL | re.IGNORECASE)


class Smsc(NamedTuple):
    """Where the operator is. ``receipts``: how a second session signs in that listens to what it tells later, or ''."""

    secure: bool
    host: str
    port: int
    user: str
    password: str
    system_type: str
    receipts: str


def parse_operator_url(url: str, setting: str) -> Smsc:
    """The operator of the setting ``setting``: ``smpp://`` in the own network, ``smpps://`` (TLS) anywhere.

    ``?type=`` is the type of system. ``?receipts=`` says how to listen for receipts: ``receiver`` (the default),
    ``transceiver`` or ``off``. Raises ``ValueError`` with a sentence for whoever sets it up, without secrets.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise ValueError(f"{setting} must look like {EXAMPLE}.") from wrong
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    receipts = options.get("receipts", "receiver")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not parts.hostname or not user or not url.isascii() or receipts not in LISTENS:
        raise ValueError(f"{setting} must look like {EXAMPLE}.")
    if len(password) > LONGEST_PASSWORD:
        raise ValueError(f"{setting}: a password for SMPP has {LONGEST_PASSWORD} letters at most.")
    secure = parts.scheme == "smpps"
    if not secure and not is_private_host(parts.hostname):
        raise ValueError(f"{setting} would send numbers and texts in clear: use smpps:// to an operator elsewhere.")
    standard = SECURE_PORT if secure else PORT
    return Smsc(secure, parts.hostname, port or standard, user, password, options.get("type", ""), LISTENS[receipts])


def submit_sm_fields_per_part(text: str, *, to: str, sender: str, group_number: int) -> list[Mapping[str, Any]]:
    """The fields of ``submit_sm`` for each part of a text. ``group_number`` in 0..255 ties the parts together.

    A receipt is asked for the last part alone: one copy has one fate.
    """
    composed = normalize("NFC", text)
    parts = split_sms(composed) or [""]
    coding = DEFAULT_ALPHABET if is_gsm7(composed) else UCS2
    ton, npi = ton_and_npi_of(sender)
    fields = {
        "source_addr_ton": ton,
        "source_addr_npi": npi,
        "source_addr": sender.removeprefix("+"),
        "dest_addr_ton": 1,
        "dest_addr_npi": 1,
        "destination_addr": to.removeprefix("+"),
        "data_coding": coding,
    }
    part_fields: list[Mapping[str, Any]] = []
    for place, part in enumerate(parts, 1):
        body = encode_sms(part) if coding == DEFAULT_ALPHABET else part.encode("utf-16-be")
        header = bytes((5, 0, 3, group_number, len(parts), place)) if len(parts) > 1 else b""
        wish = {"registered_delivery": int(place == len(parts)), "esm_class": WITH_HEADER if header else 0}
        part_fields.append(fields | wish | {"short_message": header + body})
    return part_fields


def ton_and_npi_of(sender: str) -> tuple[int, int]:
    """Type of number and numbering plan: a name, an international number, or a short one."""
    if not sender.removeprefix("+").isdecimal():
        return 5, 0
    return (1, 1) if sender.startswith("+") else (3, 0)


def raise_for_status(status: int) -> None:
    """What a ``command_status`` means. Raises what ``Connection.send`` may raise; nothing for 0."""
    if status in SETUP:
        raise ConnectionFailed(f"sms-set-up-{status:x}")
    if status in BUSY:
        raise DeliveryFailed(f"sms-smpp-{status:x}", temporary=True, service=True)
    if status:
        raise DeliveryFailed(f"sms-smpp-{status:x}", temporary=False)


def reference_at_operator(operator: str, message_id: bytes) -> str:
    """An operator's name for a copy; two operators may give the same one."""
    return f"{operator}/{message_id.decode('ascii', 'replace')}"[:100]


def receipt_of_report(
    operator: str, esm_class: int, text: bytes, message_id: bytes, state: int | None
) -> Receipt | None:
    """What a ``deliver_sm`` tells about a copy: by its own fields, else by its text; None when it is no news."""
    if not (esm_class or 0) & IS_RECEIPT:
        return None
    report = TOLD.search(text or b"")
    named = message_id or (report.group(1) if report else b"")
    kind = state or (WORDS.get(report.group(2).decode().upper()) if report else None)
    if not named or kind not in STATES:
        return None
    name = reference_at_operator(operator, named)
    return Receipt(name, STATES[kind], f"{kind}:{name}"[:100], REASONS.get(kind, ""))
