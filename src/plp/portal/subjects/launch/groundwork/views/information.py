"""Informing the area, street by street (R16)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.launch.actions import informed_streets
from plp.launch.queries.informed_streets import covered_addresses_in_streets, progress_of_information_round
from plp.launch.sheets import street_checklists_pdf
from plp.mandates.grants import Permission
from plp.places.queries import streets_of
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.groundwork.forms.area import InformedStreetsForm
from plp.portal.subjects.launch.groundwork.scope import page_context, partnership_or_404

GROUNDWORK = Permission.GROUNDWORK


@needs(GROUNDWORK)
def tick_informed_streets(request: StaffRequest, key: str) -> HttpResponse:
    """A form to tick the streets that were not informed yet; folded, those that were, and how."""
    partnership = partnership_or_404(request, key)
    went = progress_of_information_round(partnership)
    waiting = [one.street for one in went.streets if not one.ticks]
    offers_all = request.method == "POST" or "all" in request.GET or not waiting
    offered = [one.street for one in went.streets] if offers_all else waiting
    form = InformedStreetsForm(request.POST or None, streets=offered)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("means", "informed_on", "carrier")}
        number = informed_streets.mark_streets_informed(
            partnership=partnership, streets=form.chosen_streets, by=request.person, at=request.at, **given
        )
        return success(
            request, ngettext("%d line noted.", "%d lines noted.", number) % number, "launch:groundwork:informing", key
        )
    informed = [(one, one.street.names) for one in went.streets if one.ticks]
    page = {"form": form, "went": went, "rows": went.streets, "waiting": waiting, "informed": informed}
    return render(request, "launch/groundwork/informing.html", page_context(partnership, **page))


@needs(GROUNDWORK)
@require_POST
def untick_street(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Take back a tick."""
    tick = get_object_or_404(partnership_or_404(request, key).informing.select_related("partnership__area"), pk=pk)
    informed_streets.delete_street_tick(informing=tick, by=request.person, at=request.at)
    return success(request, _("Undone."), "launch:groundwork:informing", key)


@needs(GROUNDWORK)
def street_sheets_pdf_file(request: StaffRequest, key: str) -> HttpResponse:
    """One sheet a street for the round: all streets, or the one asked for. Door numbers, no name."""
    partnership = partnership_or_404(request, key)
    streets = streets_of(partnership.area)
    asked = request.GET.get("street", "")
    if asked:
        streets = streets.filter(pk=int(asked) if asked.isdecimal() and len(asked) < 12 else 0)
    doors = covered_addresses_in_streets(partnership, streets)
    if not doors:
        raise Http404
    made = street_checklists_pdf(partnership, doors, language=request.LANGUAGE_CODE, at=request.at)
    return download(made, name=f"sheets-{partnership.key}.pdf", content_type="application/pdf", inline=True)
