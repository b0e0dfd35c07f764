"""The numbers to phone: for a whole police zone, and otherwise for one of its municipalities (R124)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.launch.actions.emergency_numbers import set_emergency_numbers_of_area
from plp.launch.queries.facts import zones_whose_rules_person_sets
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.places.models import Area
from plp.places.queries.emergency import help_numbers_in, own_help_numbers
from plp.places.queries.territory import zone_around
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.plan.forms import EmergencyNumbersForm

SET = Permission.ZONE_SET
KINDS = (Area.Kind.ZONE, Area.Kind.MUNICIPALITY)


@needs(SET)
def emergency_number_list(request: StaffRequest, zone: UUID) -> HttpResponse:
    """The zone and its municipalities, each with the numbers that hold there."""
    found = get_object_or_404(zones_whose_rules_person_sets(request.person, at=request.at), pk=zone)
    language = get_language() or "fr"
    inside = permitted_areas(request.person, SET, at=request.at).filter(path__startswith=found.path, kind__in=KINDS)
    rows = [(area, area.name(language), help_numbers_in(area, language)) for area in inside.order_by("path")]
    return render(request, "launch/plan/numbers.html", {"rows": rows, "zone": found.name(language)})


@needs(SET)
def change_emergency_numbers(request: StaffRequest, area: UUID) -> HttpResponse:
    """Set the numbers of one of them."""
    found = get_object_or_404(permitted_areas(request.person, SET, at=request.at).filter(kind__in=KINDS), pk=area)
    form = EmergencyNumbersForm(request.POST or None, own=own_help_numbers(found))
    zone = zone_around(found)
    if request.method == "POST" and form.is_valid():
        set_emergency_numbers_of_area(area=found, **form.emergency_number_values(), by=request.person, at=request.at)
        return success(
            request,
            _("The numbers are now in use: in messages, on cards and on the pages."),
            "launch:plan:numbers",
            zone.pk if zone else found.pk,
        )
    context = {"form": form, "name": found.name(), "zone": zone}
    return render(request, "launch/plan/numbers_of.html", context)
