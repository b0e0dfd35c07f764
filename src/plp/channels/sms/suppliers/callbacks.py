"""What a supplier brings: receipts and replies, out of hostile words (T34). Pure functions over a description."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from plp.channels.sms.suppliers.account import SupplierAccount
from plp.channels.sms.suppliers.descriptions import text_at_path, value_at_path
from plp.channels.sms.suppliers.requests import reference_at_supplier
from plp.delivery.channel import Receipt
from plp.toolbox.storable import strip_unstorable

LONGEST_CALLBACK = 262_144  # bytes
MOST_EVENTS = 1000  # of one request
MOST_FIELDS = 100
LONGEST_WORDS = 2000  # letters of a reply
LONGEST_NAME = 60  # of a supplier's name for a message
FAILED = "sms-not-delivered"


class BrokenCallback(Exception):
    """What was brought is not what this supplier brings: nothing of it is done."""


class IncomingSms(NamedTuple):
    """An SMS of somebody: the number with its plus, the words, and a name by which a repetition is known ('': none)."""

    sender: str
    words: str
    event: str


def parse_callback_fields(encoding: str, query: str, body: bytes) -> Any:
    """The fields of a request in the form that the description says. Raises ``BrokenCallback``."""
    try:
        if encoding == "json":
            return json.loads(body)
        words = query if encoding == "query" else body.decode()
        pairs = parse_qs(words, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except (ValueError, RecursionError) as wrong:
        raise BrokenCallback from wrong
    return {name: values[0] for name, values in pairs.items()}


def receipts_and_replies_in_fields(
    account: SupplierAccount, fields: Any, *, reference: str = ""
) -> list[Receipt | IncomingSms]:
    """What the fields say, in their order; news of other kinds are passed over. Raises ``BrokenCallback``.

    ``reference``: our reference out of the address, where the supplier was told one.
    """
    rules = account.description.callbacks
    events = value_at_path(fields, rules.events) if rules.events else fields
    events = events if isinstance(events, list) else [events]
    if len(events) > MOST_EVENTS or not all(isinstance(event, dict) for event in events):
        raise BrokenCallback
    return [news for event in events if (news := _receipt_or_reply_of_event(account, event, reference)) is not None]


def _receipt_or_reply_of_event(
    account: SupplierAccount, event: Mapping[str, Any], reference: str
) -> Receipt | IncomingSms | None:
    rules = account.description.callbacks
    if _event_matches(event, rules.receipt.when):
        return _read_receipt(account, event, reference)
    if _event_matches(event, rules.reply.when):
        return _read_reply(account, event)
    return None


def _event_matches(event: Mapping[str, Any], conditions: Mapping[str, str]) -> bool:
    """Whether each field holds its word; ``*`` is any."""
    return all(
        (value_at_path(event, path) is not None) if word == "*" else text_at_path(event, path) == word
        for path, word in conditions.items()
    )


def _read_receipt(account: SupplierAccount, event: Mapping[str, Any], copy: str) -> Receipt | None:
    """The receipt; None for a state that is no news. Without a name of the copy it is none of ours."""
    rules = account.description.callbacks.receipt
    status, name = text_at_path(event, rules.status), strip_unstorable(text_at_path(event, rules.id))
    own = strip_unstorable(text_at_path(event, rules.reference)) or copy
    if not status or not (name or own):
        raise BrokenCallback
    state = next((state for state, words in rules.states.items() if status in words), "")
    if not state:
        return None
    reference = own or reference_at_supplier(account, name[:LONGEST_NAME])
    kind = f"{account.supplier_key}:{state}"
    event_name = f"sms:{kind}:{name[:LONGEST_NAME] or own}"[:100]
    return Receipt(reference[:100], state, event_name, FAILED if state == "failed" else "")


def _read_reply(account: SupplierAccount, event: Mapping[str, Any]) -> IncomingSms:
    rules = account.description.callbacks.reply
    sender, words = text_at_path(event, rules.sender).strip(), value_at_path(event, rules.text)
    if not sender or not isinstance(words, str):
        raise BrokenCallback
    number = sender if sender.startswith(("+", "0")) else f"+{sender}"
    name = strip_unstorable(text_at_path(event, rules.id))[:LONGEST_NAME]
    return IncomingSms(
        strip_unstorable(number),
        strip_unstorable(words)[:LONGEST_WORDS],
        f"sms:{account.supplier_key}:{name}" if name else "",
    )
