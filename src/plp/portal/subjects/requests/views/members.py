"""What the police explained to all members of a partnership (R129)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from plp.followup.queries.requests import explained_to
from plp.portal.shell.guards import own_data
from plp.portal.shell.requests import PortalRequest

SHOWN = 50


@own_data
def explained(request: PortalRequest) -> HttpResponse:
    """The explanations for members, the newest first."""
    person = request.member or request.person
    if person is None:
        raise Http404
    rows = [(one, one.partnership.name(person.language)) for one in explained_to(person)[:SHOWN]]
    return render(request, "requests/explained.html", {"explained": rows})
