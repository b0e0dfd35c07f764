"""Go through the agenda: show a point, tick it with what was said, add a theme."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from plp.evening import refusals
from plp.evening.guards import note_in_journal, require_leader, require_texts_pass_check
from plp.evening.models import AgendaPoint, Meeting
from plp.evening.states import MeetingState, PointKind
from plp.people.models import Person
from plp.toolbox.moves import WrongState

MOST_WORDS = 4_000


@transaction.atomic
def add_agenda_theme(*, meeting: Meeting, title: str, duration: int, by: Person | None, at: datetime) -> AgendaPoint:
    """Put a theme at the end of the agenda, until the doors open (R143).

    Raises ``WordsMissing``, ``HeldWords`` or ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    words = " ".join(title.split())[:120]
    if not words:
        raise refusals.WordsMissing
    require_texts_pass_check(meeting, words)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state not in {MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN}:
        raise WrongState
    last = meeting.points.aggregate(last=Max("position"))["last"] or 0
    point = AgendaPoint.objects.create(
        meeting=meeting, key=PointKind.THEME, title=words, position=last + 1, duration=min(max(duration, 1), 240)
    )
    note_in_journal("theme_added", meeting, by=by, at=at, target=point)
    return point


@transaction.atomic
def set_current_agenda_point(*, point: AgendaPoint, by: Person | None, at: datetime) -> None:
    """Say that a point is being treated: the screen in the room shows it. Only while the meeting goes on."""
    require_leader(by, point.meeting, at=at)
    going_on = Meeting.objects.filter(pk=point.meeting_id, state=MeetingState.OPEN)
    if not going_on.update(current=point.position, shown_at=at):
        raise WrongState
    note_in_journal("point_shown", point.meeting, by=by, at=at, target=point, key=point.key)


@transaction.atomic
def save_point_record_draft(*, point: AgendaPoint, record: str, by: Person | None, at: datetime) -> None:
    """Keep what was typed on a point that is not ticked yet: nothing is lost when something else is done between.

    Not noted in the journal: it is a draft. Raises ``WrongState``.
    """
    require_leader(by, point.meeting, at=at)
    if not AgendaPoint.objects.filter(pk=point.pk, meeting__state=MeetingState.OPEN).update(
        record=record.strip()[:MOST_WORDS]
    ):
        raise WrongState


@transaction.atomic
def record_agenda_point_treated(*, point: AgendaPoint, record: str, by: Person | None, at: datetime) -> None:
    """Note that a point was treated, and what was said (R18). Words may be corrected until the minutes are written.

    Raises ``HeldWords`` or ``WrongState``.
    """
    require_leader(by, point.meeting, at=at)
    require_texts_pass_check(point.meeting, record)
    meeting = Meeting.objects.select_for_update().get(pk=point.meeting_id)
    if meeting.state not in {MeetingState.OPEN, MeetingState.HELD}:
        raise WrongState
    point.record = record.strip()[:MOST_WORDS]
    point.ticked_at = point.ticked_at or at
    point.save(update_fields=["record", "ticked_at"])
    note_in_journal("point_ticked", meeting, by=by, at=at, target=point, key=point.key)
