"""Minutes: written from the facts, corrected, approved, sent; once approved they never change."""

from datetime import datetime

from django.db import transaction

from plp.evening import refusals
from plp.evening.guards import (
    note_in_journal,
    refuse_third_meeting_letter_in_a_day,
    require_leader,
    require_texts_pass_check,
)
from plp.evening.letters import MINUTES_READY, queue_to_members_and_applicants
from plp.evening.minutes import (
    draft_minutes_markdown,
    hash_of_current_minutes,
    minutes_digest,
    untranslated_texts_of_minutes,
)
from plp.evening.models import Meeting, Minutes
from plp.evening.queries import has_changed_minutes_last
from plp.evening.states import MEETING_MOVES, MeetingState
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

MOST_WORDS = 60_000


@transaction.atomic
def write_minutes(*, meeting: Meeting, by: Person | None, at: datetime) -> list[Minutes]:
    """Write the minutes of a held meeting in each of its languages, to be corrected.

    Raises ``HeldWords`` for what was typed on a point and never noted, and ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    require_texts_pass_check(meeting, *meeting.points.values_list("record", flat=True))
    move(meeting, MeetingState.MINUTED, table=MEETING_MOVES)
    written = [
        Minutes.objects.create(meeting=meeting, language=language, text=draft_minutes_markdown(meeting, language))
        for language in meeting.languages
    ]
    note_in_journal("minutes_written", meeting, by=by, at=at, languages=list(meeting.languages))
    return written


@transaction.atomic
def correct_minutes(*, minutes: Minutes, text: str, by: Person | None, at: datetime) -> None:
    """Change the words of minutes that are not approved yet. Raises ``WordsMissing``, ``HeldWords``, ``WrongState``."""
    require_leader(by, minutes.meeting, at=at)
    words = text.replace("\r\n", "\n").strip()[:MOST_WORDS]
    if not words:
        raise refusals.WordsMissing
    require_texts_pass_check(minutes.meeting, words, accepted=[minutes.text])
    _lock_meeting_in_state(minutes.meeting, MeetingState.MINUTED)
    Minutes.objects.filter(pk=minutes.pk).update(text=words)
    minutes.text = words
    note_in_journal("minutes_corrected", minutes.meeting, by=by, at=at, language=minutes.language)


@transaction.atomic
def approve_minutes(
    *,
    meeting: Meeting,
    text_hash: str = "",
    by: Person | None,
    at: datetime,
    sends: bool = False,
    may_be_untranslated: bool = False,
) -> None:
    """Fix the minutes for ever: the digest of each stands in the row and in the journal.

    ``by``: not who changed them last, so that two people read what all will read. ``text_hash`` is that of the texts
    that ``by`` read. ``sends``: tell whoever registered, too. Raises ``OwnMinutes``, ``MinutesChanged``,
    ``MinutesUntranslated`` while a text lacks in a language unless it ``may_be_untranslated``, ``WrongState``,
    ``TooManyLettersToday``.
    """
    require_leader(by, meeting, at=at)
    _lock_meeting_in_state(meeting, MeetingState.MINUTED)
    if by is not None and has_changed_minutes_last(by, meeting):
        raise refusals.OwnMinutes
    if by is not None and text_hash != hash_of_current_minutes(meeting):
        raise refusals.MinutesChanged
    untranslated = untranslated_texts_of_minutes(meeting)
    if by is not None and untranslated and not may_be_untranslated:
        raise refusals.MinutesUntranslated
    digests = {}
    for minutes in meeting.minutes.order_by("language"):
        minutes.sha256 = digests[minutes.language] = minutes_digest(minutes.text)
        minutes.save(update_fields=["sha256"])
    move(meeting, MeetingState.APPROVED, table=MEETING_MOVES, approved_at=at)
    note_in_journal("minutes_approved", meeting, by=by, at=at, sha256=digests, untranslated=len(untranslated))
    if sends:
        announce_minutes(meeting=meeting, by=by, at=at)


@transaction.atomic
def announce_minutes(*, meeting: Meeting, by: Person | None, at: datetime) -> int:
    """Tell whoever registered where the approved minutes stand; answers how many.

    Once. Raises ``WrongState``, ``TooManyLettersToday``.
    """
    require_leader(by, meeting, at=at)
    _lock_meeting_in_state(meeting, MeetingState.APPROVED)
    refuse_third_meeting_letter_in_a_day(meeting, "minutes__sent_at", at=at)
    if not meeting.minutes.filter(sent_at=None).update(sent_at=at):
        raise WrongState
    told = queue_to_members_and_applicants(MINUTES_READY, meeting, by=by, at=at)
    note_in_journal("minutes_sent", meeting, by=by, at=at, told=told)
    return told


def _lock_meeting_in_state(meeting: Meeting, state: MeetingState) -> None:
    """Hold the meeting so that nobody approves while somebody corrects."""
    if Meeting.objects.select_for_update().get(pk=meeting.pk).state != state:
        raise WrongState
