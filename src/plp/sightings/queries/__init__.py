"""What one may ask of sightings and questions."""

from plp.sightings.queries.questions import (
    open_questions,
    question_behind_link,
    questions_in_scope,
    questions_of_asker,
    shared_answers_for,
    shared_answers_in_scope,
)
from plp.sightings.queries.sightings import (
    Photograph,
    SightingDesk,
    count_sightings,
    facts_of,
    has_sighting_desk,
    open_photograph,
    sighting_behind_link,
    sighting_desk_of,
    sightings_in_scope,
)

__all__ = [
    "Photograph",
    "SightingDesk",
    "count_sightings",
    "facts_of",
    "has_sighting_desk",
    "open_photograph",
    "open_questions",
    "question_behind_link",
    "questions_in_scope",
    "questions_of_asker",
    "shared_answers_for",
    "shared_answers_in_scope",
    "sighting_behind_link",
    "sighting_desk_of",
    "sightings_in_scope",
]
