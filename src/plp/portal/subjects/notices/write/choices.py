"""The choice of sentences as the form of the composer sends it."""

from collections.abc import Sequence

from django.http import QueryDict

from plp.wording.catalogue.composition import Choice
from plp.wording.catalogue.reader import CatalogueSentence
from plp.wording.catalogue.values import Places, WrongValue, require_valid_slot_value


def sentence_text(sentence: CatalogueSentence, language: str) -> str:
    """Its words in ``language``; a sentence of the zone that lacks it, in the first language it has."""
    return sentence.texts.get(language) or next(iter(sentence.texts.values()))


def posted_slot_values(typed: QueryDict, number: int, sentence: CatalogueSentence, places: Places) -> dict[str, str]:
    """The values that a form sent for the sentence in row ``number``; empty where one cannot stand there."""
    values = {}
    for slot, slot_type in sentence.slots.items():
        value = typed.get(f"{number}-{slot}", "")
        if slot_type == "span":
            value = "-".join(typed.get(f"{number}-{slot}-{end}", "") for end in ("from", "to"))
        try:
            require_valid_slot_value(slot_type, value, places)
        except WrongValue:
            value = ""
        values[slot] = value
    return values


def fill_same_slots(rows: Sequence[tuple[CatalogueSentence, dict[str, str]]]) -> list[Choice]:
    """What is said once need not be said again: an open slot takes what another of its type holds."""
    values: dict[str, str] = {}
    for sentence, slots in rows:
        for slot, slot_type in sentence.slots.items():
            values[slot_type] = values.get(slot_type) or slots[slot]
    return [
        Choice(sentence.key, {slot: slots[slot] or values[kind] for slot, kind in sentence.slots.items()})
        for sentence, slots in rows
    ]


def move_or_remove_choice(choices: list[Choice], verb: str, number: int) -> list[Choice]:
    """The choices with that of ``number`` moved ``up``, ``down`` or taken ``out``; the last one stays."""
    moved = choices.pop(number)
    if verb != "out" or not choices:
        place = number if verb == "out" else max(0, number + (-1 if verb == "up" else 1))
        choices.insert(place, moved)
    return choices


def move_choice(choices: list[Choice], from_and_to: str) -> list[Choice]:
    """The choices with the one of the first of two numbers (``3-0``) at the place of the second; else as they are."""
    first, _dash, second = from_and_to.partition("-")
    if not (first.isdecimal() and second.isdecimal() and max(int(first), int(second)) < len(choices)):
        return choices
    moved = choices.pop(int(first))
    choices.insert(int(second), moved)
    return choices
