"""Leaving and being forgotten: one question each, no reason asked (R79)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from plp.membership import actions as memberships
from plp.membership import erasure
from plp.membership.queries import memberships_of
from plp.portal.shell.guards import me, own_data
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.sessions import close_member


@own_data
def leave(request: PortalRequest, key: UUID) -> HttpResponse:
    """Leave a partnership; what is shown then says what stopped and what is kept. The receipt comes by letter."""
    person = me(request)
    membership = get_object_or_404(memberships_of(person), pk=key)
    name = membership.partnership.name(person.language)
    if request.method == "POST":
        has_receipt = memberships.leave_partnership(membership=membership, by=person, at=request.at)
        return render(request, "membership/self_service/left.html", {"name": name, "has_receipt": has_receipt})
    return render(request, "membership/self_service/leave.html", {"name": name})


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
