"""What one may ask of evenings: ``facts`` for the step plan, the rest for pages and papers."""

from plp.evening.queries.facts import EveningFacts, InvitationCounts, evening_facts
from plp.evening.queries.meetings import (
    MeetingsDesk,
    addresses_in_street,
    count_sheet_entries,
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
)

__all__ = [
    "EveningFacts",
    "InvitationCounts",
    "MeetingsDesk",
    "addresses_in_street",
    "count_sheet_entries",
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
]
