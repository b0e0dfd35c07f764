"""Who came: counts from the list on paper and from telephones; a name only where somebody wants it (R24)."""

from datetime import datetime

from django.db import transaction

from plp.evening import refusals
from plp.evening.guards import note_in_journal, require_leader
from plp.evening.models import Attendance, Meeting
from plp.evening.states import MeetingState
from plp.people.models import Person
from plp.toolbox.moves import WrongState

MOST_PRESENT = 5_000
MOST_AT_ONCE = 12  # one household
MOST_NAME = 120
AFTER_OPENING = {MeetingState.OPEN, MeetingState.HELD}


@transaction.atomic
def set_attendance_on_paper_list(*, meeting: Meeting, persons: int, by: Person | None, at: datetime) -> None:
    """Enter how many signed the list on paper; entering again replaces the number."""
    require_leader(by, meeting, at=at)
    _require_doors_open(meeting)
    if not 0 <= persons <= MOST_PRESENT:
        raise refusals.TooManyVotes
    row = Attendance.objects.filter(meeting=meeting, way=Attendance.Way.PAPER).first()
    row = row or Attendance(meeting=meeting, way=Attendance.Way.PAPER, name="")
    row.persons = persons
    row.save()
    note_in_journal("presence_noted", meeting, by=by, at=at, persons=persons)


@transaction.atomic
def record_own_arrival(*, meeting: Meeting, persons: int, name: str, by: Person | None, at: datetime) -> None:
    """Somebody notes on a telephone that they are there, with how many. ``name`` may stay empty.

    No hour is kept, and no line in the journal: who was where is theirs to tell.
    """
    require_leader(by, meeting, at=at)
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.OPEN).exists():
        raise WrongState
    Attendance.objects.create(
        meeting=meeting,
        way=Attendance.Way.SCREEN,
        persons=min(max(persons, 1), MOST_AT_ONCE),
        name=" ".join(name.split())[:MOST_NAME],
    )


@transaction.atomic
def set_count_of_registration_forms(*, meeting: Meeting, forms: int, by: Person | None, at: datetime) -> None:
    """Enter how many registration forms on paper were handed in and wait to be typed in (R24)."""
    require_leader(by, meeting, at=at)
    _require_doors_open(meeting)
    if not 0 <= forms <= MOST_PRESENT:
        raise refusals.TooManyVotes
    Meeting.objects.filter(pk=meeting.pk).update(forms=forms)
    meeting.forms = forms
    note_in_journal("forms_noted", meeting, by=by, at=at, forms=forms)


def _require_doors_open(meeting: Meeting) -> None:
    if not Meeting.objects.filter(pk=meeting.pk, state__in=AFTER_OPENING).exists():
        raise WrongState
