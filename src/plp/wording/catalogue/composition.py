"""What an officer chose: sentences and the values of their slots, as data that a database or a file keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.reader import CatalogueSentence, sentences, situations
from plp.wording.catalogue.streets import is_street_name
from plp.wording.catalogue.values import Places, WrongValue, require_valid_slot_value


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
    types of slots that a correction set anew. ``own`` holds the sentences of the zone that it uses and ``titles`` the
    title of the zone's template, in the words of the day on which they were chosen. ``written_on`` is the day from
    which *yesterday* is seen.
    """

    situation: str
    choices: Sequence[Choice]
    places: Places = field(default_factory=dict)
    additions: Mapping[str, str] = field(default_factory=dict)
    changed: Sequence[str] = ()
    own: Mapping[str, CatalogueSentence] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    written_on: date | None = None

    def sentence(self, sentence_key: str) -> CatalogueSentence:
        """The sentence of a choice: of the zone, or ours. Raises ``KeyError``."""
        return self.own[sentence_key] if sentence_key in self.own else sentences()[sentence_key]

    def has_sentence(self, sentence_key: str) -> bool:
        """Whether it is one of the zone or of ours."""
        return sentence_key in self.own or sentence_key in sentences()

    @property
    def languages(self) -> list[str]:
        """Those in which every sentence and the title exist."""
        texts = [self.sentence(choice.sentence).texts for choice in self.choices]
        titles = self.titles or situations()[self.situation].titles
        return [language for language in LANGUAGES if all(language in words for words in [titles, *texts])]


def composition_from_data(data: Mapping[str, Any], *, may_be_open: bool = False) -> Composition:
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
            own={str(key): _build_own_sentence(str(key), row) for key, row in data.get("own", {}).items()},
            titles=dict(data.get("titles", {})),
            written_on=date.fromisoformat(data["written_on"]) if data.get("written_on") else None,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise WrongChoice(f"not a composition: {fault}") from fault
    require_valid_composition(composition, may_be_open=may_be_open)
    return composition


def _build_own_sentence(sentence_key: str, row: Mapping[str, Any]) -> CatalogueSentence:
    texts = {language: str(row["texts"][language]) for language in LANGUAGES if row["texts"].get(language)}
    if not texts or sentence_key in sentences():
        raise ValueError(sentence_key)
    return CatalogueSentence(key=sentence_key, core=bool(row["core"]), texts=texts, sms={}, spoken={}, easy={})


def composition_data(composition: Composition) -> dict[str, Any]:
    """The composition as it is stored: what ``composition_from_data`` reads."""
    used = {value for choice in composition.choices for slot, value in choice.slots.items() if slot.startswith("place")}
    return {
        "situation": composition.situation,
        "sentences": [{"sentence": choice.sentence, "slots": dict(choice.slots)} for choice in composition.choices],
        "places": {key: dict(names) for key, names in composition.places.items() if key in used},
        "additions": {language: words for language, words in composition.additions.items() if words},
        "changed": list(composition.changed),
        "own": {
            key: {"core": sentence.core, "texts": dict(sentence.texts)}
            for key, sentence in composition.own.items()
            if key in {choice.sentence for choice in composition.choices}
        },
        "titles": dict(composition.titles),
        **({"written_on": composition.written_on.isoformat()} if composition.written_on else {}),
    }


def require_valid_composition(composition: Composition, *, may_be_open: bool = False) -> None:
    """Raises ``WrongChoice`` for an unknown sentence, a slot left open, or a value that cannot stand there."""
    if composition.situation not in situations() or not composition.choices:
        raise WrongChoice(f"no situation {composition.situation!r}, or no sentence")
    wrong_names = [name for names in composition.places.values() for name in names.values() if not is_street_name(name)]
    if wrong_names:
        raise WrongChoice(f"{wrong_names[0]!r} is not the name of a street")
    for choice in composition.choices:
        if not composition.has_sentence(choice.sentence):
            raise WrongChoice(f"no sentence {choice.sentence!r}")
        _require_valid_slots(choice, composition, may_be_open=may_be_open)


def _require_valid_slots(choice: Choice, composition: Composition, *, may_be_open: bool) -> None:
    for slot, slot_type in composition.sentence(choice.sentence).slots.items():
        value = str(choice.slots.get(slot, ""))
        if may_be_open and not value:
            continue
        try:
            require_valid_slot_value(slot_type, value, composition.places)
        except WrongValue as fault:
            raise WrongChoice(f"{choice.sentence}: {fault}") from fault


def has_open_slot(composition: Composition) -> bool:
    """Whether a slot is not filled in yet."""
    return any(
        not choice.slots.get(slot)
        for choice in composition.choices
        for slot in composition.sentence(choice.sentence).slots
    )
