"""A mail that came in, as far as we read it: who it says it is from, whether that is proven, its first words.

Everything in it was made by strangers: it is taken apart in the sandbox. Nothing of it is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from plp.channels.email.addresses import normalise_email_address
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import TooHeavy
from plp.toolbox.storable import strip_unstorable

LARGEST = 200_000  # bytes of a mail that we look at: an answer is short
MOST_KEYS = 5  # of signatures, asked of the DNS
NO_PEOPLE = re.compile(r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+=-].*)?", re.IGNORECASE)

Keys = Callable[[str], bytes | None]  # the name of a TXT record -> its content, or None


@dataclass(frozen=True)
class IncomingMail:
    """One mail. ``is_proven``: the domain of ``sender`` signed it. ``event``: the same for the same mail, always."""

    sender: str
    subject: str
    words: str
    is_proven: bool
    event: str


def parse_mail_written_by_person(raw: bytes, *, key_lookup: Keys, now: int) -> IncomingMail | None:
    """What to make of a mail; None for machines' mail, lists, bounces, and what no person writes.

    The signature must be aligned: the domain that signed is that of the sender, or one around it. Never raises for
    what a mail holds; ``NotReadNow`` when nothing is read at this moment.
    """
    if len(raw) > LARGEST:
        return None
    try:
        mail = parse_in_sandbox("mails:read_reply", raw, now=now)
        sender = normalise_email_address(mail["sender"]) if mail else None
        if sender is None or NO_PEOPLE.fullmatch(sender.rpartition("@")[0]):
            return None
        proven = is_dmarc_aligned(sender, _dkim_signing_domains(raw, mail["keys"][:MOST_KEYS], key_lookup, now))
    except (Rejected, TooHeavy):
        return None
    subject, words = strip_unstorable(mail["subject"]), strip_unstorable(mail["words"])
    return IncomingMail(sender, subject, words, proven, f"email:{sha256(raw).hexdigest()}")


def parse_bounce(raw: bytes) -> dict[str, Any] | None:
    """What another mail server says of a mail of ours, as ``sandbox.parsers.bounces`` tells it; None for other mails.

    Never raises for what a mail holds; ``NotReadNow`` when nothing is read at this moment.
    """
    try:
        facts: dict[str, Any] | None = parse_in_sandbox("bounces:read_bounce", raw[:LARGEST])
    except (Rejected, TooHeavy):
        return None
    return facts


def _dkim_signing_domains(raw: bytes, names: list[str], key_lookup: Keys, now: int) -> set[str]:
    """The domains that signed it: the network is asked here, and judged in the sandbox."""
    records = {name: record for name in names if (record := key_lookup(name)) is not None}
    if not records:
        return set()
    key_records = {name: record.decode("latin-1") for name, record in records.items()}
    return set(parse_in_sandbox("mails:signing_domains", raw, keys=key_records, now=now))


def is_dmarc_aligned(sender: str, signing_domains: set[str]) -> bool:
    """Whether one of ``signing_domains`` is that of ``sender``, or one around it of at least two labels."""
    own = sender.rpartition("@")[2].lower()
    return any(own == domain or (own.endswith(f".{domain}") and "." in domain) for domain in signing_domains)
