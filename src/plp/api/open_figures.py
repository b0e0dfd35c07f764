"""Figures that zones opened to everybody, as CSV and JSON: no key, no name of a person (docs/formats.md)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from plp.api.permissions import public
from plp.evaluation.queries.open_figures import COLUMNS, public_figure_rows
from plp.membership.lists.files import csv_bytes
from plp.toolbox import clock

FORMS = ("csv", "json")


@public
@require_safe
def download_public_figures(request: HttpRequest, form: str) -> HttpResponse:
    """The rows; where no zone opened its figures there is no such address."""
    rows = public_figure_rows(clock.now())
    if form not in FORMS or not rows:
        raise Http404
    if form == "json":
        return JsonResponse({"columns": COLUMNS, "data": rows}, json_dumps_params={"ensure_ascii": False})
    table = csv_bytes(list(COLUMNS), [["" if cell is None else cell for cell in row.values()] for row in rows])
    return HttpResponse(table, content_type="text/csv; charset=utf-8")
