"""The entries for the federal register, of every partnership of one's area at once (R150)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from plp.evaluation.queries.zone import figures_scope
from plp.launch.queries.register import register_entry
from plp.mandates.grants import Permission
from plp.partnership.lists.writing import csv_of
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.zone.figures import few

MOST = 2000


@needs(Permission.FIGURES_SEE)
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """A line a partnership, under the keys of docs/formats.md; a count of few members is hidden."""
    found = figures_scope(request.person, at=request.at).select_related("area")[:MOST]
    entries = [register_entry(one, at=request.at) for one in found]
    rows = [{**entry, "members": few(int(entry["members"]))} for entry in entries]
    made = csv_of(list(rows[0]) if rows else ["key"], [[str(cell) for cell in row.values()] for row in rows])
    return download(made, name="register.csv", content_type="text/csv; charset=utf-8")
