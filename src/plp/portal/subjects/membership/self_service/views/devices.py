"""Notifications on the devices of a member."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.channels.webpush.keys import public_key
from plp.people.preferences import decline_push
from plp.portal.shell.guards import freshly_proven, member_or_staff_or_404, own_data
from plp.portal.shell.own_contacts import add_confirmed_push_device
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.membership.self_service import scope


@own_data
def turn_on_notifications(request: PortalRequest) -> HttpResponse:
    """Turn notifications on in this browser: it gives us an address and two keys, which the POST brings."""
    if not scope.is_push_enabled():
        raise Http404
    return (
        freshly_proven(_show_or_add_push_device)(request)
        if scope.is_staff_member(request)
        else _show_or_add_push_device(request)
    )


@own_data
@require_POST
def decline_notifications(request: PortalRequest) -> HttpResponse:
    """Say no to the offer; it is not made again, and the settings still have it."""
    decline_push(person=member_or_staff_or_404(request), by=member_or_staff_or_404(request), at=request.at)
    return success(
        request,
        _("As you like. Notifications can be turned on in your settings at any time."),
        "membership:self_service:messages",
    )


def _show_or_add_push_device(request: PortalRequest) -> HttpResponse:
    person = member_or_staff_or_404(request)
    if request.method == "POST":
        add_confirmed_push_device(person, subscription=request.POST.get("subscription", ""), at=request.at)
        return success(
            request,
            _("Notifications are on. To get them before all else, put this way first."),
            "membership:self_service:settings",
        )
    return render(
        request,
        "membership/self_service/devices.html",
        {"key": public_key(), "number": scope.push_devices_of(person).count()},
    )
