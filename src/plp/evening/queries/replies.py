"""Who answered an invitation: by the link of their copy, as counts, and what they asked for."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from plp.delivery.answer_codes import dispatch_id_of_code
from plp.delivery.models import Dispatch
from plp.evening.models import Meeting, MeetingReply
from plp.evening.states import MeetingState
from plp.membership.queries import is_member_or_applicant
from plp.people.models import Person


@dataclass(frozen=True)
class ReplyCounts:
    """People who come, and people who wait for a place; members who do not come."""

    coming: int
    waiting: int
    absent: int
    interpreters: int


def reply_counts(meeting: Meeting) -> ReplyCounts:
    """The answers to an invitation as counts: one query, and one for what people asked for."""
    counts = meeting.replies.aggregate(
        coming=Sum("persons", filter=Q(is_waiting=False)),
        waiting=Sum("persons", filter=Q(is_waiting=True)),
        absent=Count("pk", filter=Q(persons=0)),
    )
    needs = [need for reply in replies_with_needs(meeting) for need in reply.needs]
    return ReplyCounts(
        coming=counts["coming"] or 0,
        waiting=counts["waiting"] or 0,
        absent=counts["absent"],
        interpreters=needs.count(MeetingReply.Need.INTERPRETER),
    )


def replies_with_needs(meeting: Meeting) -> QuerySet[MeetingReply]:
    """The answers of those who asked for something, with their person, in the order they answered."""
    return meeting.replies.filter(persons__gt=0).exclude(needs=[]).select_related("person").order_by("asked_at")


def invitation_dispatch_of_member_by_code(meeting: Meeting, code: str) -> Dispatch | None:
    """The copy of a letter about meetings behind a code; ``None`` if its reader does not belong to the partnership.

    Whoever opens the link of a meeting that was called off reads that, a former member too.
    """
    number = dispatch_id_of_code(code)
    if number is None:
        return None
    copies = Dispatch.objects.filter(pk=number, message__purpose__startswith="evening.")
    dispatch = copies.select_related("contact__person").first()
    if dispatch is None or dispatch.contact is None:
        return None
    if meeting.state == MeetingState.CANCELLED:
        return dispatch
    return dispatch if is_member_or_applicant(dispatch.contact.person, meeting.partnership) else None


def reply_of(meeting: Meeting, person: Person) -> MeetingReply | None:
    """What ``person`` answered so far."""
    return meeting.replies.filter(person=person).first()
