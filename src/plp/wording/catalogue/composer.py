"""From one choice of sentences to the message in a language: whole, as SMS, for a voice and in easy words."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composition import Choice, Composition, WrongChoice, require_valid_composition
from plp.wording.catalogue.reader import SLOT, CatalogueSentence, sentences, situations, slot_labels
from plp.wording.catalogue.values import slot_value_as_text
from plp.wording.catalogue.voice import spell_out_numbers
from plp.wording.length import count_segments, gsm7_spelling_if_possible

CORE_UNITS = 190  # what two parts leave beside the sender, the safety line and the check code
CORRECTED = "shared.corrected"


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
        return gsm7_spelling_if_possible(self.core.replace("\u00a0", " "))

    @property
    def text(self) -> str:
        """Everything a mail says."""
        return "\n\n".join(part for part in (self.core, self.more) if part)


def compose_message_text(
    composition: Composition, language: str, *, sent_in: Collection[str] = LANGUAGES
) -> ComposedText:
    """The message in ``language``, with a gap in square brackets where a slot is open. Raises ``WrongChoice``.

    What goes into the SMS fits in each of the languages that it is ``sent_in``: those that somebody reads.
    """
    require_valid_composition(composition, may_be_open=True)
    if language not in composition.languages:
        raise WrongChoice(f"a sentence of the zone has no words in {language}")
    core, more = _split_core_and_more(composition, language, sent_in)
    addition = _own_words_lines(composition, language)
    rows = _correction_choices(composition) + list(composition.choices)
    voiced = [*(_fill_sentence(row, composition, language, "spoken") for row in rows), *addition]
    easy = [*(_fill_sentence(row, composition, language, "easy") for row in rows), *addition]
    return ComposedText(
        title=composition.titles.get(language) or situations()[composition.situation].titles[language],
        core=_french_nbsp(" ".join(core), language),
        more=_french_nbsp("\n".join(more), language),
        spoken=_french_nbsp(spell_out_numbers(" ".join(voiced), language), language),
        easy=_french_nbsp("\n".join(easy), language),
    )


def _split_core_and_more(
    composition: Composition, language: str, sent_in: Collection[str]
) -> tuple[list[str], list[str]]:
    """The short text and the rest, each in the order chosen.

    Room in the SMS goes to the facts first, then to words of one's own, then to advice; a sentence takes its words for
    the SMS where the whole ones are too long. What is too long in one of the languages sent stands behind in all of
    them: whoever gets it reads the same order.
    """
    cores = {
        code: [_fill_sentence(row, composition, code, "") for row in _correction_choices(composition)]
        for code in composition.languages
        if code in {language, *sent_in}
    }
    core, taken = list(cores[language]), dict[int, str]()
    for place, choice in _core_choices_by_sms_priority(composition):
        words = {
            code: _full_text_if_it_fits_else_sms_text(choice, composition, code, before)
            for code, before in cores.items()
        }
        if all(words.values()) and (
            not cores[language] or all(_fits_in_sms([*before, words[code]]) for code, before in cores.items())
        ):
            taken[place] = words[language]
            for code, before in cores.items():
                before.append(words[code])
    more = [
        _fill_sentence(choice, composition, language, "")
        for place, choice in enumerate(composition.choices)
        if place not in taken
    ]
    if len(composition.choices) not in taken:
        more += _own_words_lines(composition, language)
    core += [taken[place] for place in sorted(taken)]
    return (core, more) if core else (more[:1], more[1:])


def _core_choices_by_sms_priority(composition: Composition) -> list[tuple[int, Choice | None]]:
    """What may stand in an SMS with its place in the message, what it needs most first; ``None``: one's own words."""
    rows = [(place, choice, composition.sentence(choice.sentence)) for place, choice in enumerate(composition.choices)]
    facts = [(place, choice) for place, choice, sentence in rows if sentence.core and not sentence.is_request]
    advice = [(place, choice) for place, choice, sentence in rows if sentence.core and sentence.is_request]
    return [*facts, (len(rows), None), *advice]


def _full_text_if_it_fits_else_sms_text(
    choice: Choice | None, composition: Composition, language: str, before: Sequence[str]
) -> str:
    """The whole words of a sentence if they fit behind those ``before``, else its words for the SMS; or one's own."""
    if choice is None:
        return "\n".join(_own_words_lines(composition, language))
    whole_words = _fill_sentence(choice, composition, language, "")
    if _fits_in_sms([*before, whole_words]):
        return whole_words
    return _fill_sentence(choice, composition, language, "sms")


def _fits_in_sms(parts: Sequence[str]) -> bool:
    return sum(map(_sms_units_of_character, " ".join(parts))) <= CORE_UNITS


@cache
def _sms_units_of_character(character: str) -> int:
    """What one character takes of an SMS, once it is spelled plainly."""
    return count_segments(gsm7_spelling_if_possible(character)).units


def _correction_choices(composition: Composition) -> list[Choice]:
    return [Choice(CORRECTED, {"changed": changed}) for changed in composition.changed]


def _fill_sentence(choice: Choice, composition: Composition, language: str, form: str) -> str:
    """The sentence in one form, with a capital at its beginning."""
    template = _sentence_template(composition.sentence(choice.sentence), language, form)
    words = SLOT.sub(lambda slot: _slot_text(slot, choice, composition, language, is_spoken=form == "spoken"), template)
    return words[0].upper() + words[1:]


def _slot_text(slot: re.Match[str], choice: Choice, composition: Composition, language: str, *, is_spoken: bool) -> str:
    value = str(choice.slots.get(slot[1], ""))
    if not value:
        return open_slot_text(slot[2], language)
    return slot_value_as_text(slot[2], value, slot[3] or "", language, places=composition.places, is_spoken=is_spoken)


def open_slot_text(slot_type: str, language: str) -> str:
    """What stands in the place of a slot that is open."""
    return f"[{slot_labels()[slot_type][language]}]"


def _sentence_template(sentence: CatalogueSentence, language: str, form: str) -> str:
    variants: dict[str, Mapping[str, str]] = {"sms": sentence.sms, "spoken": sentence.spoken, "easy": sentence.easy}
    return variants.get(form, {}).get(language, sentence.texts[language])


def addition_and_its_language(additions: Mapping[str, str], language: str) -> tuple[str, str]:
    """Words of one's own as they stand in the text of ``language``, and what they are written in; empty without any."""
    additions = {key: words.strip() for key, words in additions.items() if words.strip()}
    written = language if language in additions else next((other for other in LANGUAGES if other in additions), "")
    return additions.get(written, ""), written


def _own_words_lines(composition: Composition, language: str) -> list[str]:
    """Words of one's own: in their language, else as they are with a word on which language they are in (R8)."""
    addition, written = addition_and_its_language(composition.additions, language)
    if not addition or written == language:
        return [addition] if addition else []
    note = sentences()["shared.addition"].texts[language]
    return [
        SLOT.sub(lambda slot: slot_value_as_text(slot[2], written, "", language, places={}), note) + f"\n{addition}"
    ]


def _french_nbsp(text: str, language: str) -> str:
    """French sets its high signs apart with a space that does not break."""
    if language != "fr":
        return text
    for sign in (":", ";", "?", "!"):
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
