"""The choice of sentences behind a notice (ADR 53): how it starts, its places, what a correction changes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from plp.charter.kinds import KINDS
from plp.notices.models import Notice, ZoneText
from plp.notices.queries import contacts_of_notice_audience
from plp.notices.queries.zone_texts import zone_sentences_in_use
from plp.partnership.models import Partnership
from plp.places.queries.coverage import streets_of
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES, OFFICIAL_LANGUAGES
from plp.wording.catalogue.composer import compose_message_text
from plp.wording.catalogue.composition import Choice, Composition, WrongChoice, composition_from_data
from plp.wording.catalogue.reader import CatalogueSentence, sentences, situations
from plp.wording.catalogue.requests import tells_what_to_do
from plp.wording.catalogue.streets import QUARTER, is_street_name
from plp.wording.catalogue.values import Places

_MEANT = {  # what a correction says has changed, by the types of slots
    "hour": "hour later span",
    "day": "day lately date moment",
    "place": "place venue site parking crowd",
    "number": "number",
    "method": "entry side role trade caller sender scam cause plan hazard",
    "advice": "tip phone",
    "text": "warned",
}
MEANINGS = {slot_type: meaning for meaning, types in _MEANT.items() for slot_type in types.split()}
OTHER_MEANING = "object"
FEEDBACK = "thanks"  # the situation of what became of an earlier message
GOING_ON = {"alarm", "calamity"}
NEWS_AFTER = timedelta(hours=1)


def starting_composition_of_subject(subject: str, at: datetime) -> Composition:
    """The sentences with which a situation begins: in the quarter, and now where something goes on; the rest open."""
    situation = situations()[subject]
    return Composition(subject, [starting_choice(sentences()[key], situation.kind, at) for key in situation.start])


def starting_composition_of_feedback(origin: Notice, at: datetime) -> Composition:
    """What a feedback to ``origin`` begins with: the end of its situation ("the fire is out"), else what came out.

    That the danger is over is said only of a danger: of an alarm about one, or of a calamity.
    """
    feedback = situations()[FEEDBACK]
    subject = (origin.composition or {}).get("situation", "")
    ends = [key for key in feedback.ends if key.startswith(f"{subject}.")]
    opening = ends[:1] or ([f"{FEEDBACK}.over"] if origin.kind == "calamity" else [f"{FEEDBACK}.quiet"])
    keys = [*opening, *(key for key in feedback.start if key not in feedback.opens)]
    return Composition(FEEDBACK, [starting_choice(sentences()[key], feedback.kind, at) for key in keys])


def composition_of_zone_template(template: ZoneText, partnership: Partnership, at: datetime) -> Composition:
    """The sentences with which a template of a zone begins, in the words of today; those withdrawn since are left out.

    Raises ``WrongChoice`` when none is left.
    """
    own = {text.sentence_key: text.sentence() for text in zone_sentences_in_use(partnership)}
    kind = situations()[template.situation].kind
    sentence_keys = [key for key in template.sentences if key in own or key in sentences()]
    choices = [starting_choice(own[key] if key in own else sentences()[key], kind, at) for key in sentence_keys]
    if not choices:
        raise WrongChoice(f"no sentence of template {template.pk} is in use")
    used = {key: own[key] for key in sentence_keys if key in own}
    return Composition(template.situation, choices, own=used, titles=template.texts)


def starting_choice(sentence: CatalogueSentence, kind: str, at: datetime) -> Choice:
    """A sentence as it is put into a message of ``kind``."""
    rounded = local(at) - timedelta(minutes=local(at).minute % 5)
    presets = {"place": QUARTER}
    if kind in GOING_ON:
        presets |= {"hour": f"{rounded:%H:%M}", "later": f"{rounded + NEWS_AFTER:%H:%M}"}
    return Choice(sentence.key, {slot: presets.get(slot_type, "") for slot, slot_type in sentence.slots.items()})


def stored_composition_or_none(notice: Notice) -> Composition | None:
    """The choice of a notice; ``None`` where it was written by hand, or a sentence is no longer in the catalogue."""
    if notice.composition is None:
        return None
    try:
        return composition_from_data(notice.composition, may_be_open=True)
    except WrongChoice:
        return None


def languages_without_instructions(notice: Notice, composition: Composition | None) -> list[str]:
    """In which languages a message leaves out what its kind should tell: what people should or can do (R109).

    Sentences of the zone may say it: nobody is warned of them. Words by hand are read in every language.
    """
    if not KINDS[notice.kind].question or notice.answers_id or (composition is not None and composition.additions):
        return []
    if composition is None:
        texts = list(notice.texts.all()) if notice.pk else []
        return [
            text.language
            for text in texts
            if not tells_what_to_do(f"{text.title}. {text.core}. {text.more}", text.language)
        ]
    catalogue = sentences()
    is_bare = all(
        choice.sentence in catalogue and not catalogue[choice.sentence].is_request for choice in composition.choices
    )
    return list(composition.languages) if is_bare else []


def street_slot_values(partnership: Partnership) -> Places:
    """The streets of the quarter by their key, with their names by language."""
    places = {}
    for street in streets_of(partnership.area):
        names = {language: getattr(street, f"name_{language}") for language in OFFICIAL_LANGUAGES}
        usable = {language: name for language, name in names.items() if name and is_street_name(name)}
        if usable:
            places[f"s{street.pk}"] = usable
    return places


def languages_notice_leaves_in(notice: Notice) -> frozenset[str]:
    """In which languages a message leaves: those of the partnership, and of whoever it goes to."""
    readers = contacts_of_notice_audience(notice).order_by().values_list("person__language", flat=True)
    return frozenset({*notice.partnership.languages, *readers.distinct()})


def composed_text_parts(
    composition: Composition, language: str, *, sent_in: Collection[str] = LANGUAGES
) -> tuple[str, str, str]:
    """Title, core and more of the notice in ``language``; its SMS fits in the languages that it is ``sent_in``."""
    composed = compose_message_text(composition, language, sent_in=sent_in)
    return composed.title, composed.core, composed.more


def composed_easy_text(composition: Composition, language: str) -> str:
    """The message in easy language."""
    return compose_message_text(composition, language).easy


def subject_template(subject: str, language: str) -> tuple[str, str, str]:
    """What a situation begins with, as a text with gaps: for somebody who looks."""
    choices = [Choice(key) for key in situations()[subject].start]
    return composed_text_parts(Composition(subject, choices), language)


def meanings_changed_by_correction(before: Composition, after: Composition) -> tuple[str, ...]:
    """What a correction says anew, in the order of the message: keys of the list ``changed``."""
    earlier = {choice.sentence: choice.slots for choice in before.choices}
    changes = []
    for choice in after.choices:
        sentence = after.sentence(choice.sentence)
        slots = sentence.slots
        if choice.sentence not in earlier:
            changes.append("text" if sentence.core else "advice")
            continue
        differing = [slot for slot in slots if choice.slots.get(slot) != earlier[choice.sentence].get(slot)]
        changes += [MEANINGS.get(slots[slot], OTHER_MEANING) for slot in differing]
    if before.additions != after.additions or set(earlier) - {choice.sentence for choice in after.choices}:
        changes.append("text")
    return tuple(dict.fromkeys(changes))
