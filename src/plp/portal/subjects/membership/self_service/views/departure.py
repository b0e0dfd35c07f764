"""Leaving and being forgotten: one question each, no reason asked (R79)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from plp.membership import actions as memberships
from plp.membership import erasure
from plp.membership.queries import memberships_of
from plp.portal.shell.guards import me, own_data
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.sessions import close_member

LEFT_WITHOUT_RECEIPT = gettext_noop("You have left. This page is your receipt: none of your addresses is in use.")


@own_data
def leave(request: PortalRequest, key: UUID) -> HttpResponse:
    """Leave a partnership; the receipt comes by one's own channel."""
    person = me(request)
    membership = get_object_or_404(memberships_of(person), pk=key)
    if request.method == "POST":
        has_receipt = memberships.leave_partnership(membership=membership, by=person, at=request.at)
        told = _("You have left. A receipt is on its way to you.") if has_receipt else _(LEFT_WITHOUT_RECEIPT)
        messages.success(request, told)
        return redirect("membership:self_service:settings")
    return render(request, "membership/self_service/leave.html", {"name": membership.partnership.name(person.language)})


@own_data
def erase(request: PortalRequest) -> HttpResponse:
    """Be forgotten; what is shown then is the receipt, for nothing is left to send one to."""
    person = me(request)
    if request.method == "POST":
        erasure.erase_own_data(person=person, by=person, at=request.at)
        close_member(request)
        request.member = None
        return render(request, "membership/self_service/erased.html", {"at": request.at})
    return render(request, "membership/self_service/erase.html")
