"""Letters about the life of a partnership, and reminders: each reader in their own language."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from plp.delivery import installed
from plp.delivery.actions import compose, enqueue_all
from plp.delivery.letters import subject_and_body
from plp.delivery.texts import Text, plain
from plp.launch.models import LifeAct
from plp.mandates.grants import Permission
from plp.mandates.queries import holders
from plp.membership.queries import member_contacts
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_of
from plp.toolbox.texts import LANGUAGES, text

TEXTS = Path(__file__).parent / "texts"
LETTERS = {  # kind of act: name of the letter to the members
    LifeAct.Kind.REST: "life_rest",
    LifeAct.Kind.WAKE: "life_wake",
    LifeAct.Kind.MERGE: "life_merge",
    LifeAct.Kind.END: "life_end",
}


def tell_members(act: LifeAct, *, by: Person | None, at: datetime) -> int:
    """Tell every member by their own channel, paper and calls included (R66); answer how many letters were queued."""
    into = act.into or act.partnership

    def places(language: str) -> Mapping[str, str]:
        return {
            "partnership": act.partnership.name(language),
            "into": into.name(language),
            "page": f"{settings.ORIGIN}/p/{into.key}/",
            "contact": act.partnership.contact_email or settings.ORIGIN,
        }

    members = member_contacts(act.partnership)
    return _send(LETTERS[LifeAct.Kind(act.kind)], act.partnership, members, places, by_hand=True, by=by, at=at)


def tell_partners(act: LifeAct, *, by: Person | None, at: datetime) -> int:
    """Tell whoever holds a mandate there, with the reason: police, municipality, coordinator, committee."""
    partnership = act.partnership

    def places(language: str) -> Mapping[str, str]:
        return {
            "partnership": partnership.name(language),
            "act": str(act.get_kind_display()),
            "reason": plain(act.reason),
            "link": f"{settings.ORIGIN}/launch/{partnership.key}/life/",
        }

    partners = contacts_of(holders(Permission.LAUNCH_SEE, partnership.area, at=at))
    return _send("life_partners", partnership, partners, places, by_hand=False, by=by, at=at)


def remind(
    *,
    partnership: Partnership,
    what: Callable[[], str],
    day: Callable[[], str],
    persons: QuerySet[Person],
    at: datetime,
) -> int:
    """Remind ``persons`` by mail. ``what`` and ``day`` give words in the active language; answer how many."""

    def places(language: str) -> Mapping[str, str]:
        return {
            "partnership": partnership.name(language),
            "what": what(),
            "day": day(),
            "link": f"{settings.ORIGIN}/launch/{partnership.key}/",
        }

    return _send("reminder", partnership, contacts_of(persons), places, by_hand=False, by=None, at=at)


def _send(
    letter: str,
    partnership: Partnership,
    contacts: QuerySet[ContactPoint],
    places: Callable[[str], Mapping[str, str]],
    *,
    by_hand: bool,
    by: Person | None,
    at: datetime,
) -> int:
    """Queue one letter in every language, by each channel that has a text for it."""
    keys: dict[str, None] = {}
    texts = []
    channels = installed.channels() if by_hand else installed.senders()
    for language in LANGUAGES:
        with translation.override(language):
            filled = places(language)
        for channel in channels.values():
            file = f"{letter}_sms" if channel.abilities.max_length else f"{letter}_mail"
            if (TEXTS / f"{file}.{language}.md").exists():
                subject, body = subject_and_body(text(TEXTS, file, language, **filled))
                texts.append(Text(channel=channel.key, language=language, subject=subject, body=body))
                keys[channel.key] = None
    message = compose(
        purpose=f"launch.{letter}", texts=texts, channels=list(keys), area=partnership.area.path, by=by, at=at
    )
    return enqueue_all(message=message, contacts=contacts, at=at)
