"""Whether a clause speaks to its readers, as a call does: "organise rounds", not "the officers hold a round"."""

import re
from collections.abc import Sequence
from functools import cache

from plp.wording.lexicon import speech_words

HOUR = re.compile(r"\d ?(?:h|u|uur|uhr|am|pm)\b", re.IGNORECASE)
PART = re.compile(r"[,;:.?()\[\]\"«»„“”]|\s[-–—&+/]\s")
WORD = re.compile(r"[^\W\d_]+")


def speaks_to_readers(clause: str, language: str) -> bool:
    """True unless the clause says who acts, in plain statement: no "you", no "we", no hour, no verb in front."""
    if "!" in clause or HOUR.search(clause):
        return True
    return any(_is_part_speaking_to_readers(WORD.findall(part), language) for part in PART.split(clause))


def _is_part_speaking_to_readers(words: Sequence[str], language: str) -> bool:
    """A part of a clause whose words address somebody, or that does not open as a statement does."""
    spoken, openers, links = _speech_and_conjunction_patterns(language)
    first = next((word.lower() for word in words if word.lower() not in links), None)
    if first is None:
        return False
    addressed = (word for word in words if spoken.fullmatch(word) or spoken.fullmatch(word.lower()))
    return openers.fullmatch(first) is None or any(openers.fullmatch(word.lower()) is None for word in addressed)


@cache
def _speech_and_conjunction_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """What addresses somebody, and what a statement begins with, in the words of a language; and "and", "or"."""
    table = speech_words(language)
    spoken, openers = (
        re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in table[key]))
        for key in ("addresses", "statements")
    )
    return spoken, openers, frozenset(table["links"])
