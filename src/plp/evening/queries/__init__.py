"""What one may ask of evenings: ``facts`` for the step plan, the rest for pages and papers."""

from plp.evening.queries.facts import EveningFacts, InvitationCounts, evening_facts
from plp.evening.queries.meetings import (
    MeetingsDesk,
    addresses_in_street,
    evenings_of,
    evenings_of_person,
    invitations_of,
    meeting_by_token,
    meetings_desk,
    meetings_in_scope,
    next_meetings,
    open_questions,
    presence_counts,
    public_evenings,
    streets_to_invite,
    times_entered,
)

__all__ = [
    "EveningFacts",
    "InvitationCounts",
    "MeetingsDesk",
    "addresses_in_street",
    "evening_facts",
    "evenings_of",
    "evenings_of_person",
    "invitations_of",
    "meeting_by_token",
    "meetings_desk",
    "meetings_in_scope",
    "next_meetings",
    "open_questions",
    "presence_counts",
    "public_evenings",
    "streets_to_invite",
    "times_entered",
]
