"""What this room knows of a person. Nothing here is tied to a registered person: a name stands where it was given.

Whoever wants their name, offer or opinion out asks those who lead the meeting: ``actions.strike`` deletes the row.
"""

from typing import Any

from plp.people.models import Person

PERSONAL = {
    "evening.Attendance.name": "not exported: tied to nobody; struck on request",
    "evening.Decision.owner": "not exported: who sees to an agreement, as the meeting noted it; changed on request",
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


def export(person: Person) -> dict[str, Any]:  # noqa: ARG001  (every room is asked)
    """Nothing: no row of this room leads to a person."""
    return {}
