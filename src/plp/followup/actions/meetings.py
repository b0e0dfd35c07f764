"""Coordinator and police meet: convene, change, call off, write down, close (R61)."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation

from plp.followup import refusals
from plp.followup.letters import MEETING_CANCELLED, MEETING_CONVENED, MEETING_MINUTES, send_meeting_letter
from plp.followup.models import FollowUpMeeting
from plp.followup.queries.meetings import minutes_fingerprint
from plp.followup.states import MEETING, FollowUpMeetingState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.gates import OVER, PartnershipOver, require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState, move
from plp.toolbox.words import normalise_text
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

MOST_POINTS, MOST_POINT, MOST_PLACE, MOST_WORDS, MOST_PRESENT = 12, 100, 200, 8000, 500
YEAR = timedelta(days=366)


@transaction.atomic
def convene_meeting(
    *,
    partnership: Partnership,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    agenda: str,
    language: str,
    by: Person,
    at: datetime,
) -> FollowUpMeeting:
    """Invite both sides: one point of the agenda a line. Either side may.

    Raises ``NotAllowed``, ``PartnershipOver``, ``BadMoment``, ``TooManyPoints``, ``BadWords`` or ``HeldWords``.
    """
    require(by, Permission.EXCHANGE_TALK, partnership.area, at=at)
    require_living(partnership)
    columns = _checked_meeting_columns(starts_at, ends_at, place, agenda, language, at)
    meeting = FollowUpMeeting.objects.create(
        partnership=partnership, language=language, convened_by=by, convened_at=at, **columns
    )
    send_meeting_letter(MEETING_CONVENED, meeting, by=by, at=at)
    _note_meeting("convened", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting_and_notify(
    *,
    meeting: FollowUpMeeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    agenda: str,
    by: Person,
    at: datetime,
) -> None:
    """Another moment, place or agenda, until it is held: both sides are told. Raises as ``convene_meeting`` does."""
    require(by, Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    require_living(meeting.partnership)
    columns = _checked_meeting_columns(starts_at, ends_at, place, agenda, meeting.language, at)
    open_one = FollowUpMeeting.objects.filter(pk=meeting.pk, state=FollowUpMeetingState.CONVENED)
    if not open_one.update(sequence=F("sequence") + 1, **columns):
        raise WrongState
    meeting.refresh_from_db()
    send_meeting_letter(MEETING_CONVENED, meeting, by=by, at=at)
    _note_meeting("changed", meeting, by=by, at=at)


@transaction.atomic
def cancel_meeting_and_notify(*, meeting: FollowUpMeeting, because: str, by: Person, at: datetime) -> None:
    """Call it off with a reason; both sides are told. Raises ``NotAllowed``, ``BadWords`` or ``WrongState``."""
    require(by, Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    reason = normalise_text(because, most=300)
    require_text_passes_check(reason, language=meeting.language)
    _cancel_and_tell(meeting, reason, by=by, at=at)


def cancel_meetings_of_ended_partnerships(*, by: Person | None, at: datetime) -> int:
    """Call off what is to come in partnerships that have ended, and tell both sides; answers how many meetings."""
    convened = FollowUpMeeting.objects.filter(state=FollowUpMeetingState.CONVENED, starts_at__gt=at)
    meetings = list(convened.filter(partnership__state__in=OVER).select_related("partnership__area"))
    for meeting in meetings:
        with suppress(WrongState):  # another worker was faster
            with translation.override(meeting.language):
                reason = str(PartnershipOver.sentence)
            _cancel_and_tell(meeting, reason, by=by, at=at)
    return len(meetings)


@transaction.atomic
def _cancel_and_tell(meeting: FollowUpMeeting, reason: str, *, by: Person | None, at: datetime) -> None:
    """Cancel a meeting, and write to both sides."""
    sequence = meeting.sequence + 1
    move(meeting, FollowUpMeetingState.CANCELLED, table=MEETING, cancelled_because=reason, sequence=sequence)
    send_meeting_letter(MEETING_CANCELLED, meeting, by=by, at=at)
    _note_meeting("cancelled", meeting, by=by, at=at)


@transaction.atomic
def write_minutes(*, meeting: FollowUpMeeting, present: int, notes: str, ideas: str, by: Person, at: datetime) -> None:
    """Write down how many came, what was said, and ideas; again and again until the minutes are closed.

    Raises ``NotAllowed``, ``NotYetHeld``, ``BadWords``, ``HeldWords`` or ``WrongState``.
    """
    require(by, Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    if at < meeting.starts_at:
        raise refusals.NotYetHeld
    said = (
        normalise_text(notes, most=MOST_WORDS, lines=True, empty=True),
        normalise_text(ideas, most=MOST_WORDS, lines=True, empty=True),
    )
    if any(said):
        require_text_passes_check("\n".join(said), language=meeting.language)
    if meeting.state == FollowUpMeetingState.CONVENED:
        move(meeting, FollowUpMeetingState.HELD, table=MEETING, held_at=at)
        _note_meeting("held", meeting, by=by, at=at)
    elif (
        not FollowUpMeeting.objects.select_for_update().filter(pk=meeting.pk, state=FollowUpMeetingState.HELD).exists()
    ):
        raise WrongState
    meeting.present, meeting.notes, meeting.ideas = min(max(present, 0), MOST_PRESENT), *said
    meeting.save(update_fields=["present", "notes", "ideas"])


@transaction.atomic
def close_minutes_and_notify(*, meeting: FollowUpMeeting, by: Person, at: datetime) -> None:
    """Close the minutes for good: their digest goes into the journal, both sides are told.

    Raises ``NotAllowed``, ``NothingSaid`` or ``WrongState``.
    """
    require(by, Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    if not meeting.notes:
        raise refusals.NothingSaid
    move(meeting, FollowUpMeetingState.CLOSED, table=MEETING, closed_at=at, sha256=minutes_fingerprint(meeting))
    send_meeting_letter(MEETING_MINUTES, meeting, by=by, at=at)
    _note_meeting("closed", meeting, by=by, at=at, sha256=meeting.sha256)


def _checked_meeting_columns(
    starts_at: datetime, ends_at: datetime, place: str, agenda: str, language: str, at: datetime
) -> dict[str, Any]:
    """What is kept of a plan, checked."""
    same_day = local(starts_at).date() == local(ends_at).date()
    if not at < starts_at < ends_at or starts_at > at + YEAR or not same_day:
        raise refusals.BadMoment
    points = [normalise_text(line, most=MOST_POINT) for line in agenda.splitlines() if line.strip()]
    if not 0 < len(points) <= MOST_POINTS:
        raise refusals.TooManyPoints(most=MOST_POINTS)
    where = normalise_text(place, most=MOST_PLACE)
    require_text_passes_check("\n".join(points), language=language, rules=PUBLIC_RULES)
    return {"starts_at": starts_at, "ends_at": ends_at, "place": where, "agenda": "\n".join(points)}


def _note_meeting(verb: str, meeting: FollowUpMeeting, *, by: Person | None, at: datetime, **details: object) -> None:
    note(verb=f"followup.{verb}", by=by, at=at, area=meeting.partnership.area.path, target=meeting, **details)
