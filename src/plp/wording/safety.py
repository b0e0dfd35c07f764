"""The safety line: "phone 101/112, do not step in yourself", added when a message does not say it (R110, S42)."""

import re
from collections.abc import Sequence
from pathlib import Path

from plp.toolbox.texts import text as words_of
from plp.wording.lexicon import LANGUAGES, ONE_AT_A_TIME, pattern_book, words_shared_by_rules
from plp.wording.severity import KINDS
from plp.wording.tokens import tokenise
from plp.wording.vocabulary import Reading

TEXTS = Path(__file__).parent / "texts"
NUMBERS = ("101", "112")

# What a coordinator writes to members is an invitation or a notice of the neighbourhood: no line is put under it.
WITHOUT_LINE = frozenset({"coordinator_note"})

# Where nobody is at work whom one could stop: the line asks, and says whom to phone; "do not step in" would be odd.
NUMBER_ALONE = {
    "calamity": "safety_danger",
    "information_request": "safety_seen",
    **dict.fromkeys(("advice", "feedback", "newsletter"), "safety_suspicious"),
}


def with_safety_line(text: str, *, language: str, kind: str, numbers: Sequence[str] = NUMBERS) -> str:
    """The text, with what it lacks of the safety line as its last sentence.

    ``numbers`` are the emergency numbers of the zone (R124), in the order they are said. The line fits the 7-bit SMS
    alphabet. Applied twice it adds nothing. Raises ``ValueError`` for an unknown language or kind, or no number.
    """
    if language not in LANGUAGES or kind not in KINDS or not numbers:
        raise ValueError(f"no safety line for language {language!r}, kind {kind!r}, numbers {tuple(numbers)!r}")
    if kind in WITHOUT_LINE:
        return text
    says_number, says_wait = _says_number(text, numbers), _says_not_to_step_in(text, language)
    question = NUMBER_ALONE.get(kind)
    if says_number and (says_wait or question):
        return text
    name = question or ("safety_wait" if says_number else "safety_phone" if says_wait else "safety")
    line = words_of(TEXTS, name, language, numbers="/".join(numbers))
    return _append_as_last_sentence(text, line)


def _says_number(text: str, numbers: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) for number in numbers)


def _says_not_to_step_in(text: str, language: str) -> bool:
    with ONE_AT_A_TIME:
        shared = words_shared_by_rules(language)
        reading = Reading(tokenise(text, language, clause_openers=shared.turns), pattern_book(language).vocabulary)
        return next(shared.safety.find(reading), None) is not None


def _append_as_last_sentence(text: str, line: str) -> str:
    body = text.rstrip()
    if not body:
        return line
    if "\n" in body:
        return f"{body}\n\n{line}"
    stop = "" if body[-1] in ".!?…:" else "."
    return f"{body}{stop} {line}"
