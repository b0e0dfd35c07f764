"""Receivers: programs that are told what happened, and what became of each call."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.connections import webhook_calls
from plp.connections.queries import KEEP, areas_for_tokens_and_receivers, non_report_receivers_in_scope
from plp.connections.states import Event
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.connections.forms import WebhookReceiverForm

SHOWN_ONCE = "connections.receiver"
MOST_CALLS = 20


@needs(KEEP)
@freshly_proven
def create_webhook_receiver(request: StaffRequest) -> HttpResponse:
    """Set a receiver up; its secret waits, sealed, for the page that shows it once."""
    areas = areas_for_tokens_and_receivers(request.person, at=request.at)
    form = WebhookReceiverForm(request.POST or None, areas=areas, language=get_language() or "fr")
    if request.method == "POST" and form.is_valid():
        made, secret = webhook_calls.create_receiver(**form.cleaned_data, by=request.person, at=request.at)
        store_sealed(request, SHOWN_ONCE, {str(made.pk): secret})
        return redirect("connections:receiver", made.pk)
    return render(request, "connections/new_receiver.html", {"form": form, "hosts": settings.WEBHOOK_HOSTS})


@needs(KEEP)
def receiver_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """One receiver, the last calls, and the secret the first time."""
    found = get_object_or_404(non_report_receivers_in_scope(request.person, at=request.at), pk=key)
    secret = load_sealed(request, SHOWN_ONCE).get(str(found.pk), "")
    request.session.pop(SHOWN_ONCE, None)
    context = {
        "receiver": found,
        "area": found.area.name(),
        "events": [Event(one).label for one in found.events],
        "calls": found.calls.order_by("-made_at", "pk")[:MOST_CALLS],
        "secret": secret,
    }
    return render(request, "connections/receiver.html", context)


@needs(KEEP)
@require_POST
def send_test_call(request: StaffRequest, key: UUID) -> HttpResponse:
    """Send a test, which the worker makes within seconds."""
    found = get_object_or_404(non_report_receivers_in_scope(request.person, at=request.at), pk=key)
    webhook_calls.queue_test_call(receiver=found, by=request.person, at=request.at)
    return success(
        request, _("The test is on its way. Load this page again in a few seconds."), "connections:receiver", key
    )


@needs(KEEP)
@freshly_proven
def end_receiver(request: StaffRequest, key: UUID) -> HttpResponse:
    """Tell it nothing any more, after a question."""
    found = get_object_or_404(non_report_receivers_in_scope(request.person, at=request.at), pk=key)
    if request.method == "POST":
        webhook_calls.end_receiver(receiver=found, by=request.person, at=request.at)
        return success(request, _("Ended. It is told nothing any more."), "connections:overview")
    return render(request, "connections/end_receiver.html", {"receiver": found})
