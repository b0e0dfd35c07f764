"""What holds for every partnership of a police zone: wait for recognition or not (R27)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.launch.actions.recognition import set_recognition_and_figures_rule_of_zone
from plp.launch.queries.facts import (
    does_zone_of_area_need_recognition,
    does_zone_publish_figures,
    zones_whose_rules_person_sets,
)
from plp.mandates.grants import Permission
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.plan.forms import RuleForm


@needs(Permission.ZONE_SET)
def zone_list(request: StaffRequest) -> HttpResponse:
    """The zones for which one decides, with what holds there."""
    zones = [
        (zone, zone.name(), does_zone_of_area_need_recognition(zone))
        for zone in zones_whose_rules_person_sets(request.person, at=request.at)
    ]
    return render(request, "launch/plan/zones.html", {"zones": zones})


@needs(Permission.ZONE_SET)
@freshly_proven
def edit_zone_launch_rule(request: StaffRequest, zone: UUID) -> HttpResponse:
    """Decide it."""
    found = get_object_or_404(zones_whose_rules_person_sets(request.person, at=request.at), pk=zone)
    holds = "yes" if does_zone_of_area_need_recognition(found) else "no"
    initial = {"needs_recognition": holds, "publishes_figures": does_zone_publish_figures(found)}
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_recognition_and_figures_rule_of_zone(zone=found, **form.cleaned_data, by=request.person, at=request.at)
        return success(
            request,
            _("It is decided, for every partnership of the zone that is not launched yet."),
            "launch:plan:zones",
        )
    return render(request, "launch/plan/zone.html", {"form": form, "zone": found.name()})
