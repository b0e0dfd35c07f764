"""What the police explained to all members of a partnership (R129)."""

from django.http import HttpResponse
from django.shortcuts import render

from plp.followup.queries.requests import explanations_to
from plp.portal.shell.guards import member_or_staff_or_404, own_data
from plp.portal.shell.requests import PortalRequest

SHOWN = 50


@own_data
def explanation_list(request: PortalRequest) -> HttpResponse:
    """The explanations for members, the newest first."""
    person = member_or_staff_or_404(request)
    rows = [(one, one.partnership.name(person.language)) for one in explanations_to(person)[:SHOWN]]
    return render(request, "followup/requests/explained.html", {"explained": rows})
