"""One way to write to people: each reads their own language, by their first channel that has a text for it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from plp.delivery.actions import create_message, enqueue_copy_for_each_person
from plp.delivery.channel import Channel
from plp.delivery.installed import channels, senders
from plp.delivery.rules import moment_or_next_morning_if_night
from plp.delivery.texts import Slot, Text, split_at_slots, strip_slots
from plp.people.models import ContactPoint, Person
from plp.places.models import Area
from plp.toolbox.texts import text
from plp.wording.length import gsm7_spelling_if_possible

SUBJECT = "Subject: "

# What fills the places of a text: the same for all, or by language, asked while that language is active.
type Context = Mapping[str, str] | Callable[[str], Mapping[str, str]]


@dataclass(frozen=True)
class LetterTemplate:
    """A letter as data: its texts and how it travels.

    ``<name>_mail.<language>.md`` in ``folder`` goes by channels that show long texts, ``<name>_sms`` by short ones,
    ``<name>_spoken`` by those that read aloud, where such a text exists; one that people carry takes
    ``<name>_<channel>`` where there is one. Letters are ``urgent``, for somebody waits for them, unless told otherwise.

    ``lasts``: how long after its writing it still helps. ``to_unconfirmed``: also to addresses that nobody proved yet.
    ``despite_stop``: no STOP silences it (codes, mails about a sign-in, the receipt of a STOP). ``by_hand``: also on
    paper and by calls. ``titled``: notifications bear the subject of its mail. ``counts_for_area``: it counts as a
    message of the area in whose name it is written, in what that may spend and in its journal. ``by_day``: written at
    night it leaves in the morning.
    """

    folder: Path
    name: str
    purpose: str
    urgent: bool = True
    lasts: timedelta | None = None
    to_unconfirmed: bool = False
    despite_stop: bool = False
    by_hand: bool = False
    titled: bool = False
    counts_for_area: bool = False
    by_day: bool = False


@transaction.atomic
def send_letter(
    template: LetterTemplate,
    *,
    to: QuerySet[ContactPoint],
    context: Context,
    area: Area | None,
    by: Person | None,
    at: datetime,
    expires_at: datetime | None = None,
    languages: Collection[str] = (),
    subject_id: UUID | None = None,
) -> int:
    """Queue a letter to everybody behind these contacts; answer how many copies.

    ``area``: the quarter whose partnership writes; ``None``: the house itself. ``expires_at``: instead of what the
    template says. ``languages``: those of the readers, where these must not be looked up.
    ``subject_id``: the meeting or whatever else it is about.
    """
    languages = languages or languages_of(to)
    if not languages:
        return 0
    installed = channels() if template.by_hand else senders()
    texts = letter_texts(template, installed.values(), languages, context)
    path = area.path if area else ""
    message = create_message(
        purpose=template.purpose,
        texts=texts,
        channels=list(dict.fromkeys(written.channel for written in texts)),
        area=path if template.counts_for_area else "",
        on_behalf_of=path,
        urgent=template.urgent,
        expires_at=expires_at or (at + template.lasts if template.lasts else None),
        despite_stop=template.despite_stop,
        subject_id=subject_id,
        by=by,
        at=at,
    )
    due_at = moment_or_next_morning_if_night(at) if template.by_day else at
    return enqueue_copy_for_each_person(
        message=message, contacts=to, unconfirmed=template.to_unconfirmed, at=at, due_at=due_at
    )


def languages_of(contacts: QuerySet[ContactPoint]) -> list[str]:
    """The languages in which the owners of these contacts read: one query."""
    return sorted(set(contacts.order_by().values_list("person__language", flat=True).distinct()))


def letter_texts(
    template: LetterTemplate, by_channels: Iterable[Channel], languages: Iterable[str], context: Context
) -> list[Text]:
    """A letter in each of these languages, for each of these channels that has a text for it."""
    texts = []
    wanted = [channel for channel in by_channels if _has_text(template, channel)]
    for language in languages:
        with translation.override(language):
            values = context(language) if callable(context) else context
        for channel in wanted:
            subject, body = subject_and_body(
                text(template.folder, _text_file_name(template, channel), language, **values)
            )
            if template.titled and channel.abilities.titles:
                subject, _body = subject_and_body(text(template.folder, f"{template.name}_mail", language, **values))
            texts.append(
                Text(channel.key, language, subject, gsm_alphabet_spelling(body) if channel.abilities.cost else body)
            )
    return texts


def can_channel_carry_letter(template: LetterTemplate, channel_key: str) -> bool:
    """Whether a letter goes by the channel ``channel_key``: the worker sends by it, and there is a text for it."""
    channel = senders().get(channel_key)
    return channel is not None and _has_text(template, channel)


def _has_text(template: LetterTemplate, channel: Channel) -> bool:
    return (template.folder / f"{_text_file_name(template, channel)}.en.md").exists()


def _text_file_name(template: LetterTemplate, channel: Channel) -> str:
    """The name of the text that this channel carries."""
    own = f"{template.name}_{channel.key}"
    if channel.abilities.by_hand and (template.folder / f"{own}.en.md").exists():
        return own
    if channel.abilities.spoken:
        return f"{template.name}_spoken"
    return f"{template.name}_mail" if channel.abilities.max_length is None else f"{template.name}_sms"


def subject_and_body(text: str) -> tuple[str, str]:
    """Cut the first line ``Subject: …`` of a mail text from its body; a short message has no subject."""
    first_line, _newline, body = text.partition("\n")
    return (first_line.removeprefix(SUBJECT), body.strip()) if first_line.startswith(SUBJECT) else ("", text)


def gsm_alphabet_spelling(body: str) -> str:
    """A short text in the spelling that halves what it costs, if there is one; slots stay in their places."""
    if gsm7_spelling_if_possible(strip_slots(body)) == strip_slots(body):
        return body
    return "".join(
        piece if isinstance(piece, Slot) else gsm7_spelling_if_possible(piece) for piece in split_at_slots(body)
    )
