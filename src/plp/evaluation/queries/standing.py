"""A few counts of partnerships together, for the first page: the same queries however many they are, beyond one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from plp.mandates.grants import Role
from plp.mandates.queries import in_force
from plp.notices.models import Notice
from plp.partnership.counting import in_all
from plp.partnership.models import Membership, Partnership
from plp.partnership.states import Belonging
from plp.partnership.states import State as Life


@dataclass(frozen=True)
class Counts:
    """How many partnerships live, the members as far as told (T53), the messages out; of several, how many are at work
    without a coordinator.
    """

    partnerships: int
    members: str = "0"
    messages: int = 0
    leaderless: int = 0


def counts_of(partnerships: QuerySet[Partnership], *, since: datetime, at: datetime) -> Counts:
    """The counts at ``at``; messages from ``since`` on. Who is away is not among them (T14)."""
    living = partnerships.exclude(state__in=[Life.ENDED, Life.MERGED])
    found = list(living.values_list("pk", "area", "state"))
    if not found:
        return Counts(0)
    keys = [key for key, _area, _state in found]
    at_work = {area for _key, area, state in found if state == Life.ACTIVE}
    office = in_force(at).filter(area__in=at_work, role=Role.COORDINATOR)
    led = set(office.values_list("area", flat=True)) if len(found) > 1 else at_work
    return Counts(
        partnerships=len(found),
        members=in_all(_members(keys)),
        messages=Notice.objects.filter(
            partnership__in=keys, relayed_at__gt=since, relayed_at__lte=at, trial=None
        ).count(),
        leaderless=len(at_work - led),
    )


def _members(keys: Sequence[UUID]) -> list[int]:
    """How many belong, of each partnership that has any."""
    rows = Membership.objects.filter(partnership__in=keys, state=Belonging.ACTIVE).order_by()
    return [number for _key, number in rows.values_list("partnership").annotate(Count("pk"))]
