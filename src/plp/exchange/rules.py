"""What a letter holds, which words its writers read aloud, where letters may go. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from plp.exchange.field_readers import READERS
from plp.exchange.states import LetterKind

MOST_BYTES = 512 * 1024  # of a letter
MOST_ENTRIES = 200  # of the register in one letter
A_MINUTE = 120  # letters of one partner by HTTPS: what comes faster is sent again later
MOST_HELD = 200  # letters that may wait for an earlier one
CLOCKS = timedelta(minutes=10)  # by which two installations may differ
INVITATION_LASTS = timedelta(days=7)
KEPT = timedelta(days=90)  # letters that the partner has
OLD_KEYS_KEPT = timedelta(days=30)  # after which no letter to the old key is under way
SHORTEST_REASON = 10
MOST_STREETS = 2_000  # of a partnership that moves
PART_BYTES = 240 * 1024  # of its archive in one letter
MOST_PART = 4 * PART_BYTES // 3 + 4  # the same in base64
MOST_PARTS = 400
MOST_ENDS = 1_000  # of members of it, in one letter
MEMBERS_KNOW = timedelta(days=21)  # before the day, so that each can still say no
LINKS_LEAD_ON = timedelta(days=365)  # of a partnership that moved away
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
MOVE = LetterField("move", "uuid", "The name that both sides use for the move.")

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
    LetterKind.MOVE: (
        MOVE,
        LetterField("partnership", "slug", "Its key in public addresses.", 60),
        LetterField("names", "area_names", "The name of the quarter by language.", 200),
        LetterField("members", "count", "How many members it has."),
        LetterField("streets", "streets", "Its streets: NIS code, a bar, identifier of the register.", MOST_STREETS),
        LetterField("day", "day", "On which it would go; null: three weeks after it is taken.", may_lack=True),
    ),
    LetterKind.MOVE_YES: (MOVE,),
    LetterKind.MOVE_NO: (MOVE, LetterField("because", "line", "Why; empty when it was asked back.", 300)),
    LetterKind.MOVE_BACK: (MOVE,),
    LetterKind.MOVE_PART: (
        MOVE,
        LetterField("part", "count", "1, 2, 3 ..."),
        LetterField("parts", "count", "How many there are."),
        LetterField("content", "base64", "A piece of the archive, which age encrypts to the reader.", MOST_PART),
    ),
    LetterKind.MOVED: (MOVE, LetterField("members", "count", "How many members are there now.")),
    LetterKind.MOVE_STOP: (
        MOVE,
        LetterField("contacts", "uuids", "Ways to reach somebody that were stopped.", MOST_ENDS),
        LetterField("memberships", "uuids", "Memberships that ended.", MOST_ENDS),
    ),
}
ENVELOPE = (
    LetterField("version", "version", "1."),
    LetterField("number", "count", "1, 2, 3 ... for each meeting and direction: none is left out."),
    LetterField("seen", "count", "The number up to which the writer has the letters of the reader."),
    LetterField("sent_at", "moment", "When it was signed, by the clock of the writer."),
    LetterField("kind", "letter_kind", "What it says."),
)


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


def verification_words(pairing: UUID, *keys: str) -> list[str]:
    """The words of a meeting: the same on both sides only if both hold the same keys of each other."""
    number = int.from_bytes(sha256("\n".join([str(pairing), *sorted(keys)]).encode()).digest(), "big")
    words = []
    for _position in range(SPOKEN_WORDS):
        number, letter = divmod(number, len(SPELLING))
        words.append(SPELLING[letter])
    return words


def may_origin_receive_letters(origin: str, *, is_local: bool) -> bool:
    """Whether letters may go to an origin: a public name under https; this machine only where we are on it ourselves.

    An empty one is right, too: letters then go by file.
    """
    return not origin or bool(ORIGIN.fullmatch(origin)) or (is_local and bool(ON_THIS_MACHINE.fullmatch(origin)))


def is_letter_time_wrong(sent_at: datetime, at: datetime, *, is_live: bool) -> bool:
    """Whether the clock of a letter is wrong. One that came by file may be old, and not from tomorrow."""
    return sent_at - at > CLOCKS or (is_live and at - sent_at > CLOCKS)
