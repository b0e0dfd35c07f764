"""Reports as files for the police's own systems, one or many: PDF, JSON or CSV (docs/reports.md)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.membership.lists.files import csv_bytes
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.sightings import presentation
from plp.sightings.actions import sightings
from plp.sightings.models import Sighting
from plp.sightings.queries import sightings_in_scope
from plp.sightings.queries.report_files import COLUMNS, report_row, reports_json
from plp.sightings.states import State

MOST = 100  # reports of one file


@needs(Permission.SIGHTING_HANDLE)
def download_and_mark_reports_read(request: StaffRequest) -> HttpResponse:
    """The ticked reports as one file. Each is noted as read and taken along; none is ended by it."""
    form = request.POST.get("form", "")
    chosen = _chosen_sightings(request)
    if request.method != "POST" or form not in FILES or not chosen:
        if request.method == "POST":
            messages.error(request, _("Tick at least one report."))
        return redirect("sightings:desk")
    sightings.mark_sightings_read_and_exported(sightings=chosen, form=form, by=request.person, at=request.at)
    content_type, write = FILES[form]
    name = chosen[0].reference if len(chosen) == 1 else f"reports-{request.at:%Y%m%d-%H%M}"
    return download(write(chosen, request.at), name=f"{name}.{form}", content_type=content_type)


def _chosen_sightings(request: StaffRequest) -> list[Sighting]:
    """The reports of one's zone that were ticked; a foreign or broken key is as none (T10)."""
    keys = []
    for typed in request.POST.getlist("report")[:MOST]:
        try:
            keys.append(UUID(typed))
        except ValueError:
            continue
    mine = sightings_in_scope(request.person, at=request.at).exclude(state=State.PURGED)
    return list(mine.filter(pk__in=keys))


FILES: dict[str, tuple[str, Callable[[list[Sighting], datetime], bytes]]] = {
    "pdf": ("application/pdf", lambda sightings, at: presentation.sighting_sheets_pdf(*sightings, at=at)),
    "json": ("application/json", lambda sightings, _at: reports_json(sightings)),
    "csv": (
        "text/csv; charset=utf-8",
        lambda sightings, _at: csv_bytes(COLUMNS, [report_row(one) for one in sightings]),
    ),
}
