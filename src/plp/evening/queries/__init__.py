"""What one may ask of evenings: ``facts`` for the step plan, the rest for pages and papers."""

from plp.evening.queries.facts import evening_facts, undelivered_invitations
from plp.evening.queries.meetings import (
    addresses_in_street,
    coming_and_past_meetings,
    convened_information_evenings,
    count_sheet_changes,
    has_changed_minutes_last,
    invitations_of,
    meetings_in_scope,
    meetings_led_or_invited_to,
    meetings_with_approved_minutes,
    names_of_meeting_opener_and_minutes_writer,
    names_of_other_leaders,
    next_led_meetings,
    presence_counts,
    public_evenings,
    public_meeting_by_token,
    questions_open_for_code,
    questions_open_for_voting,
    streets_to_invite,
)
