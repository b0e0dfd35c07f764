"""What a letter holds, which words its writers read aloud, where letters may go. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from plp.charter.kinds import KINDS
from plp.exchange.states import LetterKind, PartnerPurpose
from plp.toolbox.texts import LANGUAGES

VERSION = 1
MOST_BYTES = 512 * 1024  # of a letter
MOST_ENTRIES = 200  # of the register in one letter
A_MINUTE = 120  # letters of one partner by HTTPS: what comes faster is sent again later
MOST_HELD = 200  # letters that may wait for an earlier one
CLOCKS = timedelta(minutes=10)  # by which two installations may differ
INVITATION_LASTS = timedelta(days=7)
KEPT = timedelta(days=90)  # letters that the partner has
OLD_KEYS_KEPT = timedelta(days=30)  # after which no letter to the old key is under way
SHORTEST_REASON = 10
ORIGIN = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]+")
ON_THIS_MACHINE = re.compile(r"http://127\.0\.0\.1:\d{1,5}")  # for trying alone
# The spelling alphabet of radio: police officers of every language know it.
SPELLING = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo "
    "Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu"
).split()
SPOKEN_WORDS = 16  # of 26: 75 bits, which nobody finds a second pair of keys for


@dataclass(frozen=True)
class LetterField:
    """One key of a letter's content: its kind, the most signs (or the most of it) and what stands in it."""

    name: str
    kind: str
    words: str
    most: int = 0
    may_lack: bool = False


KEYS = (
    LetterField("signing_key", "key", "Ed25519, 32 bytes in base64: it signs what follows."),
    LetterField("recipient", "recipient", "age, X25519: letters are encrypted to it."),
)
OFFER = LetterField("offer", "uuid", "The name that both sides use for the offer.")

FIELDS: Mapping[LetterKind, tuple[LetterField, ...]] = {
    LetterKind.HELLO: (
        LetterField("name", "line", "Who answers: the name of the zone or service.", 120),
        LetterField("origin", "line", "Where letters go, empty: by file alone.", 300),
        LetterField("purpose", "purpose", "messages or register."),
        *KEYS,
    ),
    LetterKind.CONFIRMED: (),
    LetterKind.KEYS: (
        *KEYS,
        LetterField("proof", "signature", "Of meeting, signing_key and recipient, by the new signing_key."),
    ),
    LetterKind.ENDED: (),
    LetterKind.OFFER: (
        OFFER,
        LetterField("corrects", "uuid", "The earlier offer that this one corrects.", may_lack=True),
        LetterField("message_kind", "message_kind", "alarm, advice, ...: the kinds of messages."),
        LetterField("reason", "reason", "threat, phenomenon, prevention or information."),
        LetterField("expires_at", "moment", "Not to be sent after this.", may_lack=True),
        LetterField("official_reference", "line", "Of an official notice; else empty.", 60),
        LetterField("texts", "texts", "The words in each language: title, core, more.", 4_000),
    ),
    LetterKind.ACCEPTED: (OFFER, LetterField("partnerships", "count", "For how many partnerships.")),
    LetterKind.REFUSED: (OFFER, LetterField("because", "line", "Why, for the police who wrote it.", 300)),
    LetterKind.WITHDRAWN: (OFFER,),
    LetterKind.OUTCOME: (
        OFFER,
        LetterField("partnerships", "count", "Partnerships in which it was relayed."),
        LetterField("reached", "count", "Members to whom it went; null from one to four.", may_lack=True),
    ),
    LetterKind.REGISTER: (
        LetterField("taken_on", "day", "The day of these entries."),
        LetterField("keys", "names", "The keys of all partnerships: others are there no more.", 10_000),
        LetterField("entries", "entries", "Entries as in /api/v1/register, with charter and years.", MOST_ENTRIES),
    ),
}
ENVELOPE = (
    LetterField("version", "version", "1."),
    LetterField("number", "count", "1, 2, 3 ... for each meeting and direction: none is left out."),
    LetterField("seen", "count", "The number up to which the writer has the letters of the reader."),
    LetterField("sent_at", "moment", "When it was signed, by the clock of the writer."),
    LetterField("kind", "letter_kind", "What it says."),
)
REASONS = ("threat", "phenomenon", "prevention", "information")


class NotUnderstood(ValueError):
    """A letter whose content is not in a shape that this version knows."""


def checked_content(kind: str, content: Any) -> dict[str, Any]:
    """The content of a letter, each value checked by the table. Raises ``NotUnderstood``; unknown keys are left out."""
    if kind not in LetterKind.values or not isinstance(content, dict):
        raise NotUnderstood
    return _checked_fields(FIELDS[LetterKind(kind)], content)


