"""A meeting of coordinator and police: convened, changed, called off (R61)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plp.followup.actions import meetings
from plp.followup.queries.meetings import meetings_in_scope
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.shell.spreadsheets import MOST, spreadsheet
from plp.portal.subjects.followup.calendar import meeting_ics
from plp.portal.subjects.followup.forms.meetings import CallOffForm, ConveneFollowUpMeetingForm
from plp.portal.subjects.followup.scope import (
    TALK,
    language,
    meeting_context,
    meeting_or_404,
    partnership_or_404,
)
from plp.toolbox.clock import local


@needs(TALK)
def meetings_spreadsheet(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The meetings of a partnership for a spreadsheet, the newest first; not what was said in them."""
    found = partnership_or_404(request, key, TALK)
    rows = [
        (f"{local(one.starts_at):%Y-%m-%d %H:%M}", one.place, one.get_state_display(), one.agenda)
        for one in meetings_in_scope(request.person, at=request.at).filter(partnership=found)[:MOST]
    ]
    return spreadsheet(form, [_("Begins"), _("Place"), _("State"), _("Agenda")], rows, name="meetings")


@needs(TALK)
def convene_meeting(request: StaffRequest, key: str) -> HttpResponse:
    """Invite both sides, with an agenda."""
    found = partnership_or_404(request, key, TALK)
    points = [_("Findings of both sides"), _("Messages and feedback of the past months"), _("Next activities")]
    form = ConveneFollowUpMeetingForm(request.POST or None, initial={"agenda": "\n".join(points)})
    if request.method == "POST" and form.is_valid():
        told = {**form.meeting_values(), "language": language(), "by": request.person, "at": request.at}
        meeting = meetings.convene_meeting(partnership=found, **told)
        return success(request, _("Convened. Both sides get an invitation."), "followup:meeting", key, meeting.pk)
    return render(
        request, "followup/convene.html", {"form": form, "partnership": found, "name": found.name(language())}
    )


@needs(TALK)
def meeting_page(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """One meeting: agenda, what was said, who does what next."""
    found = meeting_or_404(request, key, meeting)
    context = meeting_context(found, activities=found.activities.all(), has_begun=found.starts_at <= request.at)
    return render(request, "followup/meeting.html", {**context, "today": local(request.at).date()})


@needs(TALK)
def change_meeting(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Another moment, place or agenda."""
    found = meeting_or_404(request, key, meeting)
    form = ConveneFollowUpMeetingForm(request.POST or None, initial=ConveneFollowUpMeetingForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        told = {**form.meeting_values(), "by": request.person, "at": request.at}
        meetings.change_meeting_and_notify(meeting=found, **told)
        return success(request, _("Changed. Both sides get a new invitation."), "followup:meeting", key, found.pk)
    return render(request, "followup/meeting_change.html", meeting_context(found, form=form))


@needs(TALK)
def call_off_meeting(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Call it off, with a reason."""
    found = meeting_or_404(request, key, meeting)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["because"]
        meetings.cancel_meeting_and_notify(meeting=found, because=reason, by=request.person, at=request.at)
        return success(request, _("Cancelled. Both sides are told."), "followup:meeting", key, found.pk)
    return render(request, "followup/call_off.html", meeting_context(found, form=form))


@needs(TALK)
def meeting_calendar_file(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """The meeting for one's own calendar."""
    made = meeting_ics(meeting_or_404(request, key, meeting))
    return download(made, name="meeting.ics", content_type="text/calendar; charset=utf-8")
