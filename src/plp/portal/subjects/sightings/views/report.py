"""Reporting something seen, in three steps: is it urgent, where, what (R121)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.launch.queries.ideas import answering_zone
from plp.partnership.queries import public_partnerships as listed
from plp.places.queries.emergency import numbers_in
from plp.places.rules.emergency import HelpNumbers
from plp.portal.shell.guards import public
from plp.portal.shell.place_form import PlaceForm
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.sightings import draft, presentation
from plp.portal.subjects.sightings.forms import SeenForm, WhenForm
from plp.sightings.queries import has_sighting_desk


@public
def start(request: PortalRequest) -> HttpResponse:
    """First the telephone; only what is longer ago goes on."""
    form = WhenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_urgent:
            return render(request, "sightings/phone.html", {"numbers": _numbers(request)})
        draft.open_gate(request)
        return redirect("sightings:where")
    return render(request, "sightings/start.html", {"form": form, "numbers": _numbers(request)})


def _numbers(request: PortalRequest) -> HelpNumbers:
    """Whom to phone: where one comes from the page of a partnership its numbers, else those of the country (R124)."""
    found = listed().filter(key=request.GET.get("p", "")).first()
    return numbers_in(found.area, get_language() or "fr") if found else HelpNumbers()


@public
def where(request: PortalRequest) -> HttpResponse:
    """Which street; by POST, for an address belongs in no log."""
    told = draft.draft(request)
    if not told:
        return redirect("sightings:start")
    form = PlaceForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid() and form.place is not None:
        draft.note_place(request, form.cleaned_data["street"], form.cleaned_data["postcode"], form.place)
        return redirect("sightings:what")
    return render(request, "sightings/where.html", {"form": form})


@public
def what(request: PortalRequest) -> HttpResponse:
    """Who reads it, and the facts."""
    told = draft.draft(request)
    place = draft.place_of(told)
    if place is None:
        return redirect("sightings:start")
    desk, language = answering_zone(place.municipality, at=request.at), get_language() or "fr"
    numbers = numbers_in(desk.municipality, language)
    named = {
        "numbers": numbers,
        "told": told,
        "zone": desk.zone.name(language),
        "municipality": desk.municipality.shown(language),
    }
    if not has_sighting_desk(place.municipality, at=request.at):
        return render(request, "sightings/unread.html", {"answering": desk, **named})
    initial = {"name": request.member.name} if request.member else None
    form = SeenForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if draft.too_fast(request, told):
            form.add_error(None, _("That was faster than anybody writes. Wait a moment, then send again."))
        else:
            refused = draft.send(request, place, told, form)
            if refused is None:
                return redirect("sightings:sent")
            form.add_error(presentation.field_of(refused), refused.in_words())
    shown = {"form": form, "parts": presentation.parts_of(form), "pictures": presentation.pictures_of(form)}
    return render(request, "sightings/what.html", shown | named)
