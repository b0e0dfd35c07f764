"""Feedback that was promised and is late, for the officer's list (R112)."""

from dataclasses import dataclass
from datetime import datetime

from plp.followup.queries import due_matters
from plp.mandates.grants import Permission
from plp.notices.models import Notice
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person


@dataclass(frozen=True)
class LateFeedback:
    """A message whose feedback is late, and since when."""

    notice: Notice
    due_at: datetime


def overdue_feedback(person: Person | None, *, at: datetime) -> list[LateFeedback]:
    """The messages of ``person``'s area for which feedback should have gone out by ``at``, the oldest first."""
    areas = partnerships_in_scope(person, Permission.NOTICE_WRITE, at=at)
    due = {one.matter: one.due_at for one in due_matters.due_feedback(areas, at) if one.due_at <= at}
    rows = Notice.objects.filter(pk__in=due).select_related("partnership__area")
    return sorted((LateFeedback(row, due[row.pk]) for row in rows), key=lambda late: late.due_at)
