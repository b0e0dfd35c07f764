"""What waits for one person in the charters of their area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from plp.charter.models import Amendment, CommunicationPlan, Deed
from plp.charter.queries.deeds import clause_rows, party_of
from plp.charter.queries.signing import may_fill, slots
from plp.charter.states import DeedState, State
from plp.mandates.grants import Permission
from plp.mandates.queries import holds, within
from plp.mandates.scopes import Known
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.prepared import prepared


@dataclass(frozen=True)
class Waiting:
    """One thing to do: ``what`` is "sign", "agree" (with the ``kind`` of deed), "plan" or "change"."""

    what: str
    partnership: Partnership
    kind: str = ""


def waiting_for(person: Person, *, at: datetime) -> list[Waiting]:
    """Signatures, clauses, plans and changes that wait for ``person``; a few queries for each text at work."""
    if not holds(person, Permission.CHARTER_WRITE, at=at):
        return _plans(person, at)
    areas = within(person, Permission.CHARTER_WRITE, at=at)
    found = [one for deed in _open(areas) for one in _of_deed(deed, person, at)]
    found += _plans(person, at)
    partnerships = {one.deed.partnership for one in _changed(areas)}
    return found + [Waiting("change", one) for one in sorted(partnerships, key=lambda one: one.key)]


def _of_deed(deed: Deed, person: Person, at: datetime) -> Iterator[Waiting]:
    """What one text asks of ``person``."""
    if deed.state == DeedState.SIGNING:
        mine = may_fill(person, deed, at=at) if deed.kind == Deed.Kind.CHARTER else []
        if any(row.is_next and row.role in mine for row in slots(deed)):
            yield Waiting("sign", deed.partnership)
        return
    party = party_of(person, deed.partnership, at=at)
    if any(party not in row.agreed for row in clause_rows(deed, "")):
        yield Waiting("agree", deed.partnership, deed.kind)


def _plans(person: Person, at: datetime) -> list[Waiting]:
    """The drafts of the plan to which the other side has agreed."""
    if not holds(person, Permission.PLAN_AGREE, Permission.PLAN_WRITE, at=at):
        return []
    agrees, writes = within(person, Permission.PLAN_AGREE, at=at), within(person, Permission.PLAN_WRITE, at=at)
    return [Waiting("plan", plan.partnership) for plan in _agreed(agrees, writes)]


@prepared
def _open(areas: Known) -> QuerySet[Deed]:
    rows = Deed.objects.filter(partnership__area__in=areas, state__in=[DeedState.SIGNING, DeedState.DRAFT])
    return rows.prefetch_related("partnership__area")


@prepared
def _changed(areas: Known) -> QuerySet[Amendment]:
    rows = Amendment.objects.filter(deed__partnership__area__in=areas, deed__state=DeedState.SIGNED)
    return rows.prefetch_related("deed__partnership__area")


@prepared
def _agreed(agrees: Known, writes: Known) -> QuerySet[CommunicationPlan]:
    as_police = Q(partnership__area__in=agrees, police_agreed_by=None, partnership_agreed_by__isnull=False)
    as_residents = Q(partnership__area__in=writes, partnership_agreed_by=None, police_agreed_by__isnull=False)
    drafts = CommunicationPlan.objects.filter(state=State.DRAFT)
    ready = drafts.filter(as_police | (as_residents & ~Q(partnership__area__in=agrees)))
    return ready.order_by("partnership__key", "version").prefetch_related("partnership__area")
