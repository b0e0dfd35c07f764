"""What was agreed at meetings: what is not done yet (R25), and what the information evening said of money and dates."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from plp.evening.models import Decision, Meeting
from plp.evening.states import MeetingState, Purpose
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person
from plp.toolbox.clock import local

SHOWN = 10  # agreements at once

UNDONE = OpenRows(
    "FROM evening_decision t JOIN evening_meeting m ON m.id = t.meeting_id "
    "WHERE t.done_at IS NULL AND m.partnership_id IN {partnerships}",
    permission=Permission.EVENING_LEAD,
)


def most_urgent_open_decisions(person: Person, *, at: datetime) -> list[Decision]:
    """The agreements that are not done, of the meetings that ``person`` leads, the most pressing first: one query."""
    if not UNDONE.may_exist_for(person):
        return []
    areas = permitted_areas(person, Permission.EVENING_LEAD, at=at)
    rows = Decision.objects.filter(done_at=None, meeting__partnership__area__in=areas)
    return list(rows.select_related("meeting__partnership__area").order_by("due", "pk")[:SHOWN])


@dataclass(frozen=True)
class EveningAgreement:
    """What an information evening agreed on beside its votes: see ``Meeting``; ``held_on`` is its day."""

    held_on: date
    contribution: Decimal | None
    launch_on: date | None
    forms: int


def agreement_of_last_held_evening(partnership: Partnership) -> EveningAgreement | None:
    """What the last information evening that was held agreed on; ``None`` before one was held."""
    held = [MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED]
    evenings = Meeting.objects.filter(partnership=partnership, purpose=Purpose.INFORMATION, state__in=held)
    meeting = evenings.order_by("-starts_at").first()
    if meeting is None:
        return None
    return EveningAgreement(local(meeting.starts_at).date(), meeting.contribution, meeting.launch_on, meeting.forms)
