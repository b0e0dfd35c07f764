"""A few counts of partnerships together, for the first page: the same queries however many they are, beyond one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import in_force, within
from plp.mandates.scopes import Known
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.partnership.states import State as Life
from plp.people.models import Person
from plp.people.small_counts import in_all
from plp.toolbox.prepared import prepared


@dataclass(frozen=True)
class Counts:
    """How many partnerships live, the members as far as told (T53), the messages out; of several, how many are at work
    without a coordinator.
    """

    partnerships: int
    members: str = "0"
    messages: int = 0
    leaderless: int = 0


@prepared
def _living(areas: Known) -> QuerySet[Partnership, tuple[UUID, UUID, str]]:
    rows = Partnership.objects.filter(area__in=areas).exclude(state__in=[Life.ENDED, Life.MERGED])
    return rows.order_by("key").values_list("pk", "area", "state")


@prepared
def _led(areas: Sequence[UUID], at: datetime) -> QuerySet[Mandate, UUID]:
    return in_force(at).filter(area__in=areas, role=Role.COORDINATOR).values_list("area", flat=True)


def counts_for(person: Person, *, since: datetime, at: datetime) -> Counts:
    """What ``person`` may see of the figures of their area at ``at``; messages from ``since`` on. Who is away is not
    among them (T14).
    """
    found = _living(within(person, Permission.FIGURES_SEE, at=at))
    if not found:
        return Counts(0)
    keys = [key for key, _area, _state in found]
    at_work = {area for _key, area, state in found if state == Life.ACTIVE}
    led = set(_led(list(at_work), at)) if len(found) > 1 else at_work
    return Counts(
        partnerships=len(found),
        members=in_all(_members(keys)),
        messages=sum(number for _key, number in _messages(keys, since, at)),
        leaderless=len(at_work - led),
    )


def _members(keys: Sequence[UUID]) -> list[int]:
    """How many belong, of each partnership that has any."""
    return [number for _key, number in _belonging(keys)]


@prepared
def _belonging(partnerships: Sequence[UUID]) -> QuerySet[Any, tuple[UUID, int]]:
    rows = Membership.objects.filter(partnership__in=partnerships, state=Belonging.ACTIVE).order_by()
    return rows.values_list("partnership").annotate(number=Count("pk"))


@prepared
def _messages(partnerships: Sequence[UUID], since: datetime, until: datetime) -> QuerySet[Any, tuple[UUID, int]]:
    sent = Notice.objects.filter(partnership__in=partnerships, relayed_at__gt=since, relayed_at__lte=until, trial=None)
    return sent.order_by().values_list("partnership").annotate(number=Count("pk"))
