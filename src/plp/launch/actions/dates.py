"""The planned launch, the secret calendar link, and the reminders before dates."""

from datetime import date, datetime, timedelta

from django.db import transaction

from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.launch.actions.steps import assign_step_plan_once
from plp.launch.letters import queue_plan_reminder_mails
from plp.launch.models import CalendarLink, Reminder
from plp.launch.queries.dates import DueDate, due_dates_in_plan_nearest_first
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.refusals import LaunchTooEarly
from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_in_force, require_unless_machine
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState

AHEAD = timedelta(days=7)  # a date is recalled a week before


@transaction.atomic
def set_planned_launch_day(*, partnership: Partnership, day: date, by: Person | None, at: datetime) -> None:
    """Plan the launch on another day than before.

    Raises ``NotAllowed``, ``LaunchTooEarly`` for a day that is past, ``WrongState`` once it is launched.
    """
    require_unless_machine(by, Permission.LAUNCH_NOTE, partnership.area, at=at)
    if partnership.launched_at is not None:
        raise WrongState
    if day < local(at).date():
        raise LaunchTooEarly
    course = assign_step_plan_once(partnership=partnership, by=by, at=at)
    course.launch_on = day
    course.save(update_fields=["launch_on"])
    note(verb="launch.planned", by=by, at=at, area=partnership.area.path, target=partnership, day=day.isoformat())


@transaction.atomic
def replace_secret_calendar_link(*, partnership: Partnership, by: Person | None, at: datetime) -> CalendarLink:
    """Give the calendar a new secret link; the old one shows nothing any more. Raises ``NotAllowed``."""
    require_unless_machine(by, Permission.LAUNCH_NOTE, partnership.area, at=at)
    require_living(partnership)
    CalendarLink.objects.get_or_create(partnership=partnership)
    link = CalendarLink.objects.select_for_update().get(partnership=partnership)
    link.generation += 1
    link.save(update_fields=["generation"])
    note(verb="launch.calendar_renewed", by=by, at=at, area=partnership.area.path, target=partnership)
    return link


@transaction.atomic
def queue_due_date_reminders(*, partnership: Partnership, by: Person | None, at: datetime) -> int:
    """Queue the reminders that are due today; answer how many mails. A second call on the same day sends nothing."""
    now = step_plan_progress_of_partnership(partnership, at=at)
    return sum(
        _queue_reminder_a_week_ahead_once(now.partnership, due, by=by, at=at)
        for due in due_dates_in_plan_nearest_first(now, at=at)
    )


def _queue_reminder_a_week_ahead_once(
    partnership: Partnership, due: DueDate, *, by: Person | None, at: datetime
) -> int:
    """One reminder a week ahead, once. What is late lies on a desk of the follow-up, and is recalled from there."""
    if not due.day - AHEAD <= local(at).date() <= due.day:
        return 0
    key = f"{due.key}.0"
    row, is_new = Reminder.objects.get_or_create(partnership=partnership, key=key, due_on=due.day, defaults={"at": at})
    if not is_new:
        return 0
    mandates = mandates_in_force(at).filter(role__in=due.roles, area__in=Area.objects.containing(partnership.area.path))
    persons = Person.objects.filter(pk__in=mandates.values("person"))
    row.told = queue_plan_reminder_mails(
        partnership=partnership,
        what=lambda: str(due.lacks or due.title),
        day=lambda: date_format(due.day, "DATE_FORMAT"),
        persons=persons,
        at=at,
    )
    row.save(update_fields=["told"])
    note(verb="launch.reminded", by=by, at=at, area=partnership.area.path, target=row, key=key, told=row.told)
    return row.told
