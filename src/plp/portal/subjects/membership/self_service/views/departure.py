"""Leaving and being forgotten: one question each; a reason may be touched once it is done, never before (R79)."""

from uuid import UUID

from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_POST

from plp.evaluation.actions.departures import increment_leaving_reason
from plp.evaluation.models import LeavingCount
from plp.membership import actions as memberships
from plp.membership import erasure
from plp.membership.queries import open_or_left_memberships_of
from plp.membership.states import Belonging
from plp.portal.shell.guards import member_or_staff_or_404, own_data, public
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.sessions import close_member_session

SALT = "membership.left.why"
LASTS = 3_600  # seconds in which a reason can be touched


@own_data
def leave_partnership(request: PortalRequest, key: UUID) -> HttpResponse:
    """Leave a partnership; what is shown then, and to whoever has left, says what stopped and what is kept. The receipt
    comes by letter.
    """
    person = member_or_staff_or_404(request)
    membership = get_object_or_404(open_or_left_memberships_of(person), pk=key)
    name = membership.partnership.name(person.language)
    if membership.state == Belonging.LEFT:
        return render(request, "membership/self_service/left.html", {"name": name})
    if request.method == "POST":
        has_receipt = memberships.leave_partnership_with_receipt(membership=membership, by=person, at=request.at)
        context = {"name": name, "has_receipt": has_receipt, **_leaving_reason_context(membership.partnership_id)}
        return render(request, "membership/self_service/left.html", context)
    return render(request, "membership/self_service/leave.html", {"name": name})


def _leaving_reason_context(partnership: UUID) -> dict[str, object]:
    """The closed list of reasons, and the token with which one of them is counted: it names nobody."""
    token = signing.dumps([str(partnership), get_random_string(12)], salt=SALT)
    return {"reasons": LeavingCount.Reason.choices, "token": token}


@public
@require_POST
def count_leaving_reason_by_token(request: PortalRequest) -> HttpResponse:
    """Count one reason once, of whoever holds a token of the past hour; nothing says who it was."""
    token = request.POST.get("token", "")
    try:
        partnership, number = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return render(request, "membership/self_service/why.html")
    reason = request.POST.get("reason", "")
    if reason in LeavingCount.Reason.values and cache.add(f"left.why.{number}", 1, LASTS):
        increment_leaving_reason(partnership=UUID(partnership), reason=reason, by=None, at=request.at)
    return render(request, "membership/self_service/why.html")


@own_data
def erase_oneself(request: PortalRequest) -> HttpResponse:
    """Be forgotten; what is shown then is the receipt, for nothing is left to send one to."""
    person = member_or_staff_or_404(request)
    if request.method == "POST":
        erasure.erase_own_data(person=person, by=person, at=request.at)
        close_member_session(request)
        request.member = None
        return render(request, "membership/self_service/erased.html", {"at": request.at})
    return render(request, "membership/self_service/erase.html")
