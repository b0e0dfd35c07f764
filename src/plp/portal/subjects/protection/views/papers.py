"""The register of processing, the impact assessment, and how long what is kept: made from the real settings."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp import documents
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.people.retention_terms import shortest_terms_by_kind
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.protection.papers import compose_register_or_assessment as made_paper
from plp.protection.retention import RULES
from plp.protection.retention_text import legal_basis_text, period_text

READ = Permission.PROTECTION_READ
PAPERS = {"register": _("Register of processing"), "assessment": _("Impact assessment")}
FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@needs(READ)
def protection_papers_overview(request: StaffRequest) -> HttpResponse:
    """The papers, how long what is kept, and the way to breaches."""
    terms = shortest_terms_by_kind()
    context = {
        "papers": list(PAPERS.items()),
        "rules": [(rule.what, period_text(rule, terms), legal_basis_text(rule)) for rule in RULES],
        "may_set_terms": Permission.ZONE_SET in request.permissions,
        "may_breach": Permission.BREACH_KEEP in request.permissions,
    }
    return render(request, "protection/home.html", context)


@needs(READ)
def protection_paper_page(request: StaffRequest, name: str) -> HttpResponse:
    """One paper as a page."""
    made = _paper_of_permitted_areas_or_404(request, name)
    (_untitled, beginning), *sections = documents.titles_and_html_of_sections(made)
    context = {"title": PAPERS[name], "name": name, "beginning": beginning, "sections": sections}
    return render(request, "protection/paper.html", context)


@needs(READ)
def protection_paper_file(request: StaffRequest, name: str, form: str) -> HttpResponse:
    """One paper as PDF or DOCX."""
    made = _paper_of_permitted_areas_or_404(request, name)
    if form not in FORMS:
        raise Http404
    content = documents.pdf(made, at=request.at, saves_page=True) if form == "pdf" else documents.docx(made)
    return download(content, name=f"{name}.{form}", content_type=FORMS[form])


def _paper_of_permitted_areas_or_404(request: StaffRequest, name: str) -> documents.Document:
    if name not in PAPERS:
        raise Http404
    areas = permitted_areas(request.person, READ, at=request.at)
    return made_paper(name, areas=areas, language=get_language() or "fr", at=request.at)
