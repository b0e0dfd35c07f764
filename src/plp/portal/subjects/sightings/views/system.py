"""The police's own system: told each report that comes, by a signed call (docs/reports.md)."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.connections import webhook_calls
from plp.connections.queries import REPORTS, live_report_receivers_in_scope, widest_area_of_reports
from plp.connections.refusals import AddressNotListed
from plp.mandates.grants import Permission
from plp.portal.shell.forms import Form
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success

MOST_CALLS = 10


class SystemForm(Form):
    """Where the system of a zone listens."""

    address = forms.CharField(label=gettext_lazy("Its address"), help_text=gettext_lazy("It begins with https://"))


@needs(Permission.SIGHTING_HANDLE)
@freshly_proven
def list_create_and_end_report_receivers(request: StaffRequest) -> HttpResponse:
    """The systems that are told, their last calls; a new one, whose secret is shown this once; an end."""
    receivers = live_report_receivers_in_scope(request.person, at=request.at)
    if request.method == "POST" and "end" in request.POST:
        return _end_receiver(request, request.POST["end"])
    form, secret = SystemForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        secret = _create_receiver_and_return_secret(request, form)
        form = SystemForm() if secret else form
    rows = [(receiver, receiver.calls.order_by("-made_at", "pk")[:MOST_CALLS]) for receiver in receivers]
    context = {"form": form, "secret": secret, "rows": rows, "hosts": settings.WEBHOOK_HOSTS}
    return render(request, "sightings/system.html", context)


def _create_receiver_and_return_secret(request: StaffRequest, form: SystemForm) -> str:
    """The secret of the new one; empty where its address is refused. A test is on its way at once."""
    area, address = widest_area_of_reports(request.person, at=request.at), form.cleaned_data["address"].strip()
    if area is None:
        raise Http404
    try:
        receiver, secret = webhook_calls.create_receiver(
            label=address[:80], address=address, area=area, events=REPORTS, by=request.person, at=request.at
        )
    except AddressNotListed as refused:
        form.add_error("address", refused.in_words())
        return ""
    webhook_calls.queue_test_call(receiver=receiver, by=request.person, at=request.at)
    return secret


def _end_receiver(request: StaffRequest, receiver_key: str) -> HttpResponse:
    receivers = {
        str(receiver.pk): receiver for receiver in live_report_receivers_in_scope(request.person, at=request.at)
    }
    if receiver_key not in receivers:
        raise Http404
    webhook_calls.end_receiver(receiver=receivers[receiver_key], by=request.person, at=request.at)
    return success(request, _("Ended. It is told nothing any more."), "sightings:system")
