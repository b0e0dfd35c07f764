"""How a supplier of SMS is spoken to over HTTP, read from its file and checked (the format: README.md)."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CONTENTS = frozenset({"form", "json", "query"})  # how fields travel
STATES = frozenset({"delivered", "failed", "accepted"})  # of a receipt
SIGNATURES = frozenset({"address", "hmac", "jwt"})
PIECES = frozenset(
    {"url", "fields", "body", "body-sha256", "newline", "dot"}
)  # what an HMAC is made over, or header:NAME
DIGESTS = frozenset({"sha1", "sha256", "sha512"})
PLACE = re.compile(r"\{([a-z_]+)\}")
FILLED_PLACES = frozenset({"to", "from", "text", "reference", "callback", "alphabet"})  # places filled for each copy
LOGINS = frozenset({"", "basic"})


class FaultyDescription(ValueError):
    """A sentence that says what is wrong with a description, and where."""


@dataclass(frozen=True)
class SendRules:
    """The request for one SMS. ``number``: what stands before the digits of a number. ``login``: ``basic`` or none.

    ``alphabets``: what ``{alphabet}`` becomes for a text in the GSM alphabet (``gsm``) and for any other (``unicode``).
    """

    url: str
    content: str
    fields: dict[str, Any]
    method: str = "POST"
    number: str = "+"
    login: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    alphabets: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerRules:
    """What an answer means: the statuses of HTTP that may mean success, the path of the supplier's name for the copy.

    ``when``: what must stand in it for success. ``code``: the path of its error code; ``later``: codes after which it
    is tried again; ``setup``: those that blame our account; ``recipient``: those that blame the number.
    """

    success: list[int]
    id: str
    when: dict[str, list[str]] = field(default_factory=dict)
    code: str = ""
    later: list[str] = field(default_factory=list)
    setup: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SignatureRules:
    """How a callback proves where it comes from, beside the secret in its address.

    ``key``: the name of the account's value that signs. ``over``: the pieces that an HMAC is made over, in order.
    ``time``: the header with its time in seconds. ``issuer``: what a JWT names, as claim and place.
    """

    kind: str = "address"
    header: str = ""
    key: str = "password"
    digest: str = "sha256"
    over: list[str] = field(default_factory=list)
    time: str = ""
    issuer: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReceiptRules:
    """A delivery receipt: when it is one (``*``: the field is there), and where its values stand."""

    when: dict[str, str]
    id: str
    status: str
    states: dict[str, list[str]]
    reference: str = ""


@dataclass(frozen=True)
class ReplyRules:
    """An SMS of somebody: when it is one, and where its values stand."""

    when: dict[str, str]
    id: str
    sender: str
    text: str


@dataclass(frozen=True)
class CallbackRules:
    """What the supplier brings. ``events``: the path of a list of them; empty: a request is one (or a list)."""

    content: str
    receipt: ReceiptRules
    reply: ReplyRules
    events: str = ""
    signature: SignatureRules = field(default_factory=SignatureRules)


@dataclass(frozen=True)
class SupplierDescription:
    """One file. ``account``: what PLP_SMS_URL must hold, each value with what it is called at the supplier.

    ``check``: an address that answers with success to the right name and password, without sending; or empty.
    ``hint``: what an operator must know or do there.
    """

    key: str
    title: str
    sources: list[str]
    checked: str
    account: dict[str, str]
    send: SendRules
    answer: AnswerRules
    callbacks: CallbackRules
    check: str = ""
    hint: str = ""


PARTS: dict[str, Any] = {
    "send": SendRules,
    "answer": AnswerRules,
    "callbacks": CallbackRules,
    "signature": SignatureRules,
    "receipt": ReceiptRules,
    "reply": ReplyRules,
}


def _is_list_of_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


FORMS: Mapping[str, Callable[[Any], bool]] = {  # by the type of a field above
    "<class 'str'>": lambda value: isinstance(value, str),
    "list[str]": _is_list_of_strings,
    "list[int]": lambda value: isinstance(value, list) and all(type(item) is int for item in value),
    "dict[str, str]": lambda value: isinstance(value, dict) and _is_list_of_strings(list(value.values())),
    "dict[str, list[str]]": lambda value: isinstance(value, dict) and all(map(_is_list_of_strings, value.values())),
    "dict[str, typing.Any]": lambda value: isinstance(value, dict),
}


def supplier_keys() -> list[str]:
    """The suppliers whose descriptions come with the program."""
    return sorted(path.stem for path in HERE.glob("*.toml"))


@lru_cache(maxsize=16)
def read_description(path: Path) -> SupplierDescription:
    """The description in a file. Raises ``FaultyDescription``."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:  # neither text nor TOML
        raise FaultyDescription(f"{path} cannot be read as TOML: {type(wrong).__name__}.") from wrong
    table["checked"] = str(table.get("checked", ""))
    description: SupplierDescription = _build_description_part(
        SupplierDescription, {**table, "key": path.stem}, path.name
    )
    fault = _first_description_fault(description)
    if fault:
        raise FaultyDescription(f"{path.name}: {fault}")
    return description


