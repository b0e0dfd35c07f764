"""What a supplier is asked: the request for one SMS, and what its answer means. Pure functions over a description."""

import base64
import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import quote, urlencode

from plp.channels.sms.kannel import LATER, SETUP_FAULTS
from plp.channels.sms.suppliers.account import SupplierAccount
from plp.channels.sms.suppliers.descriptions import PLACE, text_at_path
from plp.delivery.channel import Accepted, ConnectionFailed, DeliveryFailed, OutcomeUnknown
from plp.toolbox.gsm import is_gsm7

OUR_FAULTS = SETUP_FAULTS | {402}  # 402: the account is empty
LONGEST_CODE = 30  # letters of an error code that may stand in a reason
TYPES = {"form": "application/x-www-form-urlencoded", "json": "application/json", "query": ""}


class SupplierRequest(NamedTuple):
    """A request of HTTP."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


def compose_sms_request(
    account: SupplierAccount, *, to: str, text: str, sender: str, reference: str, origin: str
) -> SupplierRequest:
    """The request for one SMS. Where the supplier takes an address for receipts, ours names the copy."""
    rules = account.description.send
    composed = normalize("NFC", text)
    alphabet = rules.alphabets.get("gsm" if is_gsm7(composed) else "unicode", "")
    values = {
        **account.values,
        "to": _format_number(to, rules.number),
        "from": _format_number(account.values.get("from") or sender, rules.number),
        "text": composed,
        "reference": reference,
        "callback": f"{origin}{account.callback_path}?copy={reference}",
        "alphabet": alphabet,
    }
    url = PLACE.sub(lambda place: quote(values[place[1]], safe=""), rules.url)
    fields = _fill_placeholders(rules.fields, values)
    headers = {"Accept": "application/json", **request_headers(account)}
    if rules.content == "query":
        return SupplierRequest(rules.method, f"{url}?{urlencode(fields, quote_via=quote)}", headers, b"")
    body = json.dumps(fields) if rules.content == "json" else urlencode(fields, quote_via=quote)
    return SupplierRequest(rules.method, url, headers | {"Content-Type": TYPES[rules.content]}, body.encode())


def request_headers(account: SupplierAccount) -> dict[str, str]:
    """The headers by which a supplier knows us."""
    rules, values = account.description.send, account.values
    headers = {name: str(_fill_placeholders(words, values)) for name, words in rules.headers.items()}
    if rules.login == "basic":
        pair = base64.b64encode(f"{values['user']}:{values['password']}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    return headers


def account_check_url(account: SupplierAccount) -> str:
    """An address that answers with success to the right account without sending; empty where there is none."""
    return PLACE.sub(lambda place: quote(account.values[place[1]], safe=""), account.description.check)


def _format_number(number: str, prefix: str) -> str:
    """``+32475…`` as the supplier writes it; a name or a short number stays as it is."""
    digits = number.removeprefix("+")
    return f"{prefix}{digits}" if number.startswith("+") and digits.isdecimal() else number


def _fill_placeholders(tree: Any, values: Mapping[str, str]) -> Any:
    """The tree with every place filled, each once: what a value holds is never read as a place."""
    if isinstance(tree, str):
        return PLACE.sub(lambda place: values[place[1]], tree)
    if isinstance(tree, dict):
        return {name: _fill_placeholders(branch, values) for name, branch in tree.items()}
    return [_fill_placeholders(branch, values) for branch in tree] if isinstance(tree, list) else tree


def accepted_or_raise_for_response(
    account: SupplierAccount, status: int, body: bytes, retry_after: float | None
) -> Accepted:
    """What an answer means. Raises what ``Connection.send`` may raise; the sets are those of Kannel (``kannel.py``).

    A success without the supplier's name for the copy leaves open what happened.
    """
    rules = account.description.answer
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    code = _safe_reason_code(text_at_path(answer, rules.code))
    reason = f"sms-{account.supplier_key}-{code or status}"
    if status in rules.success and all(text_at_path(answer, path) in words for path, words in rules.when.items()):
        if not (name := text_at_path(answer, rules.id)):
            raise OutcomeUnknown(f"sms-nonsense-{status}")
        return Accepted(reference_at_supplier(account, name))
    if code in rules.recipient:
        raise DeliveryFailed(reason, temporary=False)
    if code in rules.setup or (status in OUR_FAULTS and code not in rules.later):
        raise ConnectionFailed(f"sms-set-up-{code or status}")
    if code in rules.later or status in LATER:
        raise DeliveryFailed(reason, temporary=True, after=retry_after, service=True)
    if 400 <= status < 500 or (status in rules.success and code):
        raise DeliveryFailed(reason, temporary=False)
    raise OutcomeUnknown(f"sms-nonsense-{status}")


def _safe_reason_code(word: str) -> str:
    """A code fit for a reason: nothing that a supplier says of a person may come into one."""
    return (
        word
        if len(word) <= LONGEST_CODE and word.isascii() and word.replace("_", "").replace(".", "").isalnum()
        else ""
    )


def reference_at_supplier(account: SupplierAccount, supplier_copy_id: str) -> str:
    """A supplier's name for a copy; two suppliers may give the same one."""
    return f"{account.supplier_key}/{supplier_copy_id}"[:100]
