"""What one may ask of evenings: ``facts`` for the step plan, the rest for pages and papers."""

from plp.evening.queries.facts import EveningFacts, Invited, facts
from plp.evening.queries.meetings import (
    Desk,
    by_token,
    desk,
    doors_of,
    evenings_of,
    evenings_of_person,
    in_scope,
    invitations_of,
    next_ones,
    open_questions,
    present,
    public_evenings,
    streets_to_invite,
)

__all__ = [
    "Desk",
    "EveningFacts",
    "Invited",
    "by_token",
    "desk",
    "doors_of",
    "evenings_of",
    "evenings_of_person",
    "facts",
    "in_scope",
    "invitations_of",
    "next_ones",
    "open_questions",
    "present",
    "public_evenings",
    "streets_to_invite",
]
