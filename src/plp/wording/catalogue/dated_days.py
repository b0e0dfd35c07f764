"""Days that a message names from where it stands (*yesterday*): by date, they are right on whatever day it leaves."""

import re
from dataclasses import replace
from datetime import date, timedelta

from plp.wording.catalogue.composition import Choice, Composition
from plp.wording.catalogue.values import DAY_TYPES

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_BEFORE = {"today": 0, "yesterday": 1, "night": 1, "evening": 1}
PARTS = {"night": "-night", "evening": "-evening", "weekend": "-weekend"}
WORDS = {  # of free text, in small letters: German writes tomorrow small and the morning with a capital
    "fr": r"aujourd['’]hui|avant-hier|hier(?: soir| matin)?|après-demain|demain(?: soir| matin)?"
    r"|cette nuit|ce matin|ce soir|cet après-midi|la nuit (?:dernière|passée)",
    "nl": r"vandaag|eergisteren|gister(?:en|avond|ochtend|nacht|middag)|overmorgen|(?<!in de )morgen(?:avond|ochtend)?"
    r"|vannacht|vanmorgen|vanochtend|vanmiddag|vanavond|(?:vorige|afgelopen) nacht",
    "de": r"heute|vorgestern|gestern|übermorgen|morgen|(?:letzte|vergangene|vorige)n? Nacht",
    "en": r"today|yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening)",
}


def name_days_by_date(composition: Composition, written_on: date) -> Composition:
    """The same message with the day, night or weekend it means, seen from ``written_on``, by date."""
    choices = [_choice_with_days_by_date(choice, composition, written_on) for choice in composition.choices]
    return replace(composition, choices=choices)


def _choice_with_days_by_date(choice: Choice, composition: Composition, written_on: date) -> Choice:
    types = composition.sentence(choice.sentence).slots
    slots = {
        slot: _value_with_day_by_date(value, written_on) if types.get(slot) in DAY_TYPES else value
        for slot, value in choice.slots.items()
    }
    return Choice(choice.sentence, slots)


def _value_with_day_by_date(value: str, written_on: date) -> str:
    """Its day by date; as it is where it names none, *in the past few days*."""
    if value in WEEKDAYS:
        days = (written_on.weekday() - WEEKDAYS.index(value)) % 7
    elif value == "weekend":  # the last that is over: from its Saturday on
        days = written_on.weekday() + 2
    elif value in DAYS_BEFORE:
        days = DAYS_BEFORE[value]
    else:
        return value
    return f"{written_on - timedelta(days=days)}{PARTS.get(value, '')}"


def relative_day_words(text: str, language: str) -> list[str]:
    """The words of ``text`` that another day would make wrong, *hier*, *tonight*, each once."""
    pattern = re.compile(rf"(?<![\w-])(?:{WORDS[language]})(?![\w-])", 0 if language == "de" else re.IGNORECASE)
    begins = _lower_case_sentence_starts(text) if language == "de" else text
    return list(dict.fromkeys(found[0].lower() for found in pattern.finditer(begins)))


def _lower_case_sentence_starts(text: str) -> str:
    """German as it reads in the middle of a sentence: *Gestern* at its beginning is *gestern*."""
    return re.sub(r"(?:^|(?<=[.:!?]\s)|(?<=\n))[A-ZÄÖÜ]", lambda sign: sign[0].lower(), text)