def checked_envelope(body: Any) -> dict[str, Any]:
    """What every letter holds beside its content. Raises ``NotUnderstood``."""
    if not isinstance(body, dict):
        raise NotUnderstood
    return _checked_fields(ENVELOPE, body)


def _checked_fields(fields: tuple[LetterField, ...], values: dict[str, Any]) -> dict[str, Any]:
    return {field.name: _checked_value(field, values.get(field.name)) for field in fields}


def _checked_value(field: LetterField, value: Any) -> Any:
    if value is None and field.may_lack:
        return None
    try:
        if READERS[field.kind](value, field.most):
            return value
    except (TypeError, ValueError, AttributeError) as wrong:
        raise NotUnderstood(field.name) from wrong
    raise NotUnderstood(field.name)


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and "\0" not in value


def _is_uuid(value: Any, _most: int) -> bool:
    return isinstance(value, str) and str(UUID(value)) == value


def _is_moment(value: Any, _most: int) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None


def _is_count(value: Any, _most: int) -> bool:
    return type(value) is int and 0 <= value < 2**31


def _are_texts(value: Any, most: int) -> bool:
    parts = {"title": 200, "core": most, "more": most}
    return (
        isinstance(value, dict)
        and bool(value)
        and set(value) <= set(LANGUAGES)
        and all(
            isinstance(words, dict) and set(words) == set(parts) and all(_is_text(words[p], parts[p]) for p in parts)
            for words in value.values()
        )
    )


def _are_entries(value: Any, most: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= most
        and all(isinstance(entry, dict) and _is_text(entry.get("key"), 60) and entry["key"] for entry in value)
        and all(_is_plain(cell) for entry in value for cell in entry.values())
    )


def _is_plain(cell: Any) -> bool:
    """Text or a number; of a year a flat object of numbers."""
    if isinstance(cell, dict):
        return len(cell) <= 50 and all(_is_text(key, 60) and _is_plain_year(year) for key, year in cell.items())
    return cell is None or _is_text(cell, 300) or type(cell) is int


def _is_plain_year(year: Any) -> bool:
    return isinstance(year, dict) and all(_is_text(key, 60) and type(n) in {int, type(None)} for key, n in year.items())


READERS = {
    "line": lambda value, most: _is_text(value, most) and value.isprintable(),
    "uuid": _is_uuid,
    "moment": _is_moment,
    "day": lambda value, _most: bool(date.fromisoformat(value)),
    "count": _is_count,
    "version": lambda value, _most: value == VERSION,
    "letter_kind": lambda value, _most: _is_text(value, 20),
    "message_kind": lambda value, _most: value in KINDS,
    "reason": lambda value, _most: value in REASONS,
    "purpose": lambda value, _most: value in PartnerPurpose.values,
    "key": lambda value, _most: bool(re.fullmatch(r"[A-Za-z0-9+/]{43}=", value)),
    "recipient": lambda value, _most: bool(re.fullmatch(r"age1[a-z0-9]{58}", value)),
    "signature": lambda value, _most: bool(re.fullmatch(r"[A-Za-z0-9+/]{86}==", value)),
    "names": lambda value, most: isinstance(value, list) and len(value) <= most and all(_is_text(n, 60) for n in value),
    "texts": _are_texts,
    "entries": _are_entries,
}


def spoken_words(meeting: UUID, *keys: str) -> list[str]:
    """The words of a meeting: the same on both sides only if both hold the same keys of each other."""
    number = int.from_bytes(sha256("\n".join([str(meeting), *sorted(keys)]).encode()).digest(), "big")
    words = []
    for _position in range(SPOKEN_WORDS):
        number, letter = divmod(number, len(SPELLING))
        words.append(SPELLING[letter])
    return words


def may_receive_letters(origin: str, *, is_local: bool) -> bool:
    """Whether letters may go to an origin: a public name under https; this machine only where we are on it ourselves.

    An empty one is right, too: letters then go by file.
    """
    return not origin or bool(ORIGIN.fullmatch(origin)) or (is_local and bool(ON_THIS_MACHINE.fullmatch(origin)))


def differs_too_much(sent_at: datetime, at: datetime, *, is_live: bool) -> bool:
    """Whether the clock of a letter is wrong. One that came by file may be old, and not from tomorrow."""
    return sent_at - at > CLOCKS or (is_live and at - sent_at > CLOCKS)
