"""Dates of a partnership that somebody must keep: for its page, its calendar and the reminders."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plp.evening.models import Meeting
from plp.evening.queries.decisions import EveningAgreement, agreement_of_last_held_evening
from plp.evening.states import MeetingState as Held
from plp.evening.states import Purpose
from plp.launch.models import CalendarLink, Course, LifeAct
from plp.launch.plan import FACTS
from plp.launch.queries.progress import Progress
from plp.launch.states import Standing
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.toolbox.clock import local
from plp.toolbox.crypto import is_valid_signature, sign

YEAR = timedelta(days=365)
PURPOSE = "launch.calendar"
LEADERS = (Role.OFFICER, Role.COORDINATOR, Role.COMMITTEE)
STEP = _("Step to finish: {}")
COMING = (Held.CONVENED, Held.OPEN)


@dataclass(frozen=True)
class DueDate:
    """One date. ``key`` is the same as long as the thing is the same; ``roles`` must see to it.

    ``starts_at`` and ``ends_at`` are given for a meeting, with its ``place``; a due day has none. ``lacks`` says
    what a step still lacks.
    """

    key: str
    day: date
    title: Any
    roles: tuple[Role, ...]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    lacks: Any = ""


def due_dates_in_plan_nearest_first(progress: Progress, *, at: datetime) -> list[DueDate]:
    """The coming and overdue dates of a partnership in its plan, the nearest first: four queries."""
    partnership = progress.partnership
    if progress.facts.is_over:
        return []
    dates = [*_due_dates_of_coming_meetings(partnership, at=at), *_usual_end_dates_of_open_steps(progress)]
    launch = planned_day_of_coming_launch(partnership)
    if launch is not None:
        dates.append(DueDate("launch", launch, _("Launch of the partnership"), LEADERS))
    confirmation = yearly_confirmation_due_day(partnership)
    if confirmation is not None:
        dates.append(DueDate("confirm", confirmation, _("Confirm that the partnership still works"), (Role.OFFICER,)))
    return sorted(dates, key=lambda due: (due.day, due.key))


def planned_day_of_coming_launch(partnership: Partnership) -> date | None:
    """The planned day of the launch: as it was set last, else as the evening agreed; ``None`` once launched."""
    return planned_launch_day_by_agreement(agreement_of_last_held_evening(partnership), partnership)


def planned_launch_day_by_agreement(agreement: EveningAgreement | None, partnership: Partnership) -> date | None:
    """The same, where the ``agreement`` of the evening was read already."""
    if partnership.launched_at is not None:
        return None
    day = Course.objects.filter(partnership=partnership).values_list("launch_on", flat=True).first()
    return day or (agreement.launch_on if agreement else None)


def yearly_confirmation_due_day(partnership: Partnership) -> date | None:
    """The day by which one partnership is to be confirmed; ``None`` before its launch and after its end."""
    return yearly_confirmation_due_days(Partnership.objects.filter(pk=partnership.pk)).get(partnership.pk)


def yearly_confirmation_due_days(partnerships: QuerySet[Partnership]) -> dict[UUID, date]:
    """By when each is to be confirmed: a year after its launch or its last confirmation (R148). One query."""
    at_work = partnerships.filter(launched_at__isnull=False, state__in=[State.ACTIVE, State.DORMANT])
    confirmed = Max("life__at", filter=Q(life__kind=LifeAct.Kind.CONFIRM))
    rows = at_work.annotate(last=Coalesce(confirmed, "launched_at")).values_list("pk", "last")
    return {key: local(last).date() + YEAR for key, last in rows}


def calendar_link_secret(partnership: Partnership) -> str:
    """The secret part of the calendar link of today: signed, stored nowhere."""
    generation = CalendarLink.objects.filter(partnership=partnership).values_list("generation", flat=True).first()
    return sign(_calendar_text_to_sign(partnership, generation or 1), purpose=PURPOSE)


def partnership_of_calendar(partnership_key: str, secret: str) -> Partnership | None:
    """The partnership of a calendar link; ``None`` for a wrong or renewed one."""
    partnership = Partnership.objects.filter(key=partnership_key).select_related("area", "calendar_link").first()
    if partnership is None:
        return None
    link = CalendarLink.objects.filter(partnership=partnership).first()
    is_right = is_valid_signature(
        _calendar_text_to_sign(partnership, link.generation if link else 1), secret, purpose=PURPOSE
    )
    return partnership if is_right else None


def _calendar_text_to_sign(partnership: Partnership, generation: int) -> str:
    return f"{partnership.pk}:{generation}"


def _due_dates_of_coming_meetings(partnership: Partnership, *, at: datetime) -> list[DueDate]:
    rows = Meeting.objects.filter(partnership=partnership, state__in=COMING, ends_at__gte=at)
    return [
        DueDate(
            key=f"meeting.{row.pk}",
            day=local(row.starts_at).date(),
            title=Purpose(row.purpose).label,
            roles=LEADERS,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
        )
        for row in rows
    ]


def _usual_end_dates_of_open_steps(progress: Progress) -> list[DueDate]:
    """The day by which each open step is usually done; a step that the zone does without has none."""
    return [
        DueDate(
            key=f"step.{state.step.key}",
            day=state.due,
            title=format_lazy(STEP, state.step.title),
            roles=state.next_roles or LEADERS,
            lacks=FACTS[state.missing[0].key].missing
            if state.missing
            else _("This step was opened again. Close it when it is done."),
        )
        for state in progress.open_steps
        if state.due is not None and not state.is_waived and state.standing != Standing.DONE
    ]
