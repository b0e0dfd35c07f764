"""The desk: what one can do here, and the lists brought in lately."""

from django.http import HttpResponse
from django.shortcuts import render

from plp.membership.list_drafts import list_imports_in_scope
from plp.membership.list_exports import exports_left_today
from plp.membership.list_imports import UNDO_WITHIN
from plp.partnership.gates import OVER
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.membership.enrolment.scope import MANAGE, managed_partnerships

LATEST = 10


@needs(MANAGE)
def enrolment_tasks_page(request: StaffRequest) -> HttpResponse:
    """Each partnership with its three tasks, an ended one with its export; drafts and lists that can be taken back."""
    own = list(managed_partnerships(request))
    left = exports_left_today(own, at=request.at)
    cards = [(one.key, one.name(), left[one.pk], one.state not in OVER) for one in own]
    lists = list_imports_in_scope(request.person, at=request.at).order_by("-started_at")[:LATEST]
    rows = [(one, bool(one.done_at and request.at <= one.done_at + UNDO_WITHIN)) for one in lists]
    return render(request, "membership/enrolment/desk.html", {"cards": cards, "rows": rows})
