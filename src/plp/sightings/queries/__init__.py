"""What one may ask of sightings and questions."""

from plp.sightings.queries.assignment import answer_times, sighting_officers_of
from plp.sightings.queries.questions import (
    count_questions_awaiting_police_review,
    open_questions,
    question_behind_link,
    questions_in_scope,
    questions_of_asker,
    shared_answers_for_member,
    shared_answers_in_scope,
)
from plp.sightings.queries.referrals import (
    can_be_referred,
    event_text_for_service,
    referral_behind_link,
    referral_document,
    referral_of_sighting,
    service_email_to_suggest,
)
from plp.sightings.queries.sightings import (
    count_sightings,
    has_sighting_desk,
    reported_facts_of,
    sighting_behind_link,
    sighting_by_reference_in_code,
    sighting_desk_of,
    sightings_in_scope,
    unseal_photograph,
)
