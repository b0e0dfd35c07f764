"""Who may release a change of a quarter, give it up, and take it back; which neighbour may cover what (ADR 72)."""

from datetime import datetime, timedelta

from django.db.models import Q

from plp.launch.models import QuarterChange
from plp.launch.states import QuarterState
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person

UNDO_WITHIN = timedelta(days=1)
UNRELEASED = OpenRows(
    f"FROM launch_quarterchange t WHERE t.state = '{QuarterState.DRAFT}' AND t.partnership_id IN {{partnerships}}"
)


def can_give_streets_to(partnership: Partnership, other: Partnership | None) -> bool:
    """Whether ``other`` may cover streets of ``partnership``: it lies in the same municipality, or over the zone."""
    return other is not None and partnership.area.parent_path.startswith(other.area.parent_path)


def may_release_change(person: Person, change: QuarterChange, *, at: datetime) -> bool:
    """Whether ``person`` is the second person: an officer, the supervisor or the chief, not who prepared it."""
    return person.pk != change.prepared_by_id and has_authority_over_change(person, change, at=at)


def changes_to_release(person: Person, *, at: datetime) -> list[QuarterChange]:
    """The prepared changes that wait for ``person`` as the second one, the nearest day first."""
    if not UNRELEASED.may_exist_for(person):
        return []
    rights = (Permission.PARTNERSHIP_LEAD, Permission.ZONE_SET)
    here = Q(partnership__area__in=permitted_areas(person, *rights, at=at))
    drafts = QuarterChange.objects.filter(here, state=QuarterState.DRAFT).exclude(prepared_by=person)
    rows = drafts.select_related("partnership__area", "other__area").order_by("day", "pk")
    return [change for change in rows if may_release_change(person, change, at=at)]


def has_authority_over_change(person: Person, change: QuarterChange, *, at: datetime) -> bool:
    """Whether ``person`` leads all partnerships concerned, or sets what holds in their zone."""
    areas = {change.partnership.area_id, *([change.other.area_id] if change.other else [])}
    rights = (Permission.PARTNERSHIP_LEAD, Permission.ZONE_SET)
    return any(permitted_areas(person, right, at=at).filter(pk__in=areas).count() == len(areas) for right in rights)


def may_undo_change(person: Person, change: QuarterChange, *, at: datetime) -> bool:
    """Whether ``person`` may take this change back now."""
    if change.state != QuarterState.DONE or change.done_at is None or at >= change.done_at + UNDO_WITHIN:
        return False
    return has_authority_over_change(person, change, at=at)
