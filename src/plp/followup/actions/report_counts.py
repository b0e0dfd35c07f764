"""The police count how often people report something, month by month: numbers alone (R138)."""

from datetime import date, datetime

from django.db import transaction

from plp.followup.models import ReportCount
from plp.followup.refusals import BadMonth
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local

MOST = 100_000
YEARS = 5


@transaction.atomic
def set_monthly_report_count(
    *, partnership: Partnership, month: date, members: int, others: int, by: Person, at: datetime
) -> ReportCount:
    """Set the numbers of a month, given by any of its days. Raises ``NotAllowed`` or ``BadMonth``."""
    require(by, Permission.EXCHANGE_RATE, partnership.area, at=at)
    today, first = local(at).date(), month.replace(day=1)
    if not today.year - YEARS <= first.year or first > today:
        raise BadMonth
    told = {"members": min(max(members, 0), MOST), "others": min(max(others, 0), MOST)}
    row, _is_new = ReportCount.objects.update_or_create(partnership=partnership, month=first, defaults=told)
    note(verb="reports.counted", by=by, at=at, area=partnership.area.path, target=row, month=str(first), **told)
    return row
