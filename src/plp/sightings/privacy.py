"""What this room knows of a person: their questions; of whoever reports only what they wished the police to see."""

from typing import Any

from plp.people.models import Person
from plp.sightings.models import Question, Referral, SharedAnswer, Sighting

PERSONAL = {
    "sightings.Sighting.place": "sealed with a key of its own, points to nobody; erased 30 days after its end",
    "sightings.Sighting.facts": "sealed with a key of its own, points to nobody; erased 30 days after its end",
    "sightings.Sighting.answer": "sealed with a key of its own, points to nobody; erased 30 days after its end",
    "sightings.Sighting.reporter_name": "points to nobody: withdrawn by the follow-up link, else erased as the rest",
    "sightings.Sighting.reporter_reach": "points to nobody: withdrawn by the follow-up link, else erased as the rest",
    "sightings.SightingReader.reader": "a sealed key, points to nobody: erased by the link or code, else as the rest",
    "sightings.Referral.words": "what a service of the municipality reads: no person; erased with the report",
    "sightings.Referral.address": "an office; erased with the report",
    "sightings.Referral.service": "a sealed key of nobody, behind an office's address; erased with the report",
    "sightings.Referral.note": "what a service answers; erased with the report",
    "sightings.Referral.referred_by": "exported as a count; emptied when the person is forgotten",
    "sightings.Sighting.assigned_to": "exported as a count; emptied when the person is forgotten",
    "sightings.Sighting.ended_by": "exported as a count; emptied when the person is forgotten",
    "sightings.Question.words": "exported to the asker; deleted with the asker",
    "sightings.Question.answer": "exported to the asker; deleted with the asker",
    "sightings.Question.asker": "exported; the question is deleted with the person",
    "sightings.Question.answered_by": "exported as a count; emptied when the person is forgotten",
    "sightings.SharedAnswer.by": "exported as a count; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """The questions that a person asked, and how much they did by mandate. No sighting points to anybody."""
    return {
        "questions": [
            {
                "to": question.to,
                "words": question.words,
                "asked": question.asked_at.isoformat(),
                "answer": question.answer,
                "answered": question.answered_at.isoformat() if question.answered_at else "",
            }
            for question in person.questions.order_by("asked_at")
        ],
        "acts": {
            "sightings_assigned": Sighting.objects.filter(assigned_to=person).count(),
            "sightings_ended": Sighting.objects.filter(ended_by=person).count(),
            "sightings_referred": Referral.objects.filter(referred_by=person).count(),
            "questions_answered": Question.objects.filter(answered_by=person).count(),
            "answers_shared": SharedAnswer.objects.filter(by=person).count(),
        },
    }
