"""The calendar of a partnership: a secret link, and what it answers."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.evaluation.queries.year import due_dates_of_year, upcoming_due_dates
from plp.launch.actions.dates import replace_secret_calendar_link, set_planned_launch_day
from plp.launch.queries.dates import calendar_link_secret, partnership_of_calendar, planned_day_of_coming_launch
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.mandates.grants import Permission
from plp.partnership.gates import is_over
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs, public
from plp.portal.shell.moved_addresses import ended_feed_response
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.launch.plan import scope
from plp.portal.subjects.launch.plan.calendar import calendar_file
from plp.portal.subjects.launch.plan.forms import LaunchDayForm
from plp.portal.subjects.launch.plan.year_picture import months_with_dates
from plp.toolbox.clock import local

FOUR, FARTHEST = 4, 50  # digits of a year; how many years away one may look


@needs(Permission.LAUNCH_SEE)
def set_launch_day_or_renew_calendar_link(request: StaffRequest, key: str) -> HttpResponse:
    """The year on one page, the day of the launch, the link for one's own calendar and a new one in its place."""
    partnership = scope.partnership_or_404(request, key)
    may_note = PageAccess(request, partnership).has_permission(Permission.LAUNCH_NOTE)
    form = LaunchDayForm(
        request.POST if "day" in request.POST else None, initial={"day": planned_day_of_coming_launch(partnership)}
    )
    if may_note and form.is_valid():
        set_planned_launch_day(partnership=partnership, day=form.cleaned_data["day"], by=request.person, at=request.at)
        return success(request, _("Saved. Calendar and papers have the new day."), "launch:plan:calendar", key)
    if request.method == "POST" and not form.is_bound and may_note:
        replace_secret_calendar_link(partnership=partnership, by=request.person, at=request.at)
        return success(
            request,
            _("The old link no longer works. Give the new one to those who need it."),
            "launch:plan:calendar",
            key,
        )
    url = request.build_absolute_uri(reverse("launch:plan:feed", args=[key, calendar_link_secret(partnership)]))
    today = local(request.at).date()
    year = _requested_or_current_year(request.GET.get("year", ""), today.year)
    months = months_with_dates(
        year,
        due_dates_of_year(step_plan_progress_of_partnership(partnership, at=request.at), year, at=request.at),
        today,
    )
    shown = {"year": year, "before": year - 1, "after": year + 1, "months": months, "url": url, "may_note": may_note}
    return render(request, "launch/plan/calendar.html", scope.page_context(partnership, **shown, form=form))


def _requested_or_current_year(asked: str, now: int) -> int:
    """The year that was asked for, within a lifetime; else this one."""
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == FOUR else now
    return year if abs(year - now) <= FARTHEST else now


@public
def calendar_feed(request: PortalRequest, key: str, secret: str) -> HttpResponse:
    """The dates as an iCalendar file, for whoever has the secret link: no name of anybody."""
    partnership = partnership_of_calendar(key, secret)
    if partnership is None:
        raise Http404
    if is_over(partnership):
        return ended_feed_response(partnership.languages[0])
    dates = upcoming_due_dates(step_plan_progress_of_partnership(partnership, at=request.at), at=request.at)
    made = calendar_file(partnership, dates, at=request.at)
    return download(made, name=f"{partnership.key}.ics", content_type="text/calendar; charset=utf-8")
