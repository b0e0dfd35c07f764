"""The area: streets chosen part by part, a border drawn around it, counted, checked (R4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.launch.actions import area
from plp.launch.queries.area import (
    count_addresses_of_border_alone,
    covered_street_parts,
    find_door_and_whether_area_covers_it,
    import_commands_if_register_missing,
    other_quarters_sharing_doors,
)
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.places.actions import NothingCovered
from plp.places.queries import addresses_of, streets_of
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.groundwork.forms.area import (
    SIDES,
    AreaBorderForm,
    DoorForm,
    SearchForm,
    StreetPartsToAddForm,
)
from plp.portal.subjects.launch.groundwork.maps import area_map, map_for_drawing_boundary, searched_and_nearby_streets
from plp.portal.subjects.launch.groundwork.scope import may_draw_area, page_context, partnership_or_404

DRAW = Permission.AREA_DRAW


def _area_page(request: StaffRequest, partnership: Partnership, **more: object) -> HttpResponse:
    """The area with its parts, its overlaps and a check."""
    language, sides = request.LANGUAGE_CODE, dict(SIDES)
    parts, has_border = covered_street_parts(partnership), partnership.area.boundary is not None
    shown = {
        "has_border": has_border,
        "border_doors": count_addresses_of_border_alone(partnership, parts) if has_border else 0,
        "lines": len(parts) + has_border,
        "parts": [
            {
                "row": part.row,
                "doors": part.doors,
                "street": part.row.street.names,
                "side": sides[part.row.side],
            }
            for part in parts
        ],
        "overlaps": [
            {"other": one.area.name(language), "doors": one.doors} for one in other_quarters_sharing_doors(partnership)
        ],
        "doors": addresses_of(partnership.area).count(),
        "map": area_map(partnership, language),
        "draws": may_draw_area(request, partnership),
        "missing_register": import_commands_if_register_missing(partnership),
    }
    return render(request, "launch/groundwork/area.html", page_context(partnership, **(shown | more)))


@needs(Permission.GROUNDWORK)
def see_area_and_check_door(request: StaffRequest, key: str) -> HttpResponse:
    """The area; by POST the check of one address, which belongs in no log."""
    partnership = partnership_or_404(request, key)
    check = DoorForm(request.POST or None)
    if request.method == "POST" and check.is_valid():
        found = find_door_and_whether_area_covers_it(partnership, **check.cleaned_data)
        others = ", ".join(one.name(request.LANGUAGE_CODE) for one in found.others)
        return _area_page(request, partnership, check=check, door=found, others=others)
    return _area_page(request, partnership, check=check)


def _search_form_and_text(request: StaffRequest) -> tuple[SearchForm, str]:
    """The search of a street, and what was typed in it."""
    search = SearchForm(request.GET or None)
    return search, search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""


@needs(DRAW)
def add_streets(request: StaffRequest, key: str) -> HttpResponse:
    """Tick streets on the map or in the list, say which part: each is added at once. A search finds others."""
    partnership = partnership_or_404(request, key, DRAW)
    search, text = _search_form_and_text(request)
    choice = searched_and_nearby_streets(partnership, text, request.LANGUAGE_CODE)
    form = StreetPartsToAddForm(
        request.POST or None, streets=choice.streets, initial={"streets": [one.pk for one in choice.proposed]}
    )
    if request.method == "POST" and form.is_valid():
        covered = area.add_covered_streets_and_count_addresses(
            partnership=partnership, parts=form.parts, by=request.person, at=request.at
        )
        words = ngettext("Added. The area now has %d address.", "Added. The area now has %d addresses.", covered)
        return success(request, words % covered, "launch:groundwork:area", key)
    missing = None if choice.streets else import_commands_if_register_missing(partnership)
    shown = {"search": search, "form": form, "choice": choice, "text": text, "missing_register": missing}
    return render(request, "launch/groundwork/area_add.html", page_context(partnership, **shown))


@needs(DRAW)
def draw_border(request: StaffRequest, key: str) -> HttpResponse:
    """Draw the border on the map, or write its corners; the streets that were chosen stay."""
    partnership = partnership_or_404(request, key, DRAW)
    search, text = _search_form_and_text(request)
    form = AreaBorderForm(request.POST or None, boundary=partnership.area.boundary)
    if request.method == "POST" and form.is_valid():
        boundary = form.cleaned_data["corners"]
        covered = area.set_boundary_and_count_addresses(
            partnership=partnership, boundary=boundary, by=request.person, at=request.at
        )
        if boundary:
            words = ngettext("Saved. The area now has %d address.", "Saved. The area now has %d addresses.", covered)
        else:
            words = ngettext(
                "The boundary is removed. The area now has %d address.",
                "The boundary is removed. The area now has %d addresses.",
                covered,
            )
        return success(request, words % covered, "launch:groundwork:area", key)
    shown = {
        "search": search,
        "form": form,
        "map": map_for_drawing_boundary(partnership, text, request.LANGUAGE_CODE),
        "chosen": {str(street.pk) for street in streets_of(partnership.area)},
    }
    return render(request, "launch/groundwork/area_draw.html", page_context(partnership, **shown))


@needs(DRAW)
@require_POST
def remove_part(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    """Take one part out."""
    partnership = partnership_or_404(request, key, DRAW)
    part = get_object_or_404(partnership.area.coverage, pk=pk)
    try:
        area.remove_covered_part_and_count_addresses(
            partnership=partnership, part=part, by=request.person, at=request.at
        )
        messages.success(request, _("Removed."))
    except NothingCovered as empty:
        messages.error(request, empty.in_words())
    return redirect("launch:groundwork:area", key)
