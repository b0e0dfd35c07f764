"""Counts per partnership, and nothing else (R149): no name, no address, no text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from plp.mandates.grants import Permission
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.partnership.queries import in_scope
from plp.partnership.states import Belonging
from plp.people.models import Person

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """One partnership in counts."""

    name: str
    state: Any
    members: int
    asking: int
    sent: int
    to_release: int
    to_relay: int


def partnerships(person: Person, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships whose figures ``person`` may see, by name of their key."""
    return in_scope(person, Permission.FIGURES_SEE, at=at).order_by("key")


def rows(found: Sequence[Partnership], language: str, *, at: datetime) -> list[Row]:
    """The counts of some partnerships: two queries, however many there are."""
    members = _counted(
        found,
        active=Count("memberships", filter=Q(memberships__state=Belonging.ACTIVE)),
        asking=Count("memberships", filter=Q(memberships__state=Belonging.PENDING)),
    )
    notices = _counted(
        found,
        sent=Count("notices", filter=Q(notices__relayed_at__gt=at - RECENT)),
        to_release=Count("notices", filter=Q(notices__state=State.SUBMITTED)),
        to_relay=Count("notices", filter=Q(notices__state=State.RELEASED)),
    )
    return [
        Row(
            name=one.name(language),
            state=one.get_state_display(),
            members=members[one.pk]["active"],
            asking=members[one.pk]["asking"],
            sent=notices[one.pk]["sent"],
            to_release=notices[one.pk]["to_release"],
            to_relay=notices[one.pk]["to_relay"],
        )
        for one in found
    ]


def _counted(found: Sequence[Partnership], **counts: Count) -> dict[Any, dict[str, int]]:
    keys = [one.pk for one in found]
    return {row["pk"]: row for row in Partnership.objects.filter(pk__in=keys).annotate(**counts).values("pk", *counts)}
