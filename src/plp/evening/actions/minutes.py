"""Minutes: written from the facts, corrected, approved, sent; once approved they never change."""

from datetime import datetime

from django.db import transaction

from plp.evening import refusals
from plp.evening.leading import must_lead, must_not_flood, noted
from plp.evening.letters import MINUTES_READY, write_to_registered
from plp.evening.minutes import draft, fingerprint
from plp.evening.models import Meeting, Minutes
from plp.evening.states import MOVES, State
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

MOST_WORDS = 60_000


@transaction.atomic
def write_minutes(*, meeting: Meeting, by: Person | None, at: datetime) -> list[Minutes]:
    """Write the minutes of a held meeting in each of its languages, to be corrected. Raises ``WrongState``."""
    must_lead(by, meeting, at=at)
    move(meeting, State.MINUTED, table=MOVES)
    written = [
        Minutes.objects.create(meeting=meeting, language=language, text=draft(meeting, language))
        for language in meeting.languages
    ]
    noted("minutes_written", meeting, by=by, at=at, languages=list(meeting.languages))
    return written


@transaction.atomic
def correct_minutes(*, minutes: Minutes, text: str, by: Person | None, at: datetime) -> None:
    """Change the words of minutes that are not approved yet. Raises ``NothingWritten``, ``WrongState``."""
    must_lead(by, minutes.meeting, at=at)
    words = text.replace("\r\n", "\n").strip()[:MOST_WORDS]
    if not words:
        raise refusals.NothingWritten
    _locked(minutes.meeting, State.MINUTED)
    Minutes.objects.filter(pk=minutes.pk).update(text=words)
    minutes.text = words
    noted("minutes_corrected", minutes.meeting, by=by, at=at, language=minutes.language)


@transaction.atomic
def approve_minutes(*, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """Fix the minutes for ever: the digest of each stands in the row and in the journal. Raises ``WrongState``."""
    must_lead(by, meeting, at=at)
    _locked(meeting, State.MINUTED)
    digests = {}
    for minutes in meeting.minutes.order_by("language"):
        minutes.sha256 = digests[minutes.language] = fingerprint(minutes.text)
        minutes.save(update_fields=["sha256"])
    move(meeting, State.APPROVED, table=MOVES, approved_at=at)
    noted("minutes_approved", meeting, by=by, at=at, sha256=digests)


@transaction.atomic
def send_minutes(*, meeting: Meeting, by: Person | None, at: datetime) -> int:
    """Tell whoever registered where the approved minutes stand; answers how many.

    Once. Raises ``WrongState``, ``ToldOften``.
    """
    must_lead(by, meeting, at=at)
    _locked(meeting, State.APPROVED)
    must_not_flood(meeting, "minutes__sent_at", at=at)
    if not meeting.minutes.filter(sent_at=None).update(sent_at=at):
        raise WrongState
    told = write_to_registered(MINUTES_READY, meeting, by=by, at=at)
    noted("minutes_sent", meeting, by=by, at=at, told=told)
    return told


def _locked(meeting: Meeting, state: State) -> None:
    """Hold the meeting so that nobody approves while somebody corrects."""
    if Meeting.objects.select_for_update().get(pk=meeting.pk).state != state:
        raise WrongState
