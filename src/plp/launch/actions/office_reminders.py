"""Whoever waits for an office may remind it once: one mail to whoever holds it (R2)."""

from datetime import datetime

from django.db import transaction

from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.launch.letters import queue_plan_reminder_mails
from plp.launch.models import Reminder
from plp.launch.queries.offices import offices_awaited_in_open_steps, persons_in_office_over_partnership, reminder_key
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.refusals import NotAwaited, OfficeReminded, OfficeUnreachable
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import require_unless_machine
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local


@transaction.atomic
def mail_reminder_to_office_once(
    *, partnership: Partnership, step: str, role: Role, by: Person | None, at: datetime
) -> int:
    """Remind whoever holds ``role`` of what ``step`` waits for from them; answer how many mails.

    ``by`` is ``None`` for the initiator, whose link stands for them. Raises ``NotAllowed``, ``NotAwaited``,
    ``OfficeReminded`` or ``OfficeUnreachable``.
    """
    area = partnership.area
    require_unless_machine(by, Permission.LAUNCH_SEE, area, at=at)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    offices = offices_awaited_in_open_steps(step_plan_progress_of_partnership(partnership, at=at), at=at)
    office = next((office for office in offices if (office.step.key, office.role) == (step, role)), None)
    if office is None:
        raise NotAwaited
    if office.reminded_on is not None:
        raise OfficeReminded(day=date_format(office.reminded_on, "DATE_FORMAT"))
    due = office.due or local(at).date()
    mails = queue_plan_reminder_mails(
        partnership=partnership,
        what=lambda: str(office.facts[0].missing),
        day=lambda: date_format(due, "DATE_FORMAT"),
        persons=persons_in_office_over_partnership(partnership, role, at=at),
        at=at,
    )
    if not mails:
        raise OfficeUnreachable
    key = reminder_key(step, role)
    row = Reminder.objects.create(partnership=partnership, key=key, due_on=local(at).date(), at=at, told=mails)
    note(verb="launch.office_reminded", by=by, at=at, area=area.path, target=row, step=step, role=role, told=mails)
    return mails
