"""An official alert of a known event as sentences of the catalogue, with the sender's own words beside them."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from plp import alerts
from plp.alerts.cap.values import SEVERITIES, AlertInfo
from plp.alerts.rules import ORIGINAL, shortened_at_word
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES, text
from plp.wording.catalogue.composition import Choice, Composition
from plp.wording.catalogue.reader import sentences, slot_values
from plp.wording.catalogue.streets import QUARTER
from plp.wording.fold import fold

FOLDER = Path(alerts.__file__).parent
WARNED, WARNING_ENDS = "shared.warned", "shared.warning_ends"
NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class KnownEvent:
    """An event that the catalogue has words for; ``key`` is a value of the slot ``warned``."""

    key: str
    situation: str
    pattern: re.Pattern[str]
    sentences: tuple[str, ...]


@cache
def known_events() -> tuple[KnownEvent, ...]:
    """The events of ``events.toml`` in their order."""
    rows = tomllib.loads((FOLDER / "events.toml").read_text(encoding="utf-8"))["event"]
    return tuple(
        KnownEvent(row["key"], row["situation"], _pattern_of_alternatives(row["words"]), tuple(row["sentences"]))
        for row in rows
    )


def _pattern_of_alternatives(words: Iterable[str]) -> re.Pattern[str]:
    endings = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{'|'.join(endings)})\b")


def normalised_event(event: str) -> str:
    """What the sender calls an event, as two alerts are compared by it: without accents, capitals and signs."""
    return NO_LETTERS.sub(" ", fold(event).text).strip()


def known_event_of_most_severe_info(infos: Iterable[AlertInfo]) -> KnownEvent | None:
    """The event of the most severe block that the catalogue knows, by what its sender calls it."""
    for info in sorted(infos, key=lambda block: SEVERITIES.index(block.severity)):
        words = normalised_event(info.event)
        event = next((event for event in known_events() if event.pattern.search(words)), None)
        if event is not None:
            return event
    return None


def event_names_for_all_clear(infos: Iterable[AlertInfo]) -> list[str]:
    """By what names an all-clear finds what it ends: the event as its sender calls it, and the one we know it for."""
    blocks = list(infos)
    event = known_event_of_most_severe_info(blocks)
    names = {normalised_event(info.event) for info in blocks} | ({f"={event.key}"} if event else set())
    return sorted(names - {""})


def warning_composition(
    event: KnownEvent, originals: Mapping[str, str], closing: Mapping[str, str], *, ends_at: datetime | None
) -> Composition:
    """The sentences for an event in the quarter. Under them, in each language, ``originals`` and ``closing`` lines."""
    choices = [Choice(WARNED, {"warned": event.key, "place": QUARTER})]
    if ends_at is not None:
        end = local(ends_at)
        choices.append(Choice(WARNING_ENDS, {"date": f"{end:%Y-%m-%d}", "hour": f"{end:%H:%M}"}))
    choices += [Choice(key, _place_slots_as_quarter(key)) for key in event.sentences]
    forms = slot_values("warned")[event.key].forms
    titles = {language: text(FOLDER / "texts", "title", language, warned=forms[language][""]) for language in LANGUAGES}
    return Composition(
        event.situation,
        choices,
        additions={
            language: _original_with_closing(originals.get(language, ""), closing[language]) for language in LANGUAGES
        },
        titles=titles,
    )


def _place_slots_as_quarter(sentence_key: str) -> dict[str, str]:
    return {slot: QUARTER for slot, slot_type in sentences()[sentence_key].slots.items() if slot_type == "place"}


def _original_with_closing(original: str, closing: str) -> str:
    room = ORIGINAL - len(closing) - 2
    return "\n\n".join(part for part in (shortened_at_word(original, room) if room > 0 else "", closing) if part)
