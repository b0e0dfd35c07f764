"""The zone in counts."""

from collections.abc import Sequence
from hashlib import sha256

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.delivery.costs import costs_by_area, sum_costs
from plp.evaluation.queries.zone import ZoneFigures, partnerships_with_visible_figures, zone_figures
from plp.mandates.grants import Permission
from plp.notices.queries.guidance import withholding_counts_of_year
from plp.partnership.models import Partnership
from plp.portal.shell.costs import CostRow, cost_row
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.spreadsheets import spreadsheet
from plp.portal.subjects.evaluation.figures import presentation

PER_PAGE, MOST = 50, 5000
KEPT = 60  # seconds


@needs(Permission.FIGURES_SEE)
def figures_overview(request: StaffRequest) -> HttpResponse:
    """Every partnership of one's area in counts, with charts; all on one page to be printed."""
    zone = _cached_figures(request)
    is_whole = "all" in request.GET
    page = Paginator(zone.rows, MOST if is_whole else PER_PAGE).get_page(request.GET.get("page"))
    under = presentation.column_heads()
    rows = [(row.partnership.name(), presentation.cells_of_partnership(row, under)) for row in page]
    context = {
        "zone": zone,
        "page": page,
        "rows": rows,
        "parts": [*presentation.zone_figure_parts(zone), *_withholdings_parts(request)] if rows else [],
        "without_deputy": sum(row.has_coordinator_without_deputy for row in zone.rows),
        "silent": sum(row.is_silent for row in zone.rows),
        "overdue": sum(zone.overdue.values()),
        "costs": _cost_rows(request, zone, [row.partnership for row in page]),
        "may_meet": Permission.INSTALLATION_MEET in request.permissions,
        "may_services": Permission.SERVICE_KEEP in request.permissions,
        "may_plans": Permission.POLICY_LINK in request.permissions,
    }
    return render(request, "evaluation/figures/overview.html", context)


def _withholdings_parts(request: StaffRequest) -> list[presentation.ZonePart]:
    """How often nothing was sent, for the police alone: it tells of an investigation (R76)."""
    if Permission.NOTICE_RELEASE not in request.permissions:
        return []
    return [presentation.withholdings_part(withholding_counts_of_year(request.person, at=request.at))]


def _cost_rows(request: StaffRequest, zone: ZoneFigures, partnerships: Sequence[Partnership]) -> list[CostRow]:
    """What messages cost, all partnerships together first and then each of the page; nothing where nothing did."""
    by_area = costs_by_area([row.partnership.area.path for row in zone.rows], at=request.at)
    total = sum_costs(costs for by_channel in by_area.values() for costs in by_channel.values())
    if not (total.year or total.forecast):
        return []
    rows = [cost_row(partnership.name(), by_area[partnership.area.path]) for partnership in partnerships]
    return [cost_row(_("All together"), {"": total}), *rows] if len(zone.rows) > 1 else rows


def _cached_figures(request: StaffRequest) -> ZoneFigures:
    """The figures as they were counted at most a minute ago, over every message of three months. Whose partnerships
    these are is asked each time: figures are kept for exactly the same ones.
    """
    scope = partnerships_with_visible_figures(request.person, at=request.at)
    keys = ",".join(sorted(key.hex for key in scope.values_list("pk", flat=True)))
    name = f"zone.{sha256(keys.encode()).hexdigest()}"
    kept: ZoneFigures | None = cache.get(name)
    if kept is None:
        kept = zone_figures(scope, at=request.at)
        cache.set(name, kept, KEPT)
    return kept


@needs(Permission.FIGURES_SEE)
def figures_spreadsheet(request: StaffRequest, form: str) -> HttpResponse:
    """The same rows for a spreadsheet."""
    zone = zone_figures(partnerships_with_visible_figures(request.person, at=request.at), at=request.at)
    heads, rows = presentation.zone_table_heads_and_rows(zone, get_language() or "fr")
    return spreadsheet(form, heads, rows, name="figures")
