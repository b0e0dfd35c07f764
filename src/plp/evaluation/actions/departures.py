"""Count why somebody left, without saying who."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from plp.evaluation.models import LeavingCount
from plp.people.models import Person
from plp.toolbox.clock import local


@transaction.atomic
def increment_leaving_reason(
    *,
    partnership: UUID,
    reason: str,
    by: Person | None,  # noqa: ARG001 - kept nowhere: no one may learn who said it
    at: datetime,
) -> None:
    """Add one to a reason of this month. The journal notes nothing. Raises ``ValueError`` for a reason of no list."""
    month = local(at).date().replace(day=1)
    row, _new = LeavingCount.objects.get_or_create(
        partnership_id=partnership, month=month, reason=LeavingCount.Reason(reason)
    )
    LeavingCount.objects.filter(pk=row.pk).update(members=F("members") + 1)
