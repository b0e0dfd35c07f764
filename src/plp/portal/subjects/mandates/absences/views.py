"""Leaving one's tasks to a deputy for a while, and coming back (R38)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.mandates import actions as mandates
from plp.mandates.absences import MOMENT, absence_by_link, accept_cover, decline_cover_and_notify_coordinator
from plp.mandates.grants import Permission
from plp.mandates.queries import (
    absences_covered_by,
    current_and_future_absences_of,
    deputies_of_coordinator,
    mandates_of,
)
from plp.partnership.gates import OVER
from plp.portal.shell import limits
from plp.portal.shell.guards import needs, public
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.mandates.absences.forms import AbsenceForm

NOTE = Permission.ABSENCE_NOTE


@needs(NOTE)
def list_and_record_absences(request: HttpRequest) -> HttpResponse:
    """Say when one is away and who takes over."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    deputies = list(deputies_of_coordinator(person, at=at).exclude(area__partnership__state__in=OVER))
    form = AbsenceForm(request.POST or None, deputies=deputies, language=get_language() or "fr")
    if form.is_valid():
        deputy = form.cleaned_data["deputy"]
        own = next(one for one in mandates_of(person, at=at) if one.role == "coordinator" and one.area == deputy.area)
        starts_at, ends_at = form.start_and_end(at)
        mandates.record_absence_and_ask_deputy(
            mandate=own, deputy=deputy, starts_at=starts_at, ends_at=ends_at, by=person, at=at
        )
        return success(
            request, _("Noted. Your deputy is told, and takes over for that time."), "mandates:absences:absence"
        )
    context = {
        "form": form,
        "absences": [
            (one, one.ends_at - MOMENT, one.starts_at <= at) for one in current_and_future_absences_of(person, at=at)
        ],
        "covered": [(one, one.ends_at - MOMENT) for one in absences_covered_by(person, at=at)],
        "has_deputy": bool(deputies),
    }
    return render(request, "mandates/absences/absence.html", context)


@needs(NOTE)
@require_POST
def end_absence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Come back early, or take the absence back before it began."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    found = get_object_or_404(current_and_future_absences_of(person, at=at), pk=key)
    mandates.end_absence_and_notify_deputy(absence=found, by=person, at=at)
    is_back = found.starts_at < at
    words = _("Welcome back: your tasks are yours again.") if is_back else _("Taken back. Your deputy is told.")
    return success(request, words, "mandates:absences:absence")


@public
def answer_cover_request(request: PortalRequest, key: str, signature: str) -> HttpResponse:
    """For whom one stands in, from when and until when; yes, no, or handing back. A link that is over is a 404."""
    absence = absence_by_link(key, signature, at=request.at)
    if absence is None:
        raise Http404
    if request.method == "POST":
        with limits.enforce_then_count(request, ("answer.network", limits.personal_or_network_limit_key(request))):
            if request.POST.get("answer") == "no":
                decline_cover_and_notify_coordinator(absence=absence, at=request.at)
                return render(request, "mandates/absences/declined.html", {"absence": absence})
            accept_cover(absence=absence, at=request.at)
        return redirect(request.path)
    context = {
        "absence": absence,
        "last_day": absence.ends_at - MOMENT,
        "has_begun": absence.starts_at <= request.at,
        "area": absence.mandate.area.name(),
    }
    return render(request, "mandates/absences/cover.html", context)
