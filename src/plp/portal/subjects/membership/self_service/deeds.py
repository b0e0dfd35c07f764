"""What others did for somebody: their deputy, whoever was on call, a coordinator on their word (ADR 74)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.evaluation.trail_words import WORDS
from plp.journal.queries import entries_done_for, target_name
from plp.mandates.rota_queries import paths_of_quarters_acted_in_for
from plp.membership.models import Membership
from plp.people.models import Person

SHOWN, BACK = 20, timedelta(days=90)
OTHER = _("One of your tasks was done")
ON_WORD: Mapping[str, Any] = MappingProxyType(
    {
        "membership.corrected_on_word": _("Your details were corrected"),
        "membership.contact_added_on_word": _("A way to reach you was added"),
        "membership.hours_set_on_word": _("Opening hours and quiet hours"),
        "membership.stopped_on_word": _("A way to reach you was stopped"),
        "help_call.taken": _("A call for help was taken"),
    }
)


@dataclass(frozen=True)
class DeedDoneFor:
    """One act: when, by whom, and what, in words."""

    at: datetime
    name: str
    words: Any


def recent_acts_of_others_for(person: Person, memberships: Iterable[Membership], *, at: datetime) -> list[DeedDoneFor]:
    """The last acts of others for ``person``, the newest first; those of offices since three months."""
    targets = [target_name(membership) for membership in memberships]
    areas = paths_of_quarters_acted_in_for(person)
    if not targets and not areas:
        return []
    entries = list(entries_done_for(person, targets=targets, areas=areas, since=at - BACK)[:SHOWN])
    actors = Person.objects.in_bulk([entry.actor for entry in entries if entry.actor])
    names = {str(key): actor.name for key, actor in actors.items()}
    return [
        DeedDoneFor(entry.at, names.get(entry.actor, ""), ON_WORD.get(entry.verb) or WORDS.get(entry.verb, OTHER))
        for entry in entries
    ]
