"""Members say whether they come; places that become free go to those who wait; a reminder the day before."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from plp.evening import refusals
from plp.evening.guards import note_in_journal
from plp.evening.letters import PLACE_FREE, REMINDER, send_to_people
from plp.evening.models import Meeting, MeetingReply
from plp.evening.rules import MOST_TOGETHER, waiting_with_place
from plp.evening.states import MeetingState
from plp.journal.actions import note
from plp.mandates.queries import NotAllowed
from plp.membership.queries import is_member_or_applicant, partnerships_of_member
from plp.people.models import ContactPoint, Person

ANSWERED = {MeetingState.CONVENED, MeetingState.OPEN}
REMINDED_BEFORE = timedelta(days=1)
KEPT = timedelta(days=1)  # after the end of a meeting that nobody closed


@transaction.atomic
def answer_invitation(
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
    _give_free_places(locked, answering=reply, at=at)
    reply.refresh_from_db()
    return reply


@transaction.atomic
def answer_by_figure(*, contacts: Sequence[ContactPoint], words: str, at: datetime) -> bool:
    """Take an SMS that is one figure as the answer to an invitation: with how many its sender comes. Whether it was.

    ``contacts``: those with the number it came from. Whoever is invited to several meetings answers by the link.
    Who has a place is told so, once.
    """
    figure = words.strip().rstrip(".!")
    if len(figure) != 1 or not (figure.isascii() and figure.isdecimal()):
        return False
    for contact in contacts:
        if contact.confirmed_at is None or contact.stopped_at is not None:
            continue
        meetings = Meeting.objects.filter(
            partnership__in=partnerships_of_member(contact.person), state__in=ANSWERED, ends_at__gt=at
        ).exclude(invited_at=None)
        invited = list(meetings.select_related("partnership__area")[:2])
        if len(invited) == 1:
            _answer_with(invited[0], int(figure), by=contact.person, at=at)
            return True
    return False


def _answer_with(meeting: Meeting, persons: int, *, by: Person, at: datetime) -> None:
    before = MeetingReply.objects.filter(meeting=meeting, person=by, is_waiting=False).first()
    reply = answer_invitation(meeting=meeting, persons=persons, needs=before.needs if before else [], by=by, at=at)
    is_news = before is None or before.persons != persons
    if persons and is_news and not reply.is_waiting:
        send_to_people(PLACE_FREE, meeting, [by.pk], at=at)


def _give_free_places(meeting: Meeting, *, answering: MeetingReply, at: datetime) -> None:
    """Give places to those who wait, the first who fits first; tell them, but not whoever answers just now."""
    taken = meeting.replies.filter(is_waiting=False).aggregate(all=Sum("persons"))["all"] or 0
    free = None if meeting.capacity is None else max(meeting.capacity - taken, 0)
    waiting = list(meeting.replies.filter(is_waiting=True).order_by("asked_at", "pk"))
    seated = [waiting[position] for position in waiting_with_place(free, [reply.persons for reply in waiting])]
    MeetingReply.objects.filter(pk__in=[reply.pk for reply in seated]).update(is_waiting=False)
    others = [reply.person_id for reply in seated if reply.pk != answering.pk]
    if others:
        send_to_people(PLACE_FREE, meeting, others, at=at)


@transaction.atomic
def remind_of_meetings(*, by: Person | None, at: datetime) -> int:
    """Tell those who come once more, from the day before on, each by their own means; answers how many copies."""
    copies = 0
    due = Meeting.objects.filter(state=MeetingState.CONVENED, reminded_at=None, starts_at__gt=at)
    for meeting in due.filter(starts_at__lte=at + REMINDED_BEFORE).select_related("partnership__area"):
        if Meeting.objects.filter(pk=meeting.pk, reminded_at=None).update(reminded_at=at):
            coming = meeting.replies.filter(persons__gt=0, is_waiting=False).values_list("person", flat=True)
            told = send_to_people(REMINDER, meeting, list(coming), at=at)
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
