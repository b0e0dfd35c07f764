"""The page on which a message is composed: sentences with slots in the officer's language, the others beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from plp.charter.kinds import KINDS
from plp.notices.compositions import (
    composed_text_parts,
    languages_notice_leaves_in,
    languages_without_instructions,
    starting_choice,
    starting_composition_of_subject,
    stored_composition_or_none,
    street_slot_values,
)
from plp.notices.gaps import unfilled_gaps
from plp.notices.models import Notice, ZoneText
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.queries.zone_texts import zone_sentences_in_use
from plp.notices.subjects import SUBJECTS, Subject
from plp.portal.subjects.notices.checks import FindingCard, finding_cards, short_text_length_values
from plp.portal.subjects.notices.write.choices import (
    fill_same_slots,
    move_choice,
    move_or_remove_choice,
    posted_slot_values,
    sentence_text,
)
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composition import Choice, Composition, has_open_slot
from plp.wording.catalogue.dated_days import name_days_by_date
from plp.wording.catalogue.own_sentences import slots_to_gaps
from plp.wording.catalogue.reader import (
    SLOT,
    CatalogueSentence,
    sentences,
    situations,
    slot_labels,
    slot_values,
)
from plp.wording.catalogue.search import find_sentences, find_sentences_among
from plp.wording.catalogue.streets import QUARTER
from plp.wording.catalogue.values import DAY_TYPES, NUMBERS, slot_value_as_text

HIDDEN = {"shared.corrected", "shared.addition"}  # the composer itself writes these
SIGNS = "\u00a0,;:.!?»)"  # behind a slot
INPUTS = {"hour": "time", "later": "time", "span": "span", "date": "date", "number": "number"}


@dataclass(frozen=True)
class SlotField:
    """One slot of a sentence as a field of the page; ``kind`` is ``list`` or that of an input.

    ``tail``: the signs behind it, which begin no line of their own.
    """

    name: str
    kind: str
    label: str
    value: str
    options: Sequence[tuple[str, str]]
    is_missing: bool
    tail: str = ""

    @property
    def span_hours(self) -> tuple[str, str]:
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


class NoticeComposer:
    """A draft as a choice of sentences, from what is stored or from what was sent."""

    def __init__(self, notice: Notice, typed: QueryDict | None, *, language: str, at: datetime) -> None:
        self.notice, self.typed, self.language, self.at = notice, typed, language, at
        self.places = street_slot_values(notice.partnership)
        self.stored = self._with_days_by_date(stored_composition_or_none(notice))
        self.zone_texts = zone_sentences_in_use(notice.partnership)
        self.own = {text.sentence_key: text.sentence() for text in self.zone_texts}
        self.own |= dict(self.stored.own if self.stored else {})
        self.composition = self.stored
        if typed is not None and "situation" in typed and typed["situation"] in situations():
            self.composition = self._posted_composition(typed)
        if typed is not None and typed.get("begin") in SUBJECTS:
            self.composition = starting_composition_of_subject(str(typed["begin"]), at)

    def _with_days_by_date(self, composition: Composition | None) -> Composition | None:
        """What was chosen on an earlier day names its days by date."""
        today = local(self.at).date()
        if composition is None or composition.written_on in {None, today}:
            return composition
        return name_days_by_date(composition, composition.written_on or today)

    def _posted_composition(self, typed: QueryDict) -> Composition:
        kept_places = self.stored.places if self.stored else {}
        places = {**kept_places, **self.places}
        chosen = [sentence for key in typed.getlist("sentence") if (sentence := self._find_sentence(key))]
        choices = fill_same_slots(
            [(sentence, posted_slot_values(typed, number, sentence, places)) for number, sentence in enumerate(chosen)]
        )
        additions = {language: typed.get(f"addition-{language}", "").strip()[:600] for language in LANGUAGES}
        own_words = {key: words for key, words in additions.items() if words}
        titles = self.stored.titles if self.stored and self.stored.situation == typed["situation"] else {}
        return Composition(str(typed["situation"]), choices, places, own_words, own=self.own, titles=titles)

    def _find_sentence(self, key: str) -> CatalogueSentence | None:
        """One of ours, or of the zone."""
        return self.own.get(key) or sentences().get(key)

    def move_remove_or_add_sentence(self, act: str) -> None:
        """Move, take out or add a sentence: ``up-2``, ``down-0``, ``move-3-0``, ``out-1``, ``add-burglary.way``.

        Else nothing.
        """
        verb, _dash, about = act.partition("-")
        if self.composition is None:
            return
        choices = list(self.composition.choices)
        added = self._find_sentence(about) if verb == "add" and about not in HIDDEN else None
        if added is not None:
            choices.append(starting_choice(added, self.notice.kind, self.at))
        elif verb in {"up", "down", "out"} and about.isdecimal() and int(about) < len(choices):
            choices = move_or_remove_choice(choices, verb, int(about))
        elif verb == "move":
            choices = move_choice(choices, about)
        self.composition = replace(self.composition, choices=choices, own=self.own)

    @property
    def has_open_slot(self) -> bool:
        """Whether a slot is not filled in."""
        return self.composition is not None and has_open_slot(self.composition)

    def first_open_label(self) -> str:
        """What the first slot that is not filled in asks for."""
        types = (
            slot_type
            for choice in self._choices()
            for slot, slot_type in self._sentence_of(choice).slots.items()
            if not choice.slots.get(slot)
        )
        return f"[{slot_labels()[next(types)][self.language]}]"

    def _choices(self) -> Sequence[Choice]:
        return self.composition.choices if self.composition else ()

    def _sentence_of(self, choice: Choice) -> CatalogueSentence:
        if self.composition is None:
            raise KeyError(choice.sentence)
        return self.composition.sentence(choice.sentence)

    def sentence_rows(self, *, shows_missing: bool) -> list[SentenceRow]:
        """The chosen sentences, ready for the page."""
        choices = self._choices()
        last = len(choices) - 1
        return [
            SentenceRow(
                number,
                choice.sentence,
                self._sentence_parts(number, choice, shows_missing),
                number == 0,
                number == last,
            )
            for number, choice in enumerate(choices)
        ]

    def _sentence_parts(self, number: int, choice: Choice, shows_missing: bool) -> list[str | SlotField]:
        template = sentence_text(self._sentence_of(choice), self.language)
        parts: list[str | SlotField] = []
        end = 0
        for slot in SLOT.finditer(template):
            behind = template[slot.end() :]
            tail = behind[: len(behind) - len(behind.lstrip(SIGNS))]
            value = str(choice.slots.get(slot[1], ""))
            options = self._slot_options(slot[2], slot[3] or "", value)
            field = SlotField(
                name=f"{number}-{slot[1]}",
                kind=INPUTS.get(slot[2], "list"),
                label=slot_labels()[slot[2]][self.language],
                value=value,
                options=options,
                is_missing=shows_missing and not value,
                tail=tail,
            )
            parts += [template[end : slot.start()], field]
            end = slot.end() + len(tail)
        return [*parts, template[end:]]

    def _slot_options(self, slot_type: str, form: str, value: str) -> list[tuple[str, str]]:
        """What may stand in a slot; a day that was said by date stays one of them."""
        if slot_type in INPUTS:
            return []
        places = {**(self.composition.places if self.composition else {}), **self.places}
        keys = [QUARTER, *places] if slot_type == "place" else list(slot_values(slot_type))
        keys += [value] if slot_type in DAY_TYPES and value and value not in keys else []
        return [(key, slot_value_as_text(slot_type, key, form, self.language, places=places)) for key in keys]

    def sentences_to_add(self, typed: str) -> list[tuple[str, str]]:
        """Sentences to add: those of the situation, or what the typed word finds; with gaps where slots are."""
        if self.composition is None:
            return []
        used = {choice.sentence for choice in self.composition.choices} | HIDDEN
        situation = self.composition.situation
        offered = [text.sentence_key for text in self.zone_texts if text.situation in {"", situation}]
        own = find_sentences_among(typed, self.own.values()) if typed else offered
        keys = find_sentences(typed, self.language) if typed else situations()[situation].sentences
        rows = {key: sentence_text(self.own[key], self.language) for key in own}
        rows |= {key: sentences()[key].texts[self.language] for key in keys}
        return [(key, slots_to_gaps(words, self.language)) for key, words in rows.items() if key not in used]

    def finding_cards(self) -> list[FindingCard]:
        """What the check says of the message as it stands on the page, a card a sentence."""
        return finding_cards(self.notice, self.texts(), self.language)

    def texts(self) -> dict[str, tuple[str, str, str]]:
        """The words of the choice by language; those that are stored where nothing is chosen."""
        if self.composition is None:
            return title_core_and_more_by_language(self.notice)
        sent_in = languages_notice_leaves_in(self.notice)
        return {
            language: composed_text_parts(self.composition, language, sent_in=sent_in)
            for language in self.composition.languages
        }

    def _is_typed_by_hand(self, card: FindingCard) -> bool:
        """Whether the sentence of ``card`` was typed here, so that another one can take its place."""
        additions = self.composition.additions if self.composition else {}
        return any(card.sentence in words for words in additions.values())

    def replace_sentence_by_proposal(self, card_key: str) -> None:
        """Put a sentence that passes in the place of the one on card ``card_key``, among the words of one's own.

        Where nothing else was added, it is put in every language at once.
        """
        card = next(
            (card for card in self.finding_cards() if card.key == card_key and self._is_typed_by_hand(card)), None
        )
        if card is None or self.composition is None:
            return
        typed = self.composition.additions
        is_alone = set(typed.values()) == {card.sentence}
        additions = {
            language: typed.get(language, card.sentence).replace(card.sentence, card.proposal_in(language))
            for language in (LANGUAGES if is_alone else typed)
        }
        self.composition = replace(self.composition, additions=additions)

    def context(self, *, find: str, shows_missing: bool) -> dict[str, Any]:
        """Everything the page shows about the choice."""
        texts = self.texts()
        order = [self.language, *(language for language in LANGUAGES if language != self.language)]
        cards = self.finding_cards()
        return {
            "composition": self.composition,
            "rows": self.sentence_rows(shows_missing=shows_missing),
            "candidates": self.sentences_to_add(find),
            "find": find,
            "languages_without_instructions": languages_without_instructions(self.notice, self.composition),
            "question": KINDS[self.notice.kind].question,
            "numbers": (NUMBERS.start, NUMBERS.stop - 1),
            "texts": [(language, texts[language]) for language in order if language in texts],
            "additions": [(language, self._own_words(language)) for language in order],
            "findings": [(card, self.typed.get(card.key, "") if self.typed else "") for card in cards],
            "sayable": {card.key for card in cards if self._is_typed_by_hand(card)},
            "held": any(card.blocks_message for card in cards),
            **short_text_length_values(self.notice, texts, at=self.at),
            "gaps": unfilled_gaps({language: texts[language] for language in order[:1] if language in texts}),
            "written": bool(texts),
        }

    def _own_words(self, language: str) -> str:
        return self.composition.additions.get(language, "") if self.composition else ""


def subject_buttons(find: str, *, hits: Sequence[str], for_traders: bool = False) -> list[tuple[str, Any, Any]]:
    """Situations to begin with: key, label and kind; only those found where somebody searches.

    Those of shops say so, and come first ``for_traders`` (R33).
    """
    keys = hits if find else sorted(SUBJECTS, key=lambda key: for_traders and not SUBJECTS[key].for_traders)
    subjects = {key: SUBJECTS[key] for key in keys if not KINDS[SUBJECTS[key].kind].needs_origin}
    return [(key, subject.label, _caption_of_subject(subject)) for key, subject in subjects.items()]


def _caption_of_subject(subject: Subject) -> str:
    kind = KINDS[subject.kind].label
    return gettext("%(kind)s, for shops") % {"kind": kind} if subject.for_traders else str(kind)


def template_buttons(templates: Sequence[ZoneText], find: str, language: str) -> list[tuple[str, Any, Any]]:
    """Templates of the zone to begin with: key, title and that of which situation; found ones where one searches."""
    hits = find_sentences_among(find, [template.sentence() for template in templates])
    rows = [template for template in templates if not find or template.sentence_key in hits]
    return [
        (template.sentence_key, sentence_text(template.sentence(), language), SUBJECTS[template.situation].label)
        for template in rows
    ]
