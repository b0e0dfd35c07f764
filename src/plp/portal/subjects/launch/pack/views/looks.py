"""The look of the papers of a police zone: colours and logos."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.documents.colours import SCHEMES
from plp.launch.actions import paper_looks as acts
from plp.launch.models import PaperLook
from plp.launch.queries.paper_looks import paper_looks_by_path, zone_and_its_municipalities
from plp.mandates.grants import Permission
from plp.places.models import Area
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.pack import scope
from plp.portal.subjects.launch.pack.forms import PaperLookForm
from plp.sightings.refusals import NoPicture


@needs(Permission.ZONE_SET)
def edit_zone_colours_and_logos(request: StaffRequest, zone: UUID) -> HttpResponse:
    """Choose two colours; give the logos of the zone and of its municipalities, or take them off."""
    area, language = scope.zone_to_edit_or_404(request, zone), get_language() or "fr"
    owners = zone_and_its_municipalities(area)
    looks = paper_looks_by_path(owners)
    form = PaperLookForm(request.POST or None, request.FILES or None, owners=owners, looks=looks, language=language)
    if request.method == "POST" and form.is_valid() and _save_colours_and_logos_or_add_errors(form, area, request):
        return success(
            request, _("Saved. The papers of your zone look like this from now on."), "launch:pack:zone_look", area.pk
        )
    shown = {
        "zone": area,
        "name": area.name(language),
        "form": form,
        "schemes": [(label, SCHEMES[key]) for key, label in PaperLook.Colours.choices],
    }
    return render(request, "launch/pack/zone_look.html", shown)


def _save_colours_and_logos_or_add_errors(form: PaperLookForm, zone: Area, request: StaffRequest) -> bool:
    """Save what changed; a picture that is not taken becomes an error of its field."""
    for field, owner, content in form.logo_changes():
        try:
            acts.set_paper_logo(area=owner, content=content, by=request.person, at=request.at)
        except NoPicture as refusal:
            form.add_error(field, refusal.in_words())
    if "colours" in form.changed_data:
        acts.set_paper_colours(zone=zone, colours=form.cleaned_data["colours"], by=request.person, at=request.at)
    return not form.errors
