"""A mandate is confirmed for a year, or ended, by whoever gives it (ADR 68)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.charter import actions as charter
from plp.connections.queries import count_tokens_ending_with
from plp.mandates import confirmations
from plp.mandates.grants import GRANTS, Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_of_exact_area
from plp.mandates.terms import is_last_releaser, mandates_to_confirm
from plp.notices.queries import count_notices_to_release_and_relay
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.mandates.forms import EndMandateForm

LIST = Permission.MANDATE_LIST


@needs(LIST)
@require_POST
def confirm_mandates_for_a_year(request: StaffRequest) -> HttpResponse:
    """Let the ticked mandates go on for a year: all in one form."""
    chosen = set(request.POST.getlist("mandate"))
    ticked = [row for row in mandates_to_confirm(request.person, at=request.at) if str(row.pk) in chosen]
    count = confirmations.confirm_mandates(mandates=ticked, by=request.person, at=request.at)
    if count:
        words = ngettext("%d role goes on for a year.", "%d roles go on for a year.", count)
        messages.success(request, words % count)
    else:
        messages.warning(request, _("Nobody was ticked: nothing has changed."))
    return redirect("mandates:zone")


@needs(LIST)
@freshly_proven
def end_mandate_or_set_last_day(request: StaffRequest, mandate: UUID, key: str = "") -> HttpResponse:
    """End a mandate now or with a last day, after a question that says what then lacks."""
    mandates = mandates_to_confirm(request.person, at=request.at)
    if key:
        mandates = mandates.filter(area__partnership__key=key)
    ending = get_object_or_404(mandates, pk=mandate)
    leaves_gap = is_last_releaser(ending, at=request.at)
    form = EndMandateForm(request.POST if request.method == "POST" else None, leaves_gap=leaves_gap)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if last_day:
            confirmations.set_last_day_of_mandate(mandate=ending, last_day=last_day, by=request.person, at=request.at)
            messages.success(request, _("The last day is noted."))
        else:
            confirmations.end_mandate_and_notify_holder(mandate=ending, by=request.person, at=request.at)
            charter.raise_amendments_for_ended_offices(by=None, at=request.at)  # a charter may name who ends here
            messages.success(request, _("The mandate has ended."))
        return redirect("mandates:people", key) if key else redirect("mandates:zone")
    context = _end_consequences_context(request, ending) | {
        "form": form,
        "mandate": ending,
        "key": key,
        "leaves_gap": leaves_gap,
    }
    return render(request, "mandates/end.html", context)


def _end_consequences_context(request: StaffRequest, ending: Mandate) -> dict[str, Any]:
    """What the page says before: what waits, who is the last of their kind, what ends with it."""
    others = mandates_of_exact_area(ending.area, at=request.at).filter(role=ending.role).exclude(pk=ending.pk)
    to_release, to_relay = count_notices_to_release_and_relay(ending.area)
    return {
        "area": ending.area.name(),
        "is_last": ending.role == Role.COORDINATOR and not others.exists(),
        "is_member": ending.role in {Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE},
        "to_release": to_release if Permission.NOTICE_RELEASE in GRANTS[Role(ending.role)] else 0,
        "to_relay": to_relay if ending.role == Role.COORDINATOR else 0,
        "tokens": count_tokens_ending_with(ending, at=request.at),
    }
