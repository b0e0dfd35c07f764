"""The decision model of a zone: its rules in order, its priorities, the day of its infoflash (R133, R134)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.queries.guidance import decision_model_of_zone_around, zones_whose_model_person_sets
from plp.notices.rules.decision_model import DEFAULTS, Guideline, guidelines_with_one_moved
from plp.places.models import Area
from plp.portal.shell.choices import ChoicePage, redirect_to_only_zone_or_list
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.guidance.model import GuidelineForm, HabitsForm, guideline_sentences

SET = Permission.ZONE_SET
ZONES = ChoicePage(
    gettext_lazy("Decision model of the zone"),
    gettext_lazy("Which zone?"),
    gettext_lazy("You decide for no zone"),
    gettext_lazy("The supervisor or the chief of corps of a zone sets its model."),
    above=(gettext_lazy("Messages from the police"), "notices:desk:desk"),
)
STEPS = {"up": -1, "down": 1}


def _zone_or_404(request: StaffRequest, zone: UUID) -> Area:
    return get_object_or_404(zones_whose_model_person_sets(request.person, at=request.at), pk=zone)


def _save_guidelines(request: StaffRequest, zone: Area, guidelines: list[Guideline]) -> None:
    """Store other rules and leave the rest as it is."""
    model = decision_model_of_zone_around(zone)
    notices.set_decision_model_of_zone(
        zone=zone,
        guidelines=guidelines,
        priorities=model.priorities,
        weekday=model.weekday,
        by=request.person,
        at=request.at,
    )


@needs(SET)
def zone_list(request: StaffRequest) -> HttpResponse:
    """The zones for which one decides; the only one at once."""
    return redirect_to_only_zone_or_list(
        request, ZONES, zones_whose_model_person_sets(request.person, at=request.at), "notices:guidance:model"
    )


@needs(SET)
def edit_priorities_and_infoflash_day(request: StaffRequest, zone: UUID) -> HttpResponse:
    """The rules in sentences, and a form for priorities and the day of the infoflash."""
    area = _zone_or_404(request, zone)
    held = decision_model_of_zone_around(area)
    form = HabitsForm(request.POST or None, initial={"priorities": list(held.priorities), "weekday": held.weekday})
    if form.is_valid():
        given = form.cleaned_data
        notices.set_decision_model_of_zone(
            zone=area, guidelines=held.guidelines, **given, by=request.person, at=request.at
        )
        return success(request, _("It is decided for the whole zone."), "notices:guidance:model", zone)
    context = {
        "zone": area,
        "name": area.name(),
        "rules": guideline_sentences(held.guidelines),
        "form": form,
        "is_own": held.is_own,
    }
    return render(request, "notices/model.html", context)


@needs(SET)
def edit_or_add_guideline(request: StaffRequest, zone: UUID, number: int) -> HttpResponse:
    """Change a rule; number 0 adds one at the end."""
    area = _zone_or_404(request, zone)
    held = list(decision_model_of_zone_around(area).guidelines)
    if number > len(held):
        raise Http404
    form = GuidelineForm(request.POST or None, rule=held[number - 1] if number else None)
    if form.is_valid():
        place = number - 1 if number else len(held)
        _save_guidelines(request, area, [*held[:place], form.rule(), *held[place + 1 :]])
        return success(request, _("The rule is saved."), "notices:guidance:model", zone)
    context = {"zone": area, "name": area.name(), "form": form, "number": number}
    return render(request, "notices/guideline.html", context)


@needs(SET)
@require_POST
def move_or_remove_guideline(request: StaffRequest, zone: UUID, number: int) -> HttpResponse:
    """Move a rule up or down, or take it out."""
    area = _zone_or_404(request, zone)
    held, act = list(decision_model_of_zone_around(area).guidelines), request.POST.get("act", "")
    if not 1 <= number <= len(held):
        raise Http404
    if act in STEPS:
        _save_guidelines(request, area, guidelines_with_one_moved(held, number - 1, STEPS[act]))
    elif act == "remove":
        _save_guidelines(request, area, [*held[: number - 1], *held[number:]])
        messages.success(request, _("The rule is removed."))
    return redirect("notices:guidance:model", zone)


@needs(SET)
def reset_guidelines(request: StaffRequest, zone: UUID) -> HttpResponse:
    """Go back to the rules we propose, after a question."""
    area = _zone_or_404(request, zone)
    if request.method == "POST":
        _save_guidelines(request, area, list(DEFAULTS))
        return success(request, _("The zone follows the proposed rules again."), "notices:guidance:model", zone)
    return render(request, "notices/model_reset.html", {"zone": area, "name": area.name()})
