"""What one may ask of sightings and questions."""

from plp.sightings.queries.questions import (
    my_questions,
    open_questions,
    question_followed,
    questions_in_scope,
    shared_for,
    shared_in_scope,
)
from plp.sightings.queries.sightings import (
    Desk,
    Photograph,
    counts,
    desk_of,
    facts_of,
    followed,
    is_served,
    photograph,
    sightings_in_scope,
)

__all__ = [
    "Desk",
    "Photograph",
    "counts",
    "desk_of",
    "facts_of",
    "followed",
    "is_served",
    "my_questions",
    "open_questions",
    "photograph",
    "question_followed",
    "questions_in_scope",
    "shared_for",
    "shared_in_scope",
    "sightings_in_scope",
]
