"""What is not for the police goes to the municipality, and the service there says what became of it."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs, public
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.sightings import presentation
from plp.portal.subjects.sightings.desk_forms import ReferralOutcomeForm, ReferSightingForm
from plp.sightings.actions import referrals
from plp.sightings.letters import is_service_link_signature
from plp.sightings.models import Referral
from plp.sightings.queries import (
    can_be_referred,
    event_text_for_service,
    referral_behind_link,
    referral_document,
    service_email_to_suggest,
    sightings_in_scope,
)
from plp.sightings.refusals import NotReferable

OPENED = "sighting.service"


@needs(Permission.SIGHTING_HANDLE)
def refer_to_municipality(request: StaffRequest, key: UUID) -> HttpResponse:
    """Hand a closed report to the municipality: what it reads, and where it is mailed, stand there already."""
    sighting = get_object_or_404(sightings_in_scope(request.person, at=request.at), pk=key)
    if not can_be_referred(sighting):
        messages.warning(request, NotReferable().in_words())
        return redirect("sightings:detail", sighting.pk)
    begun = {"words": event_text_for_service(sighting), "email": service_email_to_suggest(sighting.municipality)}
    form = ReferSightingForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        referrals.refer_sighting_and_mail_service(
            sighting=sighting,
            words=form.cleaned_data["words"],
            to=form.service_address,
            by=request.person,
            at=request.at,
        )
        return success(
            request,
            _("Handed to the municipality. Whoever reported it hears what it says."),
            "sightings:detail",
            sighting.pk,
        )
    place = presentation.place_and_kind_text(sighting)
    return render(request, "sightings/refer.html", {"sighting": sighting, "place": place, "form": form})


@public
def store_linked_referral_and_redirect(request: PortalRequest, key: UUID, signature: str) -> HttpResponse:
    """The link of a service: remembered by this browser at once, so that it stands in no address bar (T19)."""
    if not is_service_link_signature(key, signature) or referral_behind_link(key) is None:
        raise Http404
    store_sealed(request, OPENED, {"referral": str(key)})
    return redirect("sightings:service")


def _opened_referral_or_404(request: PortalRequest) -> Referral:
    opened = load_sealed(request, OPENED)
    referral = referral_behind_link(UUID(opened["referral"])) if opened else None
    if referral is None:
        raise Http404
    return referral


@public
def show_referral_and_record_outcome(request: PortalRequest) -> HttpResponse:
    """What a service reads of a report, to take along too; and what it makes of it, said in one touch."""
    referral = _opened_referral_or_404(request)
    if request.method == "POST" and request.POST.get("form") in FILES:
        return _referral_file(referral, request)
    form = ReferralOutcomeForm(request.POST or None, initial={"outcome": referral.outcome, "words": referral.note})
    if request.method == "POST" and form.is_valid():
        referrals.record_referral_outcome_and_notify(referral=referral, by=None, at=request.at, **form.cleaned_data)
        return success(request, _("Thank you. Whoever reported it can read this."), "sightings:service")
    context = {"referral": referral, "document": referral_document(referral), "form": form}
    return render(request, "sightings/service.html", context)


FILES = {"pdf": "application/pdf", "json": "application/json"}


def _referral_file(referral: Referral, request: PortalRequest) -> HttpResponse:
    form = request.POST["form"]
    document = json.dumps(referral_document(referral), ensure_ascii=False).encode()
    content = presentation.service_sheet_pdf(referral, at=request.at) if form == "pdf" else document
    return download(content, name=f"{referral.sighting.reference}.{form}", content_type=FILES[form])
