"""The first page: for visitors what this is, for staff what waits for them."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from plp.mandates.queries import roles_of
from plp.portal.shell import offers
from plp.portal.shell.guards import public
from plp.portal.shell.proof import proven_at
from plp.portal.shell.requests import PortalRequest


@public
def start(request: PortalRequest) -> HttpResponse:
    """Answer "what do I have to do now?" first; a visitor learns what this is and where to go."""
    person, at = request.person, request.at
    if person is None:
        return render(request, "home/welcome.html", {"is_demo": settings.DEMO})
    if proven_at(request) is None:
        return redirect("mfa_index")
    language = get_language() or person.language
    context = {
        "person": person,
        "tasks": offers.tasks(person, at),
        "roles": [(mandate.get_role_display(), mandate.area.name(language)) for mandate in roles_of(person, at=at)],
    }
    return render(request, "home/today.html", context)
