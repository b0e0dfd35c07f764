"""What was agreed at meetings and is not done yet (R25)."""

from datetime import datetime

from plp.evening.models import Decision
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person

SHOWN = 10  # agreements at once

UNDONE = OpenRows(
    "FROM evening_decision t JOIN evening_meeting m ON m.id = t.meeting_id "
    "WHERE t.done_at IS NULL AND m.partnership_id IN {partnerships}",
    permission=Permission.EVENING_LEAD,
)


def open_decisions(person: Person, *, at: datetime) -> list[Decision]:
    """The agreements that are not done, of the meetings that ``person`` leads, the most pressing first: one query."""
    if not UNDONE.may_wait_for(person):
        return []
    areas = permitted_areas(person, Permission.EVENING_LEAD, at=at)
    rows = Decision.objects.filter(done_at=None, meeting__partnership__area__in=areas)
    return list(rows.select_related("meeting__partnership__area").order_by("due", "pk")[:SHOWN])
