"""Members say whether they come; places that become free go to those who wait; a reminder the day before."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from plp.evening import refusals
from plp.evening.guards import note_in_journal
from plp.evening.letters import PLACE_FREE, REMINDER, queue_to_people
from plp.evening.models import Meeting, MeetingReply
from plp.evening.rules import MOST_TOGETHER, indexes_that_get_seats
from plp.evening.states import MeetingState
from plp.journal.actions import note
from plp.mandates.queries import NotAllowed
from plp.membership.queries import is_member_or_applicant
from plp.people.models import Person

ANSWERED = {MeetingState.CONVENED, MeetingState.OPEN}
REMINDED_BEFORE = timedelta(days=1)
KEPT = timedelta(days=1)  # after the end of a meeting that nobody closed


@transaction.atomic
def answer_invitation_and_reassign_seats(
    *, meeting: Meeting, persons: int, needs: Collection[str], by: Person, at: datetime
) -> MeetingReply:
    """Keep with how many ``by`` comes (0: not), instead of what they answered before.

    Who finds no free place waits; a place given back goes to the first who fits. The journal keeps nothing: who comes
    is nobody's business afterwards. Raises ``NotAllowed`` for a stranger, ``RepliesClosed``.
    """
    if not is_member_or_applicant(by, meeting.partnership):
        raise NotAllowed
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state not in ANSWERED or at >= locked.ends_at:
        raise refusals.RepliesClosed
    count = min(max(persons, 0), MOST_TOGETHER)
    before = MeetingReply.objects.filter(meeting=locked, person=by).first()
    keeps_turn = before is not None and before.persons >= count > 0
    reply, _is_new = MeetingReply.objects.update_or_create(
        meeting=locked,
        person=by,
        defaults={
            "persons": count,
            "needs": [need for need in MeetingReply.Need.values if need in needs] if count else [],
            "is_waiting": count > 0 and not (keeps_turn and before is not None and not before.is_waiting),
            "asked_at": before.asked_at if keeps_turn and before is not None else at,
        },
    )
    _give_free_seats_and_notify(locked, answering=reply, at=at)
    reply.refresh_from_db()
    return reply


def _give_free_seats_and_notify(meeting: Meeting, *, answering: MeetingReply, at: datetime) -> None:
    """Give places to those who wait, the first who fits first; tell them, but not whoever answers just now."""
    taken = meeting.replies.filter(is_waiting=False).aggregate(all=Sum("persons"))["all"] or 0
    free = None if meeting.capacity is None else max(meeting.capacity - taken, 0)
    waiting = list(meeting.replies.filter(is_waiting=True).order_by("asked_at", "pk"))
    seated = [waiting[position] for position in indexes_that_get_seats(free, [reply.persons for reply in waiting])]
    MeetingReply.objects.filter(pk__in=[reply.pk for reply in seated]).update(is_waiting=False)
    others = [reply.person_id for reply in seated if reply.pk != answering.pk]
    if others:
        queue_to_people(PLACE_FREE, meeting, others, at=at)


@transaction.atomic
def remind_attendees_of_meetings(*, by: Person | None, at: datetime) -> int:
    """Tell those who come once more, from the day before on, each by their own means; answers how many copies."""
    copies = 0
    due = Meeting.objects.filter(state=MeetingState.CONVENED, reminded_at=None, starts_at__gt=at)
    for meeting in due.filter(starts_at__lte=at + REMINDED_BEFORE).select_related("partnership__area"):
        if Meeting.objects.filter(pk=meeting.pk, reminded_at=None).update(reminded_at=at):
            coming = meeting.replies.filter(persons__gt=0, is_waiting=False).values_list("person", flat=True)
            told = queue_to_people(REMINDER, meeting, list(coming), at=at)
            note_in_journal("reminded", meeting, by=by, at=at, told=told)
            copies += told
    return copies


@transaction.atomic
def delete_old_replies(*, by: Person | None, at: datetime) -> int:
    """Delete the answers to invitations whose meeting was held, called off or is a day past (R84); how many."""
    over = MeetingReply.objects.exclude(meeting__state__in=ANSWERED)
    past = MeetingReply.objects.filter(meeting__ends_at__lte=at - KEPT)
    number = (over | past).delete()[0]
    if number:
        note(verb="evening.replies_deleted", by=by, at=at, area="", replies=number)
    return number
