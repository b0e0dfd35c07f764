"""The entries for the federal register, of every partnership of one's area at once (R150)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from plp.evaluation.queries.zone import figures_scope
from plp.launch.queries.register import register_entry
from plp.mandates.grants import Permission
from plp.membership.lists.files import csv_of
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest

MOST = 2000


@needs(Permission.FIGURES_SEE)
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """A line a partnership, under the keys of docs/formats.md; a count of few members is hidden."""
    found = figures_scope(request.person, at=request.at).select_related("area")[:MOST]
    entries = [register_entry(one, at=request.at) for one in found]
    made = csv_of(list(entries[0]) if entries else ["key"], [[str(cell) for cell in one.values()] for one in entries])
    return download(made, name="register.csv", content_type="text/csv; charset=utf-8")
