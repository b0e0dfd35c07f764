"""What this room knows of a person: what lies or lay on their desk, and what they asked or answered by mandate."""

from typing import Any

from plp.followup.models import (
    Due,
    Explanation,
    FollowUpMeeting,
    InformationRequest,
    Rating,
    ServiceContact,
)
from plp.people.models import Person

PERSONAL = {
    "followup.Due.holder": "exported as a count; emptied when the person is forgotten",
    "followup.InformationRequest.asked_by": "exported as a count; emptied when the person is forgotten",
    "followup.InformationRequest.words": "about no person, by the message check; sealed since nobody can be sure",
    "followup.InformationRequest.answer": "about no person, by the message check; sealed since nobody can be sure",
    "followup.InformationRequest.ended_by": "exported as a count; emptied when the person is forgotten",
    "followup.Explanation.by": "exported as a count; emptied when the person is forgotten",
    "followup.Rating.by": "exported as a count; emptied when the person is forgotten",
    "followup.Rating.words": "about an exchange and no person, by the message check; sealed since nobody can be sure",
    "followup.Rating.answer": "about an exchange and no person, by the message check; sealed since nobody can be sure",
    "followup.Rating.answered_by": "exported as a count; emptied when the person is forgotten",
    "followup.FollowUpMeeting.convened_by": "exported as a count; emptied when the person is forgotten",
    "followup.FollowUpMeeting.notes": "about no person, by the message check; sealed since nobody can be sure",
    "followup.FollowUpMeeting.ideas": "about no person, by the message check; sealed since nobody can be sure",
    "followup.Service.name": "a public service and no person",
    "followup.Service.person": "whom to ask for in a public service; emptied when the entry is struck",
    "followup.Service.phone": "of a public service; emptied when the entry is struck",
    "followup.Service.email": "of a public service; emptied when the entry is struck",
    "followup.ServiceContact.outcome": "about no person, by the message check; sealed since nobody can be sure",
    "followup.ServiceContact.by": "exported as a count; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """How much a person had to do, asked and answered by mandate: numbers alone."""
    return {
        "acts": {
            "dues_held": Due.objects.filter(holder=person).count(),
            "requests_asked": InformationRequest.objects.filter(asked_by=person).count(),
            "requests_ended": InformationRequest.objects.filter(ended_by=person).count(),
            "explanations_given": Explanation.objects.filter(by=person).count(),
            "ratings_given": Rating.objects.filter(by=person).count(),
            "ratings_answered": Rating.objects.filter(answered_by=person).count(),
            "meetings_convened": FollowUpMeeting.objects.filter(convened_by=person).count(),
            "contacts_logged": ServiceContact.objects.filter(by=person).count(),
        }
    }
