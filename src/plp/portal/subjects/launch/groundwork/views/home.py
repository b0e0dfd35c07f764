"""The groundwork of a partnership at a glance."""

from django.http import HttpResponse
from django.shortcuts import render

from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.launch.groundwork.overview import groundwork_overview
from plp.portal.subjects.launch.groundwork.scope import page_context, partnership_or_404


@needs(Permission.GROUNDWORK)
def groundwork_home_page(request: StaffRequest, key: str) -> HttpResponse:
    """Six pieces of work and how each stands."""
    partnership = partnership_or_404(request, key)
    shown = page_context(partnership, works=groundwork_overview(partnership), acts=partnership.initiator_acts.all())
    return render(request, "launch/groundwork/home.html", shown)
