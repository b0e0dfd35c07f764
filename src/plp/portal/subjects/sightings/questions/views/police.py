"""The questions to the police, and what they read before the coordinator: on the desk of the officers of the zone."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.sightings.questions import desk
from plp.sightings.actions import questions
from plp.sightings.models import Question

POLICE = Question.To.POLICE


@needs(Permission.QUESTION_POLICE)
def questions_to_police_list(request: StaffRequest) -> HttpResponse:
    """What waits, and what was answered."""
    return desk.question_list_page(request, POLICE)


@needs(Permission.QUESTION_POLICE)
def answer_question_as_police(request: StaffRequest, key: UUID) -> HttpResponse:
    """One question and its answer."""
    return desk.show_or_answer_question(request, POLICE, key)


@needs(Permission.QUESTION_POLICE)
@require_POST
def pass_to_coordinator(request: StaffRequest, key: UUID) -> HttpResponse:
    """Give the coordinator what was meant for them."""
    question = desk.question_or_404(request, POLICE, key)
    questions.pass_question_to_coordinator(question=question, by=request.person, at=request.at)
    return success(
        request, _("Passed on to the coordinator. It is no longer on your desk."), "sightings:questions:police"
    )
