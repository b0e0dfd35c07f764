"""What is agreed for the time after a meeting: whose it is, by when, and that it is done (R61)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from plp.followup.models import Activity, FollowUpMeeting
from plp.followup.refusals import BadActivityDay
from plp.followup.states import FollowUpMeetingState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from plp.toolbox.words import normalise_text
from plp.wording.held_words import require_text_passes_check

MOST_WORDS = 200
LATEST = timedelta(days=731)


@transaction.atomic
def agree_activity(
    *, meeting: FollowUpMeeting, words: str, side: str, due_on: date, by: Person, at: datetime
) -> Activity:
    """Put something on the desk of one side. Before the minutes are closed.

    Raises ``NotAllowed``, ``BadWords``, ``HeldWords``, ``BadActivityDay`` or ``WrongState``.
    """
    _require_right_and_lock_open_meeting(meeting, by=by, at=at)
    told = normalise_text(words, most=MOST_WORDS)
    require_text_passes_check(told, language=meeting.language)
    today = local(at).date()
    if not today <= due_on <= today + LATEST:
        raise BadActivityDay
    made = Activity.objects.create(meeting=meeting, words=told, side=Activity.Side(side), due_on=due_on)
    _note_activity("agreed", made, meeting, by=by, at=at)
    return made


@transaction.atomic
def delete_activity(*, activity: Activity, by: Person, at: datetime) -> None:
    """Take it out of what was agreed, before the minutes are closed. Raises ``NotAllowed`` or ``WrongState``."""
    meeting = activity.meeting
    _require_right_and_lock_open_meeting(meeting, by=by, at=at)
    _note_activity("given_up", activity, meeting, by=by, at=at)
    activity.delete()


@transaction.atomic
def finish_activity(*, activity: Activity, by: Person, at: datetime) -> None:
    """It is done: it leaves the desk. Raises ``NotAllowed`` or ``WrongState``."""
    meeting = activity.meeting
    require(by, Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    if not Activity.objects.filter(pk=activity.pk, done_at=None).update(done_at=at):
        raise WrongState
    activity.done_at = at
    _note_activity("done", activity, meeting, by=by, at=at)


def _require_right_and_lock_open_meeting(meeting: FollowUpMeeting, *, by: Person, at: datetime) -> None:
    require(by, Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    open_ones = [FollowUpMeetingState.CONVENED, FollowUpMeetingState.HELD]
    if not FollowUpMeeting.objects.select_for_update().filter(pk=meeting.pk, state__in=open_ones).exists():
        raise WrongState


def _note_activity(verb: str, activity: Activity, meeting: FollowUpMeeting, *, by: Person, at: datetime) -> None:
    area = meeting.partnership.area.path
    note(verb=f"activity.{verb}", by=by, at=at, area=area, target=activity, side=activity.side)
