"""Who was not let in during the last month, each with the letter (R45, R84)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from plp.membership.paper_letters import refusal_pdf
from plp.membership.refusals import KEPT
from plp.people.retention_terms import retention_term
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.membership.enrolment.scope import MANAGE, note_members_viewed, recent_refusals


@needs(MANAGE)
def list_refusals_and_note_view(request: StaffRequest) -> HttpResponse:
    """Name, ground, and until when it is kept."""
    rows = list(recent_refusals(request))
    note_members_viewed([one.membership for one in rows], "refused", request)
    kept = retention_term("refused", KEPT)
    return render(request, "membership/enrolment/refused.html", {"rows": [(one, one.at + kept) for one in rows]})


@needs(MANAGE)
def refusal_letter_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """The letter that says why, for the letterbox."""
    found = get_object_or_404(recent_refusals(request), pk=key)
    return download(refusal_pdf(found, at=request.at), name="letter.pdf", content_type="application/pdf")
