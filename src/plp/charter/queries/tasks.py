"""What waits for one person in the charters of their area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from plp.charter.models import Amendment, CommunicationPlan, Deed
from plp.charter.queries.deeds import clause_rows, party_represented_by
from plp.charter.queries.signatures import signature_slots, slots_held_by_person
from plp.charter.states import DeedState, PlanState
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission, permitted_areas
from plp.mandates.scopes import AreaScope
from plp.partnership.gates import OVER
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person

OPEN_DEEDS = OpenRows(
    f"FROM charter_deed t WHERE t.state IN ('{DeedState.SIGNING}', '{DeedState.DRAFT}') "
    "AND t.partnership_id IN {partnerships}"
)
AMENDMENTS = OpenRows(
    f"FROM charter_amendment t JOIN charter_deed d ON d.id = t.deed_id WHERE d.state = '{DeedState.SIGNED}' "
    "AND d.partnership_id IN {partnerships}"
)
DRAFT_PLANS = OpenRows(
    f"FROM charter_communicationplan t WHERE t.state = '{PlanState.DRAFT}' AND t.partnership_id IN {{partnerships}}"
)


@dataclass(frozen=True)
class CharterTask:
    """One thing to do: ``what`` is "sign", "agree" (with the ``kind`` of deed), "plan" or "change"."""

    what: str
    partnership: Partnership
    kind: str = ""


def charter_tasks(person: Person, *, at: datetime) -> list[CharterTask]:
    """Signatures, clauses, plans and changes that wait for ``person``; a few queries for each text at work."""
    if not holds_any_permission(person, Permission.CHARTER_WRITE, at=at):
        return _tasks_to_agree_communication_plan(person, at)
    areas = permitted_areas(person, Permission.CHARTER_WRITE, at=at)
    deeds = _deeds_to_agree_or_sign(areas) if OPEN_DEEDS.may_exist_for(person) else []
    found = _without_rules_beside_charter([one for deed in deeds for one in _tasks_on_deed(deed, person, at)])
    found += _tasks_to_agree_communication_plan(person, at)
    amendments = _amendments_of_signed_deeds(areas) if AMENDMENTS.may_exist_for(person) else []
    partnerships = {amendment.deed.partnership for amendment in amendments}
    return found + [CharterTask("change", one) for one in sorted(partnerships, key=lambda one: one.key)]


def _without_rules_beside_charter(tasks: list[CharterTask]) -> list[CharterTask]:
    """``tasks`` without the internal rules where the charter waits too: one accepts both there."""
    agreeing = {one.partnership.pk for one in tasks if (one.what, one.kind) == ("agree", Deed.Kind.CHARTER)}
    return [one for one in tasks if one.kind != Deed.Kind.RULES or one.partnership.pk not in agreeing]


def _tasks_on_deed(deed: Deed, person: Person, at: datetime) -> Iterator[CharterTask]:
    """What one text asks of ``person``."""
    if deed.state == DeedState.SIGNING:
        mine = slots_held_by_person(person, deed, at=at) if deed.kind == Deed.Kind.CHARTER else []
        if any(row.is_next and row.role in mine for row in signature_slots(deed)):
            yield CharterTask("sign", deed.partnership)
        return
    party = party_represented_by(person, deed.partnership, at=at)
    if any(party not in row.agreed for row in clause_rows(deed, "")):
        yield CharterTask("agree", deed.partnership, deed.kind)


def _tasks_to_agree_communication_plan(person: Person, at: datetime) -> list[CharterTask]:
    """The drafts of the plan to which the other side has agreed."""
    if not holds_any_permission(
        person, Permission.PLAN_AGREE, Permission.PLAN_WRITE, at=at
    ) or not DRAFT_PLANS.may_exist_for(person):
        return []
    agrees, writes = (
        permitted_areas(person, Permission.PLAN_AGREE, at=at),
        permitted_areas(person, Permission.PLAN_WRITE, at=at),
    )
    return [CharterTask("plan", plan.partnership) for plan in _plans_agreed_by_other_side(agrees, writes)]


def _deeds_to_agree_or_sign(areas: AreaScope) -> QuerySet[Deed]:
    rows = Deed.objects.filter(partnership__area__in=areas, state__in=[DeedState.SIGNING, DeedState.DRAFT])
    return rows.exclude(partnership__state__in=OVER).prefetch_related("partnership__area")


def _amendments_of_signed_deeds(areas: AreaScope) -> QuerySet[Amendment]:
    rows = Amendment.objects.filter(deed__partnership__area__in=areas, deed__state=DeedState.SIGNED)
    return rows.exclude(deed__partnership__state__in=OVER).prefetch_related("deed__partnership__area")


def _plans_agreed_by_other_side(agrees: AreaScope, writes: AreaScope) -> QuerySet[CommunicationPlan]:
    as_police = Q(partnership__area__in=agrees, police_agreed_by=None, partnership_agreed_by__isnull=False)
    as_residents = Q(partnership__area__in=writes, partnership_agreed_by=None, police_agreed_by__isnull=False)
    drafts = CommunicationPlan.objects.filter(state=PlanState.DRAFT).exclude(partnership__state__in=OVER)
    ready = drafts.filter(as_police | (as_residents & ~Q(partnership__area__in=agrees)))
    return ready.order_by("partnership__key", "version").prefetch_related("partnership__area")
