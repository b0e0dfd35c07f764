"""How long what is kept, as a zone decides it within the bounds; notice and worker read the same value."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.launch.queries.facts import zones_whose_rules_person_sets
from plp.mandates.grants import Permission
from plp.people.retention_terms import shortest_terms_by_kind
from plp.portal.shell.choices import ChoicePage, redirect_to_only_zone_or_list
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.protection.forms import RetentionTermsForm
from plp.protection.actions import set_retention_terms
from plp.protection.queries import zone_retention_days

SET = Permission.ZONE_SET
ZONES = ChoicePage(
    gettext_lazy("How long we keep things"),
    gettext_lazy("Which zone?"),
    gettext_lazy("You decide for no zone"),
    gettext_lazy("A chief of corps decides this."),
    above=(gettext_lazy("Data protection"), "protection:home"),
)


@needs(SET)
def zone_list(request: StaffRequest) -> HttpResponse:
    """The zones for which one decides; straight to the only one."""
    return redirect_to_only_zone_or_list(
        request, ZONES, zones_whose_rules_person_sets(request.person, at=request.at), "protection:terms"
    )


@needs(SET)
@freshly_proven
def edit_retention_terms(request: StaffRequest, zone: UUID) -> HttpResponse:
    """Each kind of data with its days and their bounds."""
    zone_area = get_object_or_404(zones_whose_rules_person_sets(request.person, at=request.at), pk=zone)
    form = RetentionTermsForm(
        request.POST or None, initial=zone_retention_days(zone_area), shortest=shortest_terms_by_kind()
    )
    if request.method == "POST" and form.is_valid():
        days = {key: form.cleaned_data[key] for key in form.changed_data}
        set_retention_terms(zone=zone_area, days=days, by=request.person, at=request.at)
        return success(
            request,
            _("Saved. The privacy notice says it now, and what is older is erased from today on."),
            "protection:terms",
            zone,
        )
    context = {"form": form, "zone": zone_area.name()}
    return render(request, "protection/terms.html", context)
