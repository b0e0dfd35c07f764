"""From one choice of sentences to the message in a language: whole, as SMS, for a voice and in easy words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.reader import SLOT, CatalogueSentence, sentences, situations, slot_labels
from plp.wording.catalogue.streets import is_street_name
from plp.wording.catalogue.values import Places, WrongValue, require_value, words_of_value
from plp.wording.catalogue.voice import spelled_out
from plp.wording.length import segments, spelled_plainly

CORE_UNITS = 190  # what two parts leave beside the sender, the safety line and the check code
CORRECTED = "shared.corrected"


class WrongChoice(ValueError):
    """A composition names what the catalogue does not have. Its text says what."""


@dataclass(frozen=True)
class Choice:
    """One sentence with the value of each of its slots."""

    sentence: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Composition:
    """What an officer chose: the message in every language follows from it.

    ``places`` holds the names of the streets it uses, ``additions`` words of one's own by language, ``changed`` the
    types of slots that a correction set anew.
    """

    situation: str
    choices: Sequence[Choice]
    places: Places = field(default_factory=dict)
    additions: Mapping[str, str] = field(default_factory=dict)
    changed: Sequence[str] = ()


@dataclass(frozen=True)
class ComposedText:
    """The message in one language. ``core`` is the SMS without what is put around it, ``more`` the rest of a mail."""

    title: str
    core: str
    more: str
    spoken: str
    easy: str

    @property
    def sms(self) -> str:
        """The short text in the spelling of the SMS."""
        return spelled_plainly(self.core.replace("\u00a0", " "))

    @property
    def text(self) -> str:
        """Everything a mail says."""
        return "\n\n".join(part for part in (self.core, self.more) if part)


def composition_from(data: Mapping[str, Any], *, may_be_open: bool = False) -> Composition:
    """Read a composition as stored or as written in a file. Raises ``WrongChoice`` for what cannot be composed.

    ``may_be_open``: a slot may still be empty.
    """
    try:
        composition = Composition(
            situation=str(data["situation"]),
            choices=[Choice(str(row["sentence"]), dict(row.get("slots", {}))) for row in data["sentences"]],
            places={str(key): dict(names) for key, names in data.get("places", {}).items()},
            additions=dict(data.get("additions", {})),
            changed=tuple(data.get("changed", ())),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise WrongChoice(f"not a composition: {fault}") from fault
    require_composition(composition, may_be_open=may_be_open)
    return composition


def composition_data(composition: Composition) -> dict[str, Any]:
    """The composition as it is stored: what ``composition_from`` reads."""
    used = {value for choice in composition.choices for slot, value in choice.slots.items() if slot.startswith("place")}
    return {
        "situation": composition.situation,
        "sentences": [{"sentence": choice.sentence, "slots": dict(choice.slots)} for choice in composition.choices],
        "places": {key: dict(names) for key, names in composition.places.items() if key in used},
        "additions": {language: words for language, words in composition.additions.items() if words},
        "changed": list(composition.changed),
    }


def require_composition(composition: Composition, *, may_be_open: bool = False) -> None:
    """Raises ``WrongChoice`` for an unknown sentence, a slot left open, or a value that cannot stand there."""
    if composition.situation not in situations() or not composition.choices:
        raise WrongChoice(f"no situation {composition.situation!r}, or no sentence")
    wrong_names = [name for names in composition.places.values() for name in names.values() if not is_street_name(name)]
    if wrong_names:
        raise WrongChoice(f"{wrong_names[0]!r} is not the name of a street")
    for choice in composition.choices:
        if choice.sentence not in sentences():
            raise WrongChoice(f"no sentence {choice.sentence!r}")
        _require_slots(choice, composition.places, may_be_open=may_be_open)


def _require_slots(choice: Choice, places: Places, *, may_be_open: bool) -> None:
    for slot, slot_type in sentences()[choice.sentence].slots.items():
        value = str(choice.slots.get(slot, ""))
        if may_be_open and not value:
            continue
        try:
            require_value(slot_type, value, places)
        except WrongValue as fault:
            raise WrongChoice(f"{choice.sentence}: {fault}") from fault


def has_open_slot(composition: Composition) -> bool:
    """Whether a slot is not filled in yet."""
    return any(
        not choice.slots.get(slot) for choice in composition.choices for slot in sentences()[choice.sentence].slots
    )


def compose(composition: Composition, language: str) -> ComposedText:
    """The message in ``language``, with a gap in square brackets where a slot is open. Raises ``WrongChoice``."""
    require_composition(composition, may_be_open=True)
    core, more = _split(composition, language)
    addition = _addition(composition, language)
    rows = _corrected(composition) + list(composition.choices)
    voiced = [*(_filled(row, composition, language, "spoken") for row in rows), *addition]
    easy = [*(_filled(row, composition, language, "easy") for row in rows), *addition]
    return ComposedText(
        title=situations()[composition.situation].titles[language],
        core=_spaced(" ".join(core), language),
        more=_spaced("\n".join([*more, *addition]), language),
        spoken=_spaced(spelled_out(" ".join(voiced), language), language),
        easy=_spaced("\n".join(easy), language),
    )


def _split(composition: Composition, language: str) -> tuple[list[str], list[str]]:
    """The short text and the rest: the facts first, in the words of the SMS where the whole ones are too long."""
    core = [_filled(row, composition, language, "") for row in _corrected(composition)]
    more: list[str] = []
    for choice in composition.choices:
        whole_words, short_words = (_filled(choice, composition, language, form) for form in ("", "sms"))
        sentence = sentences()[choice.sentence]
        fitting = next((words for words in (whole_words, short_words) if _fits([*core, words])), None)
        if sentence.core and not core:
            core.append(fitting or short_words)
        elif sentence.core and fitting:
            core.append(fitting)
        else:
            more.append(whole_words)
    return (core, more) if core else (more[:1], more[1:])


def _fits(parts: Sequence[str]) -> bool:
    return sum(map(_units, " ".join(parts))) <= CORE_UNITS


@cache
def _units(character: str) -> int:
    """What one character takes of an SMS, once it is spelled plainly."""
    return segments(spelled_plainly(character)).units


def _corrected(composition: Composition) -> list[Choice]:
    return [Choice(CORRECTED, {"changed": changed}) for changed in composition.changed]


def _filled(choice: Choice, composition: Composition, language: str, form: str) -> str:
    """The sentence in one form, with a capital at its beginning."""
    template = _template(sentences()[choice.sentence], language, form)
    words = SLOT.sub(
        lambda slot: _slot_words(slot, choice, composition, language, is_spoken=form == "spoken"), template
    )
    return words[0].upper() + words[1:]


def _slot_words(
    slot: re.Match[str], choice: Choice, composition: Composition, language: str, *, is_spoken: bool
) -> str:
    value = str(choice.slots.get(slot[1], ""))
    if not value:
        return gap_words(slot[2], language)
    return words_of_value(slot[2], value, slot[3] or "", language, places=composition.places, is_spoken=is_spoken)


def gap_words(slot_type: str, language: str) -> str:
    """What stands in the place of a slot that is open."""
    return f"[{slot_labels()[slot_type][language]}]"


def _template(sentence: CatalogueSentence, language: str, form: str) -> str:
    variants: dict[str, Mapping[str, str]] = {"sms": sentence.sms, "spoken": sentence.spoken, "easy": sentence.easy}
    return variants.get(form, {}).get(language, sentence.texts[language])


def _addition(composition: Composition, language: str) -> list[str]:
    """Words of one's own: in their language, else as they are with a word on which language they are in (R8)."""
    additions = {key: words.strip() for key, words in composition.additions.items() if words.strip()}
    if not additions:
        return []
    if language in additions:
        return [additions[language]]
    written = next(other for other in LANGUAGES if other in additions)
    note = sentences()["shared.addition"].texts[language]
    return [
        SLOT.sub(lambda slot: words_of_value(slot[2], written, "", language, places={}), note)
        + f"\n{additions[written]}"
    ]


def _spaced(text: str, language: str) -> str:
    """French sets its high signs apart with a space that does not break."""
    if language != "fr":
        return text
    for sign in (":", ";", "?", "!"):
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
