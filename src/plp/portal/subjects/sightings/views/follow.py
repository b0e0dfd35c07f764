"""What became of a report: seen by whoever holds its secret link, nobody else (R123)."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.portal.shell import limits
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.sightings import draft
from plp.portal.subjects.sightings.forms import ReportCodeForm
from plp.sightings.actions import sightings
from plp.sightings.letters import is_follow_up_signature, is_report_code, report_code, signed_follow_up_path
from plp.sightings.models import Sighting
from plp.sightings.queries import referral_of_sighting, sighting_behind_link, sighting_by_reference_in_code


def _followed_sighting_or_404(request: PortalRequest) -> Sighting:
    """The report that this browser follows, or 404."""
    sighting = draft.remembered_sighting(request)
    if sighting is None:
        raise Http404
    return sighting


@public
def report_sent_page_with_link(request: PortalRequest) -> HttpResponse:
    """It is sent: its reference, and the secret link by which one sees what becomes of it."""
    sighting = draft.remembered_sighting(request)
    if sighting is None:
        return redirect("sightings:start")
    ask_link = f"{settings.ORIGIN}{reverse('sightings:ask')}"
    link = f"{settings.ORIGIN}/report/follow/{signed_follow_up_path(sighting.pk)}/"
    return render(
        request,
        "sightings/sent.html",
        {"sighting": sighting, "link": link, "code": report_code(sighting), "ask": ask_link},
    )


@public
def store_linked_report_and_redirect(request: PortalRequest, key: UUID, signature: str) -> HttpResponse:
    """The secret link: remembered by this browser at once, so that it stands in no address bar (T19)."""
    if not is_follow_up_signature(key, signature) or sighting_behind_link(key) is None:
        raise Http404
    draft.remember_sighting(request, key)
    return redirect("sightings:status")


@public
def ask_follow_up_code(request: PortalRequest) -> HttpResponse:
    """The code from the page that was shown after sending: what the link does, for whoever has it on paper."""
    form = ReportCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit = ("report_code.network", limits.personal_or_network_limit_key(request))
        with limits.enforce_limits_without_counting(request, limit):
            limits.count_if_under_limit(*limit)
        sighting = sighting_by_reference_in_code(form.cleaned_data["code"])
        if sighting is not None and is_report_code(sighting, form.cleaned_data["code"]):
            draft.remember_sighting(request, sighting.pk)
            return redirect("sightings:status")
        form.add_error("code", _("This is not the code of a report. Compare it sign by sign."))
    return render(request, "sightings/ask.html", {"form": form})


@public
def report_status(request: PortalRequest) -> HttpResponse:
    """State, answer or why not; never the words of the report itself."""
    sighting = _followed_sighting_or_404(request)
    is_named = bool(sighting.reporter_name) or hasattr(sighting, "reader")
    context = {"sighting": sighting, "is_named": is_named, "referral": referral_of_sighting(sighting)}
    return render(request, "sightings/status.html", context)


@public
def erase_own_reporter_details(request: PortalRequest) -> HttpResponse:
    """Take one's name and number away from the police's desk."""
    sighting = _followed_sighting_or_404(request)
    if request.method == "POST":
        sightings.erase_reporter(sighting=sighting, by=None, at=request.at)
        return success(request, _("Your name and how to reach you are erased here."), "sightings:status")
    return render(request, "sightings/withdraw.html", {"sighting": sighting})
