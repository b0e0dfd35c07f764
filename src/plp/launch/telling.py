"""Letters about the life of a partnership, and reminders: each reader in their own language."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import plain
from plp.launch.models import LifeAct
from plp.mandates.grants import Permission
from plp.mandates.queries import holders
from plp.membership.queries import member_contacts
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.queries import contacts_of

TEXTS = Path(__file__).parent / "texts"


def _template(name: str, *, by_hand: bool = False) -> LetterTemplate:
    return LetterTemplate(TEXTS, name, f"launch.{name}", urgent=False, by_hand=by_hand, counts_for_area=True)


LETTERS = {  # kind of act: the letter to the members
    LifeAct.Kind.REST: _template("life_rest", by_hand=True),
    LifeAct.Kind.WAKE: _template("life_wake", by_hand=True),
    LifeAct.Kind.MERGE: _template("life_merge", by_hand=True),
    LifeAct.Kind.END: _template("life_end", by_hand=True),
}
PARTNERS, REMINDER = _template("life_partners"), _template("reminder")


def tell_members(act: LifeAct, *, by: Person | None, at: datetime) -> int:
    """Tell every member by their own channel, paper and calls included (R66); answer how many letters were queued."""
    partnership, into = act.partnership, act.into or act.partnership
    return send_letter(
        LETTERS[LifeAct.Kind(act.kind)],
        to=member_contacts(partnership),
        context=lambda language: {
            "partnership": partnership.name(language),
            "into": into.name(language),
            "page": f"{settings.ORIGIN}/p/{into.key}/",
            "contact": partnership.contact_email or settings.ORIGIN,
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def tell_partners(act: LifeAct, *, by: Person | None, at: datetime) -> int:
    """Tell whoever holds a mandate there, with the reason: police, municipality, coordinator, committee."""
    partnership = act.partnership
    return send_letter(
        PARTNERS,
        to=contacts_of(holders(Permission.LAUNCH_SEE, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "act": str(act.get_kind_display()),
            "reason": plain(act.reason),
            "link": f"{settings.ORIGIN}/launch/{partnership.key}/life/",
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def remind(
    *,
    partnership: Partnership,
    what: Callable[[], str],
    day: Callable[[], str],
    persons: QuerySet[Person],
    at: datetime,
) -> int:
    """Remind ``persons`` by mail. ``what`` and ``day`` give words in the active language; answer how many."""
    return send_letter(
        REMINDER,
        to=contacts_of(persons),
        context=lambda language: {
            "partnership": partnership.name(language),
            "what": what(),
            "day": day(),
            "link": f"{settings.ORIGIN}/launch/{partnership.key}/",
        },
        area=partnership.area,
        by=None,
        at=at,
    )
