"""What a member asked, and what is shared with all members of their partnerships."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plp.membership.queries import partnerships_of_member
from plp.portal.shell.choices import PlaceChoice
from plp.portal.shell.guards import member_or_staff_or_404, own_data
from plp.portal.shell.requests import PortalRequest
from plp.sightings.queries import questions_of_asker, shared_answers_for_member


@own_data
def own_questions_and_shared_answers(request: PortalRequest) -> HttpResponse:
    """One's own questions with their answers, then the shared ones; where to ask."""
    person = member_or_staff_or_404(request)
    language = person.language
    context = {
        "questions": [(one, one.partnership.name(language)) for one in questions_of_asker(person)],
        "shared": [(one, one.partnership.name(language)) for one in shared_answers_for_member(person)],
        "choices": [
            PlaceChoice(one.name(language), reverse("sightings:questions:ask", args=[one.key]))
            for one in partnerships_of_member(person)
        ],
    }
    return render(request, "sightings/questions/mine.html", context)
