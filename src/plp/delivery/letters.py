"""Letters of the house to one or few people. Their texts stand in the room that writes them, one per language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet

from plp.delivery import installed
from plp.delivery.actions import compose, enqueue_all
from plp.delivery.texts import Text
from plp.people.models import ContactPoint, Person
from plp.places.models import Area
from plp.toolbox.texts import text
from plp.wording.length import spelled_plainly

SUBJECT = "Subject: "


def subject_and_body(whole: str) -> tuple[str, str]:
    """Cut the first line ``Subject: …`` of a mail text from its body; a short message has no subject."""
    first, _newline, rest = whole.partition("\n")
    return (first.removeprefix(SUBJECT), rest.strip()) if first.startswith(SUBJECT) else ("", whole)


def send_letter(
    *,
    name: str,
    folder: Path,
    contacts: QuerySet[ContactPoint],
    languages: Sequence[str],
    places: Mapping[str, str | Callable[[str], str]],
    purpose: str,
    expires_at: datetime | None,
    unconfirmed: bool,
    by: Person | None,
    at: datetime,
    area: Area | None,
    urgent: bool = True,
    despite_stop: bool = False,
) -> int:
    """Queue the letter ``name`` of ``folder`` to ``contacts`` by the channels that carry it; answer how many.

    ``<name>_mail`` goes by channels that show long texts, ``<name>_sms`` by short ones, where such a text exists;
    channels carried by hand are left out. A place that differs by language is a function of it.

    Letters are urgent, for somebody waits for them, unless told otherwise. ``area``: that of the partnership in whose
    name it goes; ``None``: the house's own. ``despite_stop``: what no STOP silences (codes, mails about a sign-in, the
    receipt of a STOP).
    """
    keys, texts = [], []
    for channel in installed.senders().values():
        file = f"{name}_sms" if channel.abilities.max_length else f"{name}_mail"
        if not (folder / f"{file}.en.md").exists():
            continue
        keys.append(channel.key)
        for language in languages:
            words = {key: place if isinstance(place, str) else place(language) for key, place in places.items()}
            subject, body = subject_and_body(text(folder, file, language, **words))
            body = spelled_plainly(body) if channel.abilities.cost else body
            texts.append(Text(channel=channel.key, language=language, subject=subject, body=body))
    message = compose(
        purpose=purpose,
        texts=texts,
        channels=keys,
        urgent=urgent,
        expires_at=expires_at,
        despite_stop=despite_stop,
        on_behalf_of=area.path if area else "",
        by=by,
        at=at,
    )
    return enqueue_all(message=message, contacts=contacts, unconfirmed=unconfirmed, at=at)
