"""A few counts of partnerships together, for the first page: the same queries however many they are, beyond one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, QuerySet, UUIDField

from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force, permitted_areas
from plp.mandates.scopes import AreaScope
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.partnership.states import State as Life
from plp.people.models import Person
from plp.people.small_counts import mask_sum_of_counts


@dataclass(frozen=True)
class PartnershipCounts:
    """How many partnerships live, the members as far as told (T53), the messages out; of several, how many are at work
    without a coordinator.
    """

    partnerships: int
    members: str = "0"
    messages: int = 0
    leaderless: int = 0


def _continuing_partnerships(areas: AreaScope) -> QuerySet[Partnership, tuple[UUID, UUID, str]]:
    rows = Partnership.objects.filter(area__in=areas).exclude(state__in=[Life.ENDED, Life.MERGED])
    return rows.order_by("key").values_list("pk", "area", "state")


def _areas_with_coordinator(areas: Sequence[UUID], at: datetime) -> QuerySet[Mandate, UUID]:
    return mandates_in_force(at).filter(area__in=areas, role=Role.COORDINATOR).values_list("area", flat=True)


def counts_visible_to(person: Person, *, since: datetime, at: datetime) -> PartnershipCounts:
    """What ``person`` may see of the figures of their area at ``at``; messages from ``since`` on. Who is away is not
    among them (T14).
    """
    found = list(_continuing_partnerships(permitted_areas(person, Permission.FIGURES_SEE, at=at)))
    if not found:
        return PartnershipCounts(0)
    keys = [key for key, _area, _state in found]
    members, messages = _count_members_and_notices(keys, since, at)
    at_work = {area for _key, area, state in found if state == Life.ACTIVE}
    led = set(_areas_with_coordinator(list(at_work), at)) if len(found) > 1 else at_work
    return PartnershipCounts(
        partnerships=len(found),
        members=mask_sum_of_counts(members),
        messages=messages,
        leaderless=len(at_work - led),
    )


MEMBERS = """
    SELECT COUNT(*) FROM partnership_membership WHERE state = %s AND partnership_id IN ({keys})
    GROUP BY partnership_id"""
MESSAGES = """
    SELECT COUNT(*) FROM notices_notice n WHERE n.relayed_at > %s AND n.relayed_at <= %s
    AND n.partnership_id IN ({keys}) AND NOT EXISTS (SELECT 1 FROM followup_trial t WHERE t.notice_id = n.id)"""


def _count_members_and_notices(partnerships: Sequence[UUID], since: datetime, until: datetime) -> tuple[list[int], int]:
    """How many belong, of each of these partnerships that has any; how many messages went out, trials apart.

    In SQL by hand: the first page asks it of everybody, and composing it took longer than all the answers.
    """
    places = ", ".join(["%s"] * len(partnerships))
    keys = [UUIDField().get_db_prep_value(key, connection) for key in partnerships]
    moments = [DateTimeField().get_db_prep_value(moment, connection) for moment in (since, until)]
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS.format(keys=places), [Belonging.ACTIVE.value, *keys])
        members = [number for (number,) in cursor.fetchall()]
        cursor.execute(MESSAGES.format(keys=places), [*moments, *keys])
        return members, cursor.fetchone()[0]
