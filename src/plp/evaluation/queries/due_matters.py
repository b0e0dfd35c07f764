"""What is due in the year of a partnership and on its way there: found for the clocks, a fixed number of queries."""

from datetime import date, datetime, time, timedelta
from uuid import uuid5

from django.db.models import QuerySet

from plp.charter.queries.reviews import charter_review_day_by_partnership
from plp.evaluation.models import ReportTask
from plp.evaluation.queries.reports import SOON, evaluation_cycles_of
from plp.evaluation.states import ReportState
from plp.followup.models import Activity
from plp.followup.rules.due import DueMatter
from plp.launch.models import Position
from plp.launch.queries.dates import yearly_confirmation_due_days
from plp.partnership.models import Partnership
from plp.partnership.states import State as Life
from plp.toolbox.clock import BRUSSELS, local

THREE_DAYS, WEEK, MONTH = timedelta(days=3), timedelta(days=7), timedelta(days=30)
END_OF_DAY = time(17)


def due_evaluations(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Yearly evaluations that are near or late, until their report is put up for signature (R142): three queries.

    The matter is the partnership and the period, so that each year is recalled by itself.
    """
    found = []
    for cycle in evaluation_cycles_of(partnerships.filter(state=Life.ACTIVE, launched_at__isnull=False)):
        is_written = cycle.report is not None and cycle.report.state != ReportState.DRAFT
        due_at = _end_of_day(cycle.due_on)
        if due_at - SOON <= at and not is_written:
            matter = uuid5(cycle.partnership.pk, cycle.begins.isoformat())
            found.append(DueMatter(matter, cycle.partnership.pk, due_at, due_at - SOON, MONTH))
    return found


def due_yearly_officer_confirmations(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Partnerships of which the officer says once a year that they work (R148): one query."""
    found = []
    for key, day in yearly_confirmation_due_days(partnerships).items():
        due_at = _end_of_day(day)
        if due_at - WEEK <= at:
            found.append(DueMatter(uuid5(key, day.isoformat()), key, due_at, due_at, MONTH))
    return found


def due_tasks_of_coordinator(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """What an evaluation left to the coordinator: recalled three days before. One query."""
    return _due_tasks_of_side(partnerships, Activity.Side.COORDINATOR, at)


def due_tasks_of_police(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """What an evaluation left to the police: recalled three days before. One query."""
    return _due_tasks_of_side(partnerships, Activity.Side.POLICE, at)


def _due_tasks_of_side(partnerships: QuerySet[Partnership], side: str, at: datetime) -> list[DueMatter]:
    tasks = ReportTask.objects.filter(report__partnership__in=partnerships, side=side, done_at=None)
    rows = tasks.exclude(report__state=ReportState.DRAFT).filter(report__frozen_at__lte=at).select_related("report")
    return [
        DueMatter(row.pk, row.report.partnership_id, due_at, due_at - THREE_DAYS, WEEK)
        for row in rows
        for due_at in [_end_of_day(row.due_on)]
    ]


def due_charter_reviews(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Signed charters that are to be looked at again within a month: three queries. Each day is recalled by itself."""
    living = partnerships.exclude(state__in=[Life.ENDED, Life.MERGED])
    matters = []
    for key, day in charter_review_day_by_partnership(living.values_list("pk", flat=True)).items():
        due_at = _end_of_day(day)
        if due_at - SOON <= at:
            matters.append(DueMatter(uuid5(key, f"charter {day.isoformat()}"), key, due_at, due_at - SOON, MONTH))
    return matters


def due_stalled_steps(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Steps of the launch that are open for longer than usual (R30): one query. Each step is a matter of its own."""
    under_way = partnerships.filter(launched_at=None)
    rows = Position.objects.filter(partnership__in=under_way, due__lt=local(at).date()).exclude(step="")
    return [
        DueMatter(
            uuid5(row.partnership_id, row.step),
            row.partnership_id,
            _end_of_day(row.due),
            _end_of_day(row.due),
            2 * WEEK,
        )
        for row in rows
        if row.due is not None
    ]


def _end_of_day(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, tzinfo=BRUSSELS)
