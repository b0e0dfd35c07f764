"""The entries for the federal register, of every partnership of one's area at once (R150)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from plp.evaluation.queries.federal_register import federal_entry, flat_entry_of_last_year
from plp.evaluation.queries.zone import partnerships_with_visible_figures
from plp.exchange.queries import foreign_register_entries
from plp.mandates.grants import Permission
from plp.membership.lists.files import csv_bytes
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest

MOST = 2000


@needs(Permission.FIGURES_SEE)
@require_safe
def federal_register_csv(request: StaffRequest) -> HttpResponse:
    """A line a partnership, under the keys of docs/formats.md; also of installations that one subscribed to."""
    partnerships = partnerships_with_visible_figures(request.person, at=request.at).select_related("area")[:MOST]
    entries = [federal_entry(partnership, at=request.at) for partnership in partnerships]
    lines = [
        flat_entry_of_last_year(entry) for entry in [*entries, *foreign_register_entries(request.person, at=request.at)]
    ]
    heads = list(lines[0]) if lines else ["key"]
    table = csv_bytes(heads, [[str(line.get(head, "")) for head in heads] for line in lines])
    return download(table, name="register.csv", content_type="text/csv; charset=utf-8")
