"""Codes for voters: printed on ballots, or taken on a telephone at the door. Each is tied to no person."""

from datetime import datetime

from django.db import transaction

from plp.evening import refusals
from plp.evening.actions.questions import create_voting_rights
from plp.evening.guards import note_in_journal, require_leader
from plp.evening.models import Meeting, Slip
from plp.evening.queries import questions_open_for_voting
from plp.evening.rules import ballot_code_digest, new_ballot_code
from plp.evening.states import MeetingState
from plp.people.models import Person
from plp.toolbox.crypto import digest
from plp.toolbox.ids import new_token
from plp.toolbox.moves import WrongState

MOST_AT_ONCE = 300
MOST = 2_000


@transaction.atomic
def create_ballot_codes(*, meeting: Meeting, number: int, by: Person | None, at: datetime) -> list[str]:
    """So many new codes, to be printed at once: they are kept as digests only, in another order than answered.

    Raises ``TooManySlips``, and ``WrongState`` before the meeting is convened and after it was held.
    """
    require_leader(by, meeting, at=at)
    _lock_meeting_and_limit_codes(meeting, number)
    codes: set[str] = set()
    while len(codes) < number:
        codes.add(new_ballot_code())
    slips = [
        Slip(meeting=meeting, digest=kept) for kept in sorted(ballot_code_digest(meeting.pk, code) for code in codes)
    ]
    Slip.objects.bulk_create(slips)
    create_voting_rights(questions_open_for_voting(meeting), slips)
    note_in_journal("codes_printed", meeting, by=by, at=at, number=number)
    return list(codes)


@transaction.atomic
def create_ballot_code_link(*, meeting: Meeting, by: Person | None, at: datetime) -> str:
    """A link for one voter at the door: whoever takes it first gets a code. Raises as ``create_ballot_codes`` does."""
    require_leader(by, meeting, at=at)
    _lock_meeting_and_limit_codes(meeting, 1)
    link = new_token()
    Slip.objects.create(meeting=meeting, digest=digest(link, purpose="evening.link"), waits=True)
    note_in_journal("code_offered", meeting, by=by, at=at)
    return link


@transaction.atomic
def exchange_link_for_ballot_code(*, meeting: Meeting, link: str, by: Person | None, at: datetime) -> str:
    """Turn a link of the door into a code, once. Raises ``LinkTaken``, ``WrongState``.

    Not noted: an hour beside a code would tell when somebody came in.
    """
    require_leader(by, meeting, at=at)
    _lock_meeting_and_limit_codes(meeting, 0)
    code = new_ballot_code()
    offered = Slip.objects.filter(meeting=meeting, digest=digest(link, purpose="evening.link"), waits=True)
    if not offered.update(digest=ballot_code_digest(meeting.pk, code), waits=False):
        raise refusals.LinkTaken
    create_voting_rights(
        questions_open_for_voting(meeting), [Slip.objects.get(digest=ballot_code_digest(meeting.pk, code))]
    )
    return code


def _lock_meeting_and_limit_codes(meeting: Meeting, number: int) -> None:
    """Raise unless the meeting gives out codes now, and so many more."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state not in {MeetingState.CONVENED, MeetingState.OPEN}:
        raise WrongState
    if not 0 <= number <= MOST_AT_ONCE or Slip.objects.filter(meeting=meeting).count() + number > MOST:
        raise refusals.TooManySlips
