"""What this room knows of a person: the answer of a member to an invitation, until the meeting is over.

Nothing else here is tied to a registered person: a name stands where it was given. Whoever wants their name, offer or
opinion out asks those who lead the meeting: ``actions.delete_or_anonymise_contribution`` deletes the row.
"""

from typing import Any

from plp.evening.models import MeetingReply
from plp.people.models import Person

PERSONAL = {
    "evening.Attendance.name": "not exported: tied to nobody; struck on request",
    "evening.Decision.owner": "not exported: who sees to an agreement, as the meeting noted it; changed on request",
    "evening.MeetingReply.person": "exported; deleted when the meeting is over, or with the person",
    "evening.Offer.name": "not exported: tied to nobody; struck on request",
    "evening.Offer.reach": "not exported: tied to nobody; struck on request",
    "evening.Offer.words": "not exported: tied to nobody; struck on request",
    "evening.Opinion.name": "not exported: tied to nobody; struck on request",
    "evening.Opinion.words": "not exported: tied to nobody; struck on request",
    "evening.Question.label": "not exported: the candidate's name as voted on; part of the minutes",
    "evening.Question.urn": "names nobody: counts, emptied when the vote is closed",
    "evening.Question.paper": "names nobody: counts, emptied when the vote is closed",
    "evening.Question.hands": "names nobody: counts, emptied when the vote is closed",
    "evening.Right.digest": "tied to nobody; deleted when the vote is closed",
    "evening.Slip.digest": "tied to nobody; deleted when the meeting has been held",
}


def export(person: Person) -> dict[str, Any]:
    """Their answers to invitations whose meeting is still to come."""
    replies = MeetingReply.objects.filter(person=person).select_related("meeting").order_by("meeting__starts_at")
    rows = [
        {
            "meeting": reply.meeting.starts_at.isoformat(),
            "persons": reply.persons,
            "needs": reply.needs,
            "waiting": reply.is_waiting,
        }
        for reply in replies
    ]
    return {"meeting_replies": rows} if rows else {}
