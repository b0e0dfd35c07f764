"""The zone in counts."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.subjects.zone import figures

PER_PAGE = 50


@needs(Permission.FIGURES_SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Every partnership of one's area: members, messages and open work, as counts."""
    at = request.at  # type: ignore[attr-defined]
    found = figures.partnerships(request.person, at=at)  # type: ignore[attr-defined]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": figures.rows(list(page), get_language() or "fr", at=at)}
    return render(request, "zone/overview.html", context)
