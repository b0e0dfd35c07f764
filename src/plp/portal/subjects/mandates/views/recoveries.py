"""A new start for somebody who lost what they sign in with: one asks, another agrees (docs/security.md#codes)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.accounts import recoveries
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_managed_by
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.mandates import staff


@needs(Permission.MANDATE_APPOINT_COORDINATOR)
@freshly_proven
def ask_recovery_of_office_holder(request: StaffRequest, key: str, mandate: UUID) -> HttpResponse:
    """Ask for somebody in office in a partnership."""
    scope = mandates_managed_by(request.person, Permission.MANDATE_APPOINT_COORDINATOR, at=request.at)
    found = get_object_or_404(scope, area__partnership__key=key, pk=mandate)
    return _confirmation_page_or_request_recovery(request, found) or redirect("mandates:people", key)


@needs(Permission.MANDATE_APPOINT_POLICE)
@freshly_proven
def ask_recovery_of_police(request: StaffRequest, mandate: UUID) -> HttpResponse:
    """Ask for somebody of the police of the zone."""
    found = get_object_or_404(staff.police_mandates_managed_by(request.person, at=request.at), pk=mandate)
    return _confirmation_page_or_request_recovery(request, found) or redirect("mandates:zone")


def _confirmation_page_or_request_recovery(request: StaffRequest, mandate: Mandate) -> HttpResponse | None:
    """The question, or ``None`` once it was answered with yes."""
    if request.method != "POST":
        return render(request, "mandates/ask_start.html", {"mandate": mandate})
    recoveries.request_recovery_and_mail_holder(mandate, by=request.person, at=request.at)
    messages.success(request, _("Asked. A second person at the police must agree, within two days."))
    return None


@needs(Permission.RECOVERY_AGREE)
@freshly_proven
def answer_recovery(request: StaffRequest, key: UUID) -> HttpResponse:
    """The second word: yes or no."""
    found = get_object_or_404(recoveries.recoveries_to_approve(request.person, at=request.at), pk=key)
    if request.method == "POST":
        if "agree" in request.POST:
            recoveries.approve_recovery_reset_and_invite(found, by=request.person, at=request.at)
            messages.success(request, _("Agreed. A link is on its way to their own e-mail address."))
        else:
            recoveries.refuse_recovery(found, by=request.person, at=request.at)
            messages.success(request, _("Refused. Nothing has changed."))
        return redirect("home:start")
    return render(request, "mandates/answer_start.html", {"recovery": found})
