"""Who looked at the names of members: each look is an entry of the journal (R80)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.evaluation.queries.trail import offices_of_actors
from plp.journal.models import Entry
from plp.partnership.models import Partnership

LISTS: Mapping[str, Any] = MappingProxyType(  # what ``note`` calls them: in words
    {
        "members": _("List of members"),
        "waiting": _("Who waits to be accepted or confirmed"),
        "search": _("Search"),
        "member": _("Page of a member"),
        "sheet": _("Data of a member"),
        "letters": _("Letters"),
        "calls": _("Calls"),
        "unknown": _("Messages in doubt"),
        "paper": _("Lists for a day without network"),
        "refused": _("Who was not let in"),
        "measure": _("Letter about a measure"),
        "change": _("Members told of a change of the area"),
    }
)
OTHER_LIST = _("Another list")


@dataclass(frozen=True)
class Look:
    """One look: when, by which office, at which list, and how many names it showed."""

    at: datetime
    office: str
    words: Any
    names: int


def entries_of_members_viewed(partnerships: Sequence[Partnership]) -> QuerySet[Entry]:
    """The looks at the members of ``partnerships``, the newest first."""
    areas = [partnership.area.path for partnership in partnerships]
    return Entry.objects.filter(area__in=areas, verb="members.viewed").order_by("-at", "-number")


def rows_of_who_viewed_members(entries: Sequence[Entry]) -> list[Look]:
    """``entries`` in words."""
    return [
        Look(entry.at, office, LISTS.get(entry.details.get("list", ""), OTHER_LIST), entry.details.get("count", 0))
        for entry, office in zip(entries, offices_of_actors(entries), strict=True)
    ]
