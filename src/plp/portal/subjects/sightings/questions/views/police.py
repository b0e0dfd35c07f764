"""The questions to the police: on the desk of the officers of the zone, hidden from the coordinator."""

from uuid import UUID

from django.http import HttpResponse

from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.sightings.questions import desk
from plp.sightings.models import Question

POLICE = Question.To.POLICE


@needs(Permission.QUESTION_POLICE)
def listed(request: StaffRequest) -> HttpResponse:
    """What waits, and what was answered."""
    return desk.listed(request, POLICE)


@needs(Permission.QUESTION_POLICE)
def detail(request: StaffRequest, key: UUID) -> HttpResponse:
    """One question and its answer."""
    return desk.detail(request, POLICE, key)
