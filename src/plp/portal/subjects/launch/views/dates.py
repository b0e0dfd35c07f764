"""The calendar of a partnership: a secret link, and what it answers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.launch.actions.dates import renew_calendar
from plp.launch.queries.dates import calendar_secret, dates_of, of_calendar
from plp.launch.queries.where import course
from plp.mandates.grants import Permission
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs, public
from plp.portal.shell.requests import PortalRequest, StaffRequest
from plp.portal.subjects.launch import scope
from plp.portal.subjects.launch.calendar import calendar_file


@needs(Permission.LAUNCH_SEE)
def link(request: StaffRequest, key: str) -> HttpResponse:
    """The link for one's own calendar, and a new one when it fell into wrong hands."""
    partnership = scope.find(request, key)
    may_renew = scope.Doors(request, partnership).holds(Permission.LAUNCH_NOTE)
    if request.method == "POST" and may_renew:
        renew_calendar(partnership=partnership, by=request.person, at=request.at)
        messages.success(request, _("The old link no longer works. Give the new one to those who need it."))
        return redirect("launch:calendar", key)
    url = request.build_absolute_uri(reverse("launch:feed", args=[key, calendar_secret(partnership)]))
    return render(request, "launch/calendar.html", scope.context(partnership, url=url, may_renew=may_renew))


@public
def feed(request: PortalRequest, key: str, secret: str) -> HttpResponse:
    """The dates as an iCalendar file, for whoever has the secret link: no name of anybody."""
    partnership = of_calendar(key, secret)
    if partnership is None:
        raise Http404
    dates = dates_of(course(partnership, at=request.at), at=request.at)
    made = calendar_file(partnership, dates, at=request.at)
    return download(made, name=f"{partnership.key}.ics", content_type="text/calendar; charset=utf-8")
