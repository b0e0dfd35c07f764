"""STOP by one click or one button; the signature in the address is the proof (R79, T41)."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from plp.delivery.actions import stop_contact
from plp.delivery.installed import channels
from plp.delivery.queries import contact_by_stop_link
from plp.exchange.actions import forward_stop_to_partner
from plp.exchange.move_queries import moved_contact_by_stop_link
from plp.people.actions import resume_contact
from plp.people.models import ContactPoint
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest

ONE_CLICK = "List-Unsubscribe"  # RFC 8058: what a mail program sends


def _contact_or_404(contact: str, signature: str) -> ContactPoint:
    found = contact_by_stop_link(contact, signature)
    if found is None:
        raise Http404
    return found


@public
@csrf_exempt  # a mail program has no token, and needs none: who holds the signed address may stop it
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_and_stop_contact(request: PortalRequest, contact: str, signature: str) -> HttpResponse:
    """GET shows one button and changes nothing (T7); POST stops this way of being reached, and no other.

    Of somebody whose partnership moved the STOP goes on to where they are now.
    """
    found = contact_by_stop_link(contact, signature)
    if found is None:
        return _confirm_and_forward_stop_of_moved_contact(request, contact, signature)
    if request.method == "POST":
        how = "mail" if ONE_CLICK in request.POST else "page"
        stop_contact(contact=found, how=how, at=request.at)
        if how == "page":
            return redirect("partnership:stop", contact, signature)
    known = channels().get(found.channel)
    context = {"label": known.label if known else found.channel, "stopped": found.stopped_at is not None}
    return render(request, "partnership/stop.html", context | {"contact": contact, "signature": signature})


def _confirm_and_forward_stop_of_moved_contact(request: PortalRequest, contact: str, signature: str) -> HttpResponse:
    """The same page for a contact that moved; 404 for one that never was."""
    gone = moved_contact_by_stop_link(contact, signature)
    if gone is None:
        raise Http404
    if request.method == "POST":
        how = "mail" if ONE_CLICK in request.POST else "page"
        forward_stop_to_partner(contact=gone, how=how, by=None, at=request.at)
        if how == "page":
            return redirect("partnership:stop", contact, signature)
    context = {"move": gone.move, "stopped": gone.stopped_at is not None}
    return render(request, "partnership/stop_moved.html", context)


@public
@require_POST
def undo_stop(request: PortalRequest, contact: str, signature: str) -> HttpResponse:
    """Take a STOP back, from the page that confirms it."""
    resume_contact(contact=_contact_or_404(contact, signature), by=None, at=request.at)
    return redirect("partnership:stop", contact, signature)