def _build_description_part(cls: Any, table: Mapping[str, Any], where: str) -> Any:
    """A part of a description out of its table. Raises ``FaultyDescription`` for a key missing, unknown or mistyped."""
    names = {part.name: part for part in fields(cls)}
    unknown = sorted(set(table) - set(names))
    if unknown:
        raise FaultyDescription(f"{where}: nobody knows what {unknown[0]} means there.")
    values = {}
    for name, part in names.items():
        if name not in table:
            if part.default is MISSING and part.default_factory is MISSING:
                raise FaultyDescription(f"{where}: {name} is missing.")
            continue
        value = table[name]
        if not (isinstance(value, dict) if name in PARTS else FORMS[str(part.type)](value)):
            raise FaultyDescription(f"{where}: {name} has the wrong form.")
        values[name] = _build_description_part(PARTS[name], value, f"{where}, {name}") if name in PARTS else value
    return cls(**values)


def _first_description_fault(description: SupplierDescription) -> str:
    """What a well-formed description says that nobody could follow; empty when nothing is."""
    send, signature = description.send, description.callbacks.signature
    places = {
        place
        for words in _strings_in_tree([send.url, send.fields, send.headers, description.check])
        for place in PLACE.findall(words)
    }
    stray = sorted(places - FILLED_PLACES - set(description.account) - {"user", "password"})
    faults = {
        f"nothing fills the place {{{stray[0] if stray else ''}}}.": bool(stray),
        "its fields must hold {to} and {text}.": not {"to", "text"} <= places,
        "send.url must begin with https://.": not re.match(r"https://|http://(127\.|localhost|\[::1\])", send.url),
        "send.method must be POST or GET.": send.method not in {"POST", "GET"},
        "content must be form, json or query.": not {send.content, description.callbacks.content} <= CONTENTS,
        "a request with GET has its fields in the query.": send.method == "GET" and send.content != "query",
        "send.login must be basic, or not be there.": send.login not in LOGINS,
        "states are delivered, failed and accepted.": not set(description.callbacks.receipt.states) <= STATES,
        "signature.kind must be address, hmac or jwt.": signature.kind not in SIGNATURES,
        "signature.digest must be sha1, sha256 or sha512.": signature.digest not in DIGESTS,
        "signature.over names a piece that nobody knows.": not all(
            piece in PIECES or piece.startswith("header:") for piece in signature.over
        ),
        "an HMAC needs header and over.": signature.kind == "hmac" and not (signature.header and signature.over),
        "signature.key names no value of the account.": signature.key not in {*description.account, "user", "password"},
    }
    return next((sentence for sentence, is_wrong in faults.items() if is_wrong), "")


def _strings_in_tree(value: Any) -> list[str]:
    """Every text in a tree of tables and lists."""
    if isinstance(value, str):
        return [value]
    branches = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [words for branch in branches for words in _strings_in_tree(branch)]


def value_at_path(tree: Any, path: str) -> Any:
    """What stands at a dotted path (``a.0.b``), of several paths (``a|b``) the first that is there; None: nothing."""
    for choice in path.split("|"):
        value = tree
        for step in choice.split("."):
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            else:
                value = None
        if value is not None:
            return value
    return None


def text_at_path(tree: Any, path: str) -> str:
    """The text or whole number at a path as text; empty for anything else."""
    value = value_at_path(tree, path) if path else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
