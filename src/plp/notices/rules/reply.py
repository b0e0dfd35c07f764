"""What a coordinator's answer to a waiting message says: pass it on, or tell what waits. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from plp.wording.wishes import wants_stop

LENGTH = 4  # digits of a code
MOST_WRONG = 3  # wrong codes, then answers are no longer taken for what waits
LOOKED_AT = 400  # characters: an answer is short

# First words without accents, of any of the languages whoever writes: no word means two things.
RELAY = frozenset(
    {
        *("ok", "oke", "okay", "okee"),
        *("relayer", "relaye", "relayez", "relaie", "jerelaie", "relais", "transmettre", "transmets", "transmettez"),
        *("doorsturen", "doorgeven", "stuurdoor", "geefdoor"),
        *("weiterleiten", "weitergeben", "leiteweiter", "gibweiter"),
        *("relay", "forward", "passon"),
    }
)
POLITE = frozenset({"svp", "stp", "aub", "merci", "bedankt", "dank", "danke", "bitte", "please", "thanks", "thx"})
LIST = frozenset({"list", "liste", "lijst", "lister", "listez"})


@dataclass(frozen=True)
class ReplyWish:
    """What is asked. ``code``: the four digits to pass on by; empty asks what waits."""

    code: str = ""


def parse_relay_wish(text: str) -> ReplyWish | None:
    """The wish on the first line that is not a quotation; None for anything else that people write.

    The line must say it and nothing more but politely: what a mail program quotes below, a sentence that holds the
    same words, or a question passes nothing on.
    """
    line, reply = _first_unquoted_line(text)
    letters = "".join(part for part in reply if part.isalpha())
    digits = [part for part in reply if part.isdigit()]
    if letters in LIST and not digits:
        return ReplyWish()
    if (
        letters in RELAY
        and len(digits) == 1
        and len(digits[0]) == LENGTH
        and reply[-1] == digits[0]
        and "?" not in line
    ):
        return ReplyWish(digits[0])
    return None


def lone_four_digit_code_in_reply(text: str) -> str:
    """Four digits that stand alone among other words on that line: whoever answers so means the code, not how."""
    digits = [part for part in _first_unquoted_line(text).tokens if part.isdigit()]
    return digits[0] if len(digits) == 1 and len(digits[0]) == LENGTH and not wants_stop(text) else ""


class _UnquotedLine(NamedTuple):
    """A line of a reply, and its words and numbers without those of politeness."""

    line: str
    tokens: list[str]


def _first_unquoted_line(text: str) -> _UnquotedLine:
    """The first line that is not a quotation; without words where there is none."""
    line = next((line for line in _unquoted_lines(text) if line), "")
    tokens = re.findall(r"[a-z]+|[0-9]+", line.replace(".", ""))
    return _UnquotedLine(line, [token for token in tokens if token not in POLITE])


def _unquoted_lines(text: str) -> list[str]:
    """The lines in small plain letters and signs, quoted ones left out."""
    flat = unicodedata.normalize("NFKD", text[:LOOKED_AT]).casefold()
    plain = "".join(sign for sign in flat if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    lines = [line.strip() for line in plain.splitlines()]
    return [line for line in lines if not line.startswith((">", "|")) and re.search(r"[^\W_]", line)]
