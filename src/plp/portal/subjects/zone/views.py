"""The zone in counts."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from plp.evaluation.queries.zone import figures_scope, zone_of
from plp.mandates.grants import Permission
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.zone import figures

PER_PAGE, MOST = 50, 5000


@needs(Permission.FIGURES_SEE)
def overview(request: StaffRequest) -> HttpResponse:
    """Every partnership of one's area in counts, with charts; all on one page to be printed."""
    zone = zone_of(figures_scope(request.person, at=request.at), at=request.at)
    is_whole = "all" in request.GET
    page = Paginator(zone.rows, MOST if is_whole else PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row.partnership.name(get_language() or "fr"), figures.cells(row)) for row in page]
    context = {
        "zone": zone,
        "page": page,
        "rows": rows,
        "parts": figures.parts(zone) if rows else [],
        "without_deputy": sum(row.lacks_deputy for row in zone.rows),
        "silent": sum(row.is_silent for row in zone.rows),
        "overdue": sum(zone.overdue.values()),
        "is_whole": is_whole,
        "may_services": Permission.SERVICE_KEEP in request.permissions,
        "may_plans": Permission.POLICY_LINK in request.permissions,
    }
    return render(request, "zone/overview.html", context)


@needs(Permission.FIGURES_SEE)
def table(request: StaffRequest) -> HttpResponse:
    """The same rows for a spreadsheet."""
    zone = zone_of(figures_scope(request.person, at=request.at), at=request.at)
    made = figures.as_csv(zone, get_language() or "fr")
    return download(made, name="figures.csv", content_type="text/csv; charset=utf-8")
