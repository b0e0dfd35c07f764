"""The year of a partnership: its meetings, what is due and what ends, for its calendar on the page and elsewhere."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.charter.queries import financing_plan_in_force
from plp.charter.queries.reviews import charter_review_day
from plp.evaluation.queries.reports import evaluation_cycle_of
from plp.evening.models import Meeting
from plp.evening.states import MeetingState as Held
from plp.evening.states import Purpose
from plp.followup.models import FollowUpMeeting
from plp.followup.states import FollowUpMeetingState
from plp.launch.queries.dates import LEADERS, DueDate, due_dates_in_plan_nearest_first
from plp.launch.queries.progress import Progress
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.partnership.models import Partnership
from plp.toolbox.clock import local

CONVENED = FollowUpMeetingState.CONVENED


def due_dates_of_year(progress: Progress, year: int, *, at: datetime) -> list[DueDate]:
    """Everything of one calendar year, the first day first: what was held, what is to come, what is due."""
    found = [*_meeting_dates_of_year(progress.partnership, year), *upcoming_due_dates(progress, at=at)]
    unique = {due.key: due for due in found if due.day.year == year}
    return sorted(unique.values(), key=lambda due: (due.day, due.key))


def upcoming_due_dates(progress: Progress, *, at: datetime) -> list[DueDate]:
    """The coming and overdue dates, with the evaluation and what ends: nothing more of a partnership that is over."""
    if progress.facts.is_over:
        return []
    partnership = progress.partnership
    talks = _police_meeting_dates(
        FollowUpMeeting.objects.filter(partnership=partnership, state=CONVENED, ends_at__gte=at)
    )
    found = [
        *due_dates_in_plan_nearest_first(progress, at=at),
        *talks,
        *_evaluation_date(partnership),
        *_review_dates(partnership),
        *_mandate_end_dates(partnership, at=at),
        *_payment_end_dates(partnership),
    ]
    return sorted(found, key=lambda due: (due.day, due.key))


def _meeting_dates_of_year(partnership: Partnership, year: int) -> Iterable[DueDate]:
    convened = Meeting.objects.filter(partnership=partnership, starts_at__year=year)
    rows = convened.exclude(state__in=[Held.PLANNED, Held.CANCELLED])
    for row in rows:
        yield _meeting_date(row, f"meeting.{row.pk}", Purpose(row.purpose).label)
    talks = FollowUpMeeting.objects.filter(partnership=partnership, starts_at__year=year)
    yield from _police_meeting_dates(talks.exclude(state=FollowUpMeetingState.CANCELLED))


def _police_meeting_dates(rows: QuerySet[FollowUpMeeting]) -> Iterable[DueDate]:
    """Meetings of coordinator and police: day, hours and place, nothing of what they speak about."""
    for row in rows:
        yield _meeting_date(row, f"talk.{row.pk}", gettext_lazy("Meeting of coordinator and police"))


def _meeting_date(row: Meeting | FollowUpMeeting, key: str, title: Any) -> DueDate:
    return DueDate(
        key=key,
        day=local(row.starts_at).date(),
        title=title,
        roles=LEADERS,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
    )


def _evaluation_date(partnership: Partnership) -> Iterable[DueDate]:
    cycle = evaluation_cycle_of(partnership)
    if cycle is not None:
        yield DueDate("evaluation", cycle.due_on, gettext_lazy("The yearly evaluation is due"), LEADERS)


def _review_dates(partnership: Partnership) -> Iterable[DueDate]:
    day = charter_review_day(partnership)
    if day is not None:
        yield DueDate("charter_review", day, gettext_lazy("The charter is looked at again"), LEADERS)


def _mandate_end_dates(partnership: Partnership, *, at: datetime) -> Iterable[DueDate]:
    """The ends of mandates that are known beforehand, by role: who holds it is told elsewhere."""
    rows = Mandate.objects.filter(area=partnership.area_id, ends_at__gt=at).order_by("ends_at", "pk")
    for key, role, ends_at in rows.values_list("pk", "role", "ends_at"):
        if ends_at is not None:
            yield DueDate(
                f"mandate.{key}",
                local(ends_at).date(),
                _fill_sentence_placeholder(_("Mandate ends: %s"), Role(role).label),
                LEADERS,
            )


def _payment_end_dates(partnership: Partnership) -> Iterable[DueDate]:
    """Until when what costs money is paid, and until when it is insured."""
    plan = financing_plan_in_force(partnership)
    if plan is None:
        return
    if plan.insured_until is not None:
        yield DueDate("insurance", plan.insured_until, gettext_lazy("The insurance ends"), LEADERS)
    for line in plan.lines.exclude(paid_until=None).order_by("pk"):
        if line.paid_until is not None:
            yield DueDate(
                f"money.{line.pk}",
                line.paid_until,
                _fill_sentence_placeholder(_("Paid until this day: %s"), line.what),
                LEADERS,
            )


def _fill_sentence_placeholder(sentence: str, what: Any) -> str:
    return sentence % what
