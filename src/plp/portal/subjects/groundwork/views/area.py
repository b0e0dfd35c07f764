"""The streets of the area: chosen part by part, counted, checked (R4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.launch.actions import area
from plp.launch.queries.area import door, overlaps, parts, streets_found
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.places.actions import NothingCovered
from plp.places.queries import addresses_of, outline
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.groundwork.forms.area import SIDES, DoorForm, PartForm, SearchForm
from plp.portal.subjects.groundwork.scope import context, find, may_draw

DRAW = Permission.AREA_DRAW


def _page(request: StaffRequest, partnership: Partnership, **more: object) -> HttpResponse:
    """The area with its parts, its overlaps and a check."""
    language, sides = request.LANGUAGE_CODE, dict(SIDES)
    shown = {
        "parts": [
            {
                "row": part.row,
                "doors": part.doors,
                "street": part.row.street.name(language),
                "side": sides[part.row.side],
            }
            for part in parts(partnership)
        ],
        "overlaps": [{"other": one.area.name(language), "doors": one.doors} for one in overlaps(partnership)],
        "doors": addresses_of(partnership.area).count(),
        "outline": outline(partnership.area),
        "draws": may_draw(request, partnership),
    }
    return render(request, "groundwork/area.html", context(partnership, **(shown | more)))


@needs(Permission.GROUNDWORK)
def shown(request: StaffRequest, key: str) -> HttpResponse:
    """The area; by POST the check of one address, which belongs in no log."""
    partnership = find(request, key)
    check = DoorForm(request.POST or None)
    if request.method == "POST" and check.is_valid():
        found = door(partnership, **check.cleaned_data)
        others = ", ".join(one.name(request.LANGUAGE_CODE) for one in found.others)
        return _page(request, partnership, check=check, door=found, others=others)
    return _page(request, partnership, check=check)


@needs(DRAW)
def add(request: StaffRequest, key: str) -> HttpResponse:
    """Search streets, tick some, say which part: each is added at once."""
    partnership = find(request, key, DRAW)
    search = SearchForm(request.GET or None)
    text = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
    found = streets_found(partnership, text, request.LANGUAGE_CODE) if text else []
    form = PartForm(request.POST or None, streets=found)
    if request.method == "POST" and form.is_valid():
        covered = area.cover(partnership=partnership, parts=form.parts, by=request.person, at=request.at)
        words = ngettext("Added. The area now has %d address.", "Added. The area now has %d addresses.", covered)
        messages.success(request, words % covered)
        return redirect("groundwork:area", key)
    return render(
        request, "groundwork/area_add.html", context(partnership, search=search, form=form, found=found, text=text)
    )


@needs(DRAW)
@require_POST
def remove(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    """Take one part out."""
    partnership = find(request, key, DRAW)
    part = get_object_or_404(partnership.area.coverage, pk=pk)
    try:
        area.uncover(partnership=partnership, part=part, by=request.person, at=request.at)
        messages.success(request, _("Taken out."))
    except NothingCovered as empty:
        messages.error(request, empty.in_words())
    return redirect("groundwork:area", key)
