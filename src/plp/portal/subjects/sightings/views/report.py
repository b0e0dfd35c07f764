"""Reporting something seen: what kind, where and when, then what that kind asks for (R121)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.launch.queries.ideas import zone_that_answers_for_municipality
from plp.partnership.queries import public_partnerships
from plp.places.queries.emergency import help_numbers_in
from plp.places.rules.emergency import HelpNumbers
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.sightings import draft, presentation
from plp.portal.subjects.sightings.forms import PlaceAndDayForm, SightingFactsForm, UrgencyAndKindForm
from plp.sightings.queries import has_sighting_desk


@public
def ask_urgency_and_kind(request: PortalRequest) -> HttpResponse:
    """First the telephone; only what is longer ago goes on."""
    form = UrgencyAndKindForm(request.POST or None, initial=draft.sighting_draft(request))
    if request.method == "POST" and form.is_urgent:
        return render(request, "sightings/phone.html", {"numbers": _help_numbers(request)})
    if request.method == "POST" and form.is_valid():
        draft.save_kind_in_draft(request, form)
        return redirect("sightings:where")
    return render(request, "sightings/start.html", {"form": form, "numbers": _help_numbers(request)})


def _help_numbers(request: PortalRequest) -> HelpNumbers:
    """Whom to phone: where one comes from the page of a partnership its numbers, else those of the country (R124)."""
    partnership = public_partnerships().filter(key=request.GET.get("p", "")).first()
    return help_numbers_in(partnership.area, get_language() or "fr") if partnership else HelpNumbers()


@public
def ask_place_and_day(request: PortalRequest) -> HttpResponse:
    """Which street, which day; by POST, for an address belongs in no log."""
    told = draft.sighting_draft(request)
    if not told:
        return redirect("sightings:start")
    form = PlaceAndDayForm(request.POST or None, initial=told, at=request.at)
    if request.method == "POST" and form.is_valid() and form.place is not None:
        draft.save_place_in_draft(request, form, form.place)
        return redirect("sightings:what")
    return render(request, "sightings/where.html", {"form": form})


@public
def ask_facts_and_send_report(request: PortalRequest) -> HttpResponse:
    """Who reads it, and the facts that this kind asks for."""
    told = draft.sighting_draft(request)
    municipality = draft.municipality_of_draft(told)
    if municipality is None:
        return redirect("sightings:start")
    desk, language = zone_that_answers_for_municipality(municipality, at=request.at), get_language() or "fr"
    shown = {
        "numbers": help_numbers_in(desk.municipality, language),
        "zone": desk.zone.name(language),
        "summary": presentation.draft_summary_line(told, municipality),
    }
    if not has_sighting_desk(municipality, at=request.at):
        return render(request, "sightings/unread.html", {"answering": desk, **shown})
    form = SightingFactsForm(request.POST or None, request.FILES or None, kind=told["kind"])
    if request.method == "POST" and form.is_valid():
        if draft.is_form_sent_too_fast(request, told):
            form.add_error(None, _("That was faster than anybody writes. Wait a moment, then send again."))
        else:
            refused = draft.send_and_remember_sighting(request, municipality, told, form)
            if refused is None:
                return redirect("sightings:sent")
            form.add_error(presentation.field_of_refusal(refused, form.cleaned_data), refused.in_words())
    return render(request, "sightings/what.html", {"form": form, **shown})
