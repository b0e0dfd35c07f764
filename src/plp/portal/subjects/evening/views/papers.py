"""Papers to print before the evening: ballots, and the kit for an evening without network."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from plp.evening import actions as evening
from plp.evening.papers import ballots_pdf, kit_pdf
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.evening.forms.meetings import NumberForm
from plp.portal.subjects.evening.scope import LEAD, PDF, language, meeting_of, page_of


@needs(LEAD)
def papers(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Each print makes new codes: they are kept as digests only, so none can be printed twice."""
    found = meeting_of(request, key, meeting)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        evening.prepare_usual_questions(meeting=found, by=request.person, at=request.at)
        number = form.cleaned_data["number"]
        codes = evening.issue_slips(meeting=found, number=number, by=request.person, at=request.at)
        if "kit" in request.POST:
            made, name = kit_pdf(found, codes, language=language(), at=request.at), "evening-kit.pdf"
        else:
            made, name = ballots_pdf(found, codes, language=language(), at=request.at), "ballots.pdf"
        return download(made, name=name, content_type=PDF)
    context = page_of(found, form=form, printed=found.slips.filter(waits=False).count())
    return render(request, "evening/papers.html", context)
