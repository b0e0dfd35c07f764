"""The page on which a message is composed: sentences with slots in the officer's language, the others beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from plp.charter.kinds import KINDS
from plp.notices.compositions import (
    composed_words,
    composition_of,
    starting_choice,
    starting_composition,
    street_places,
)
from plp.notices.models import Notice
from plp.notices.queries import words_of
from plp.notices.subjects import SUBJECTS
from plp.portal.subjects.notices.checks import findings_of, lengths_of
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composer import Choice, Composition, has_open_slot
from plp.wording.catalogue.reader import SLOT, sentences, situations, slot_labels, slot_values
from plp.wording.catalogue.search import find_sentences
from plp.wording.catalogue.streets import QUARTER
from plp.wording.catalogue.values import NUMBERS, Places, WrongValue, require_value, words_of_value

HIDDEN = {"shared.corrected", "shared.addition"}  # the composer itself writes these
INPUTS = {"hour": "time", "later": "time", "span": "span", "date": "date", "number": "number"}


@dataclass(frozen=True)
class SlotField:
    """One slot of a sentence as a field of the page; ``kind`` is ``list`` or that of an input."""

    name: str
    kind: str
    label: str
    value: str
    options: Sequence[tuple[str, str]]
    is_missing: bool

    @property
    def ends(self) -> tuple[str, str]:
        """The two hours of a span."""
        first, _dash, last = self.value.partition("-")
        return first, last


@dataclass(frozen=True)
class SentenceRow:
    """One chosen sentence: its words and its fields in reading order, each a part."""

    number: int
    key: str
    parts: Sequence[str | SlotField]
    is_first: bool
    is_last: bool


class Composer:
    """A draft as a choice of sentences, from what is stored or from what was sent."""

    def __init__(self, notice: Notice, typed: QueryDict | None, *, language: str, at: datetime) -> None:
        self.notice, self.language, self.at = notice, language, at
        self.places = street_places(notice.partnership)
        self.stored = composition_of(notice)
        self.composition = self.stored
        if typed is not None and "situation" in typed and typed["situation"] in situations():
            self.composition = self._sent(typed)
        if typed is not None and typed.get("begin") in SUBJECTS:
            self.composition = starting_composition(str(typed["begin"]), at)

    def _sent(self, typed: QueryDict) -> Composition:
        kept_places = self.stored.places if self.stored else {}
        places = {**kept_places, **self.places}
        keys = [key for key in typed.getlist("sentence") if key in sentences()]
        choices = _filled_alike(
            [Choice(key, _values_sent(typed, number, key, places)) for number, key in enumerate(keys)]
        )
        additions = {language: typed.get(f"addition-{language}", "").strip()[:600] for language in LANGUAGES}
        own_words = {key: words for key, words in additions.items() if words}
        return Composition(str(typed["situation"]), choices, places, own_words)

    def act(self, act: str) -> None:
        """Move, take out or add a sentence: ``up-2``, ``down-0``, ``out-1``, ``add-burglary.way``. Else nothing."""
        verb, _dash, about = act.partition("-")
        if self.composition is None:
            return
        choices = list(self.composition.choices)
        if verb == "add" and about in sentences() and about not in HIDDEN:
            choices.append(starting_choice(about, self.notice.kind, self.at))
        elif verb in {"up", "down", "out"} and about.isdecimal() and int(about) < len(choices):
            choices = _rearranged(choices, verb, int(about))
        self.composition = replace(self.composition, choices=choices)

    @property
    def is_open(self) -> bool:
        """Whether a slot is not filled in."""
        return self.composition is not None and has_open_slot(self.composition)

    def first_open_label(self) -> str:
        """What the first slot that is not filled in asks for."""
        types = (
            sentences()[choice.sentence].slots[slot]
            for choice in self._choices()
            for slot, value in self._values(choice).items()
            if not value
        )
        return f"[{slot_labels()[next(types)][self.language]}]"

    def _choices(self) -> Sequence[Choice]:
        return self.composition.choices if self.composition else ()

    @staticmethod
    def _values(choice: Choice) -> dict[str, str]:
        return {slot: str(choice.slots.get(slot, "")) for slot in sentences()[choice.sentence].slots}

    def rows(self, *, shows_missing: bool) -> list[SentenceRow]:
        """The chosen sentences, ready for the page."""
        choices = self._choices()
        last = len(choices) - 1
        return [
            SentenceRow(
                number, choice.sentence, self._parts(number, choice, shows_missing), number == 0, number == last
            )
            for number, choice in enumerate(choices)
        ]

    def _parts(self, number: int, choice: Choice, shows_missing: bool) -> list[str | SlotField]:
        template = sentences()[choice.sentence].texts[self.language]
        parts: list[str | SlotField] = []
        end = 0
        for slot in SLOT.finditer(template):
            value = str(choice.slots.get(slot[1], ""))
            options = self._options(slot[2], slot[3] or "")
            field = SlotField(
                name=f"{number}-{slot[1]}",
                kind=INPUTS.get(slot[2], "list"),
                label=slot_labels()[slot[2]][self.language],
                value=value,
                options=options,
                is_missing=shows_missing and not value,
            )
            parts += [template[end : slot.start()], field]
            end = slot.end()
        return [*parts, template[end:]]

    def _options(self, slot_type: str, form: str) -> list[tuple[str, str]]:
        if slot_type in INPUTS:
            return []
        places = {**(self.composition.places if self.composition else {}), **self.places}
        keys = [QUARTER, *places] if slot_type == "place" else list(slot_values(slot_type))
        return [(key, words_of_value(slot_type, key, form, self.language, places=places)) for key in keys]

    def candidates(self, typed: str) -> list[tuple[str, str]]:
        """Sentences to add: those of the situation, or what the typed word finds; with gaps where slots are."""
        if self.composition is None:
            return []
        used = {choice.sentence for choice in self.composition.choices} | HIDDEN
        keys = find_sentences(typed, self.language) if typed else situations()[self.composition.situation].sentences
        labels = {slot_type: row[self.language] for slot_type, row in slot_labels().items()}
        texts = {key: sentences()[key].texts[self.language] for key in keys if key not in used}
        return [(key, SLOT.sub(lambda slot: f"[{labels[slot[2]]}]", words)) for key, words in texts.items()]

    def context(self, *, find: str, shows_missing: bool) -> dict[str, Any]:
        """Everything the page shows about the choice."""
        texts = (
            {language: composed_words(self.composition, language) for language in LANGUAGES} if self.composition else {}
        )
        texts = texts or words_of(self.notice)
        order = [self.language, *(language for language in LANGUAGES if language != self.language)]
        findings = findings_of(self.notice, texts, self.language)
        return {
            "composition": self.composition,
            "rows": self.rows(shows_missing=shows_missing),
            "candidates": self.candidates(find),
            "find": find,
            "numbers": (NUMBERS.start, NUMBERS.stop - 1),
            "texts": [(language, texts[language]) for language in order if language in texts],
            "additions": [(language, self._addition(language)) for language in order],
            "findings": [(finding, "") for finding in findings],
            "held": any(finding.judged.blocks for finding in findings),
            "lengths": lengths_of(self.notice, texts, at=self.at),
            "written": bool(texts),
        }

    def _addition(self, language: str) -> str:
        return self.composition.additions.get(language, "") if self.composition else ""


def subject_buttons(find: str, *, hits: Sequence[str]) -> list[tuple[str, Any, Any]]:
    """Situations to begin with: key, label and kind; only those found where somebody searches."""
    keys = hits if find else list(SUBJECTS)
    kinds = {key: KINDS[SUBJECTS[key].kind] for key in keys}
    return [(key, SUBJECTS[key].label, kind.label) for key, kind in kinds.items() if not kind.needs_origin]


def _values_sent(typed: QueryDict, number: int, key: str, places: Places) -> dict[str, str]:
    values = {}
    for slot, slot_type in sentences()[key].slots.items():
        value = typed.get(f"{number}-{slot}", "")
        if slot_type == "span":
            value = "-".join(typed.get(f"{number}-{slot}-{end}", "") for end in ("from", "to"))
        try:
            require_value(slot_type, value, places)
        except WrongValue:
            value = ""
        values[slot] = value
    return values


def _filled_alike(choices: Sequence[Choice]) -> list[Choice]:
    """What is said once need not be said again: an open slot takes what another of its type holds."""
    values: dict[str, str] = {}
    for choice in choices:
        for slot, slot_type in sentences()[choice.sentence].slots.items():
            values[slot_type] = values.get(slot_type) or choice.slots[slot]
    return [
        Choice(
            choice.sentence,
            {slot: choice.slots[slot] or values[kind] for slot, kind in sentences()[choice.sentence].slots.items()},
        )
        for choice in choices
    ]


def _rearranged(choices: list[Choice], verb: str, number: int) -> list[Choice]:
    moved = choices.pop(number)
    if verb != "out" or not choices:
        place = number if verb == "out" else max(0, number + (-1 if verb == "up" else 1))
        choices.insert(place, moved)
    return choices
