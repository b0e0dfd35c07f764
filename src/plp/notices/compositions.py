"""The choice of sentences behind a notice (ADR 53): how it starts, its places, what a correction changes."""

from datetime import datetime, timedelta

from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.places.queries.coverage import streets_of
from plp.toolbox.clock import local
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from plp.wording.catalogue.composer import Choice, Composition, WrongChoice, compose, composition_from
from plp.wording.catalogue.reader import sentences, situations
from plp.wording.catalogue.streets import QUARTER, is_street_name
from plp.wording.catalogue.values import Places

_MEANT = {  # what a correction says has changed, by the types of slots
    "hour": "hour later span",
    "day": "day lately date moment",
    "place": "place venue site parking crowd",
    "number": "number",
    "method": "entry side role trade caller sender scam cause plan hazard",
    "advice": "tip phone",
}
MEANINGS = {slot_type: meaning for meaning, types in _MEANT.items() for slot_type in types.split()}
OTHER_MEANING = "object"
GOING_ON = {"alarm", "calamity"}
NEWS_AFTER = timedelta(hours=1)


def starting_composition(subject: str, at: datetime) -> Composition:
    """The sentences with which a situation begins: in the quarter, and now where something goes on; the rest open."""
    situation = situations()[subject]
    return Composition(subject, [starting_choice(key, situation.kind, at) for key in situation.start])


def starting_choice(key: str, kind: str, at: datetime) -> Choice:
    """A sentence as it is put into a message of ``kind``."""
    rounded = local(at) - timedelta(minutes=local(at).minute % 5)
    presets = {"place": QUARTER}
    if kind in GOING_ON:
        presets |= {"hour": f"{rounded:%H:%M}", "later": f"{rounded + NEWS_AFTER:%H:%M}"}
    return Choice(key, {slot: presets.get(slot_type, "") for slot, slot_type in sentences()[key].slots.items()})


def composition_of(notice: Notice) -> Composition | None:
    """The choice of a notice; ``None`` where it was written by hand, or a sentence is no longer in the catalogue."""
    if notice.composition is None:
        return None
    try:
        return composition_from(notice.composition, may_be_open=True)
    except WrongChoice:
        return None


def street_places(partnership: Partnership) -> Places:
    """The streets of the quarter by their key, with their names by language."""
    places = {}
    for street in streets_of(partnership.area):
        names = {language: getattr(street, f"name_{language}") for language in OFFICIAL_LANGUAGES}
        usable = {language: name for language, name in names.items() if name and is_street_name(name)}
        if usable:
            places[f"s{street.pk}"] = usable
    return places


def composed_words(composition: Composition, language: str) -> tuple[str, str, str]:
    """Title, core and more of the notice in ``language``."""
    composed = compose(composition, language)
    return composed.title, composed.core, composed.more


def subject_template(subject: str, language: str) -> tuple[str, str, str]:
    """What a situation begins with, as a text with gaps: for somebody who looks."""
    choices = [Choice(key) for key in situations()[subject].start]
    return composed_words(Composition(subject, choices), language)


def changed_meanings(before: Composition, after: Composition) -> tuple[str, ...]:
    """What a correction says anew, in the order of the message: keys of the list ``changed``."""
    earlier = {choice.sentence: choice.slots for choice in before.choices}
    changes = []
    for choice in after.choices:
        slots = sentences()[choice.sentence].slots
        if choice.sentence not in earlier:
            changes.append("text" if sentences()[choice.sentence].core else "advice")
            continue
        differing = [slot for slot in slots if choice.slots.get(slot) != earlier[choice.sentence].get(slot)]
        changes += [MEANINGS.get(slots[slot], OTHER_MEANING) for slot in differing]
    if before.additions != after.additions or set(earlier) - {choice.sentence for choice in after.choices}:
        changes.append("text")
    return tuple(dict.fromkeys(changes))
