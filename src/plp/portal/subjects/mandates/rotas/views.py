"""Who is on call: the rota of a zone or quarter, one's own hours, and the answer to whoever asks one to take theirs."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from plp.followup.queries.workload import workloads
from plp.mandates import rotas
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.mandates.rota_letters import hours_in_words, is_valid_shift_answer_signature
from plp.mandates.rota_queries import (
    current_and_future_shifts,
    current_shifts_of_area_and_ancestors,
    people_who_can_be_on_call,
    rota_areas,
    rota_of,
    shifts_of,
    unmanned_hours_of_rota,
)
from plp.places.models import Area
from plp.portal.shell import limits
from plp.portal.shell.choices import ChoicePage, PlaceChoice, redirect_to_only_place_or_list
from plp.portal.shell.guards import own_account, public
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.mandates.rotas.forms import HandOverShiftForm, WeekPatternForm
from plp.toolbox.clock import local

PER_PAGE = 28
WEEK = timedelta(days=7)
HOME = ChoicePage(
    gettext_lazy("Who is on call?"),
    gettext_lazy("The rota of which zone or partnership?"),
    gettext_lazy("No rota yet"),
    gettext_lazy("There is no rota on which you stand. Whoever holds a whole zone or a neighbourhood makes one."),
    "calendar-clock",
)
MOST_SWAPS = 40  # hours of others that a choice lists


@own_account
def list_rotas_or_open_only_one(request: StaffRequest) -> HttpResponse:
    """The zones and quarters on whose rota one stands or may stand; straight to the page where there is one."""
    return redirect_to_only_place_or_list(
        request,
        HOME,
        rota_areas(request.person, at=request.at),
        lambda area: PlaceChoice(area.name(), reverse("mandates:rotas:rota", args=[area.pk])),
    )


def _rota_area_or_404(request: StaffRequest, key: UUID) -> Area:
    """An area of one's own desk; absent and foreign are the same 404 (T10)."""
    area = next((area for area in rota_areas(request.person, at=request.at) if area.pk == key), None)
    if area is None:
        raise Http404
    return area


@own_account
def see_and_make_rota(request: StaffRequest, area: UUID) -> HttpResponse:
    """Who is on call now and when; a week pattern is entered here."""
    person, at, place = request.person, request.at, _rota_area_or_404(request, area)
    is_maker, known_rota = may(person, Permission.ROTA_MAKE, place, at=at), rota_of(place)
    people, today = people_who_can_be_on_call(place, at=at), local(at).date()
    posted = request.POST if request.method == "POST" and is_maker else None
    form = WeekPatternForm(posted, rota=known_rota, people=people, today=today)
    if form.is_valid():
        minutes = form.cleaned_data["answer_minutes"]
        rotas.save_rota_shifts_and_notify(area=place, pattern=form.pattern(), answer_minutes=minutes, by=person, at=at)
        return success(request, _("The rota is noted. Each person on it is told."), "mandates:rotas:rota", area)
    shifts = current_and_future_shifts(known_rota, at=at) if known_rota else ()
    missing = unmanned_hours_of_rota(known_rota, first=today, last=today + WEEK, at=at) if known_rota else []
    context = {
        "area": place,
        "name": place.name(),
        "rota": known_rota,
        "form": form if is_maker else None,
        "page": Paginator(shifts, PER_PAGE).get_page(request.GET.get("page")),
        "now": current_shifts_of_area_and_ancestors(place, at=at)
        .filter(rota=known_rota)
        .select_related("person")
        .first(),
        "loads": workloads(place, people if is_maker else [person], at=at),
        "gaps": [hours_in_words(*hours) for hours in missing],
    }
    return render(request, "mandates/rotas/rota.html", context)


@own_account
@require_POST
def end_rota(request: StaffRequest, area: UUID) -> HttpResponse:
    """Do away with a rota."""
    known_rota = rota_of(_rota_area_or_404(request, area))
    if known_rota is None:
        raise Http404
    rotas.delete_rota(rota=known_rota, by=request.person, at=request.at)
    return success(request, _("The rota is gone. Everything goes to the whole desk."), "mandates:rotas:home")


@own_account
def offer_or_hand_over_shift(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask somebody to take one's hours over, or hand them over at once while they last."""
    person, at = request.person, request.at
    hours = get_object_or_404(shifts_of(person, since=at), pk=key)
    people = [other for other in people_who_can_be_on_call(hours.rota.area, at=at) if other.pk != person.pk]
    others = current_and_future_shifts(hours.rota, at=at).filter(person__in=people, starts_at__gt=at)[:MOST_SWAPS]
    form = HandOverShiftForm(request.POST or None, people=people, shifts=list(others))
    has_begun = hours.starts_at < at
    if form.is_valid():
        to, in_return = form.taker_and_shift()
        if request.POST.get("how") == "now" and has_begun and in_return is None:
            rotas.hand_over_shift_now_and_notify(shift=hours, to=to, by=person, at=at)
            messages.success(request, _("%(name)s is on call now, and is told.") % {"name": to.name})
        else:
            rotas.offer_shift(shift=hours, to=to, in_return=in_return, by=person, at=at)
            messages.success(request, _("%(name)s is asked. Until they say yes, you stay on call.") % {"name": to.name})
        return redirect("mandates:rotas:rota", hours.rota.area_id)
    context = {
        "form": form if people else None,
        "shift": hours,
        "hours": hours_in_words(hours.starts_at, hours.ends_at),
        "name": hours.rota.area.name(),
        "has_begun": has_begun,
    }
    return render(request, "mandates/rotas/shift.html", context)


@public
def answer_takeover_request(request: PortalRequest, key: str, signature: str) -> HttpResponse:
    """Which hours one is asked to take over, and for which; yes or no in one touch. A link that is over is a 404.

    Opened again after a yes, it says that one is on call.
    """
    hours = rotas.shift_of_key(UUID(hex=key)) if len(key) == len(UUID(int=0).hex) and key.isalnum() else None
    if hours is None or hours.ends_at <= request.at or not is_valid_shift_answer_signature(hours, signature):
        raise Http404
    if hours.offered_to is None:
        again = {"accepts": True, "hours": hours_in_words(hours.starts_at, hours.ends_at)}
        return render(request, "mandates/rotas/answered.html", again)
    context = {
        "shift": hours,
        "hours": hours_in_words(hours.starts_at, hours.ends_at),
        "returned": hours_in_words(hours.in_return.starts_at, hours.in_return.ends_at) if hours.in_return else "",
        "name": hours.rota.area.name(),
    }
    if request.method == "POST":
        accepts, asker = request.POST.get("answer") == "yes", hours.person.name if hours.person else ""
        with limits.enforce_then_count(request, ("answer.network", limits.personal_or_network_limit_key(request))):
            rotas.answer_shift_offer_and_notify_asker(shift=hours, accepts=accepts, by=hours.offered_to, at=request.at)
        return render(request, "mandates/rotas/answered.html", {**context, "accepts": accepts, "asker": asker})
    return render(request, "mandates/rotas/answer.html", context)
