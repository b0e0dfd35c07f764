"""What was said at a meeting, who does what next, and the minutes (R61)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.documents import document_html, pdf
from plp.followup.actions import activities, meetings
from plp.followup.papers import minutes_paper
from plp.followup.queries.meetings import activities_in_scope
from plp.followup.states import FollowUpMeetingState
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.forms.meetings import AgreeForm, WriteForm
from plp.portal.subjects.followup.scope import PDF, TALK, language, meeting_context, meeting_or_404


@needs(TALK)
def write_minutes(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """How many came, what was said, ideas; until the minutes are closed."""
    found = meeting_or_404(request, key, meeting)
    if request.method != "POST" and found.state == FollowUpMeetingState.CLOSED:
        messages.info(request, _("These minutes are closed and never change."))
        return redirect("followup:meeting", key, found.pk)
    known = {"present": found.present, "notes": found.notes, "ideas": found.ideas}
    form = WriteForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "by": request.person, "at": request.at}
        meetings.write_minutes(meeting=found, **told)
        return success(request, _("Saved. Agree now who does what next."), "followup:meeting", key, found.pk)
    return render(request, "followup/write.html", meeting_context(found, form=form))


@needs(TALK)
def agree_activity(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """An activity: it stands on the desk of its side until it is done."""
    found = meeting_or_404(request, key, meeting)
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "by": request.person, "at": request.at}
        activities.agree_activity(meeting=found, **told)
        return success(
            request, _("Agreed. It stays on the desk of that side until it is done."), "followup:meeting", key, found.pk
        )
    return render(request, "followup/agree.html", meeting_context(found, form=form))


@needs(TALK)
def finish_or_delete_activity(request: StaffRequest, key: str, meeting: UUID, activity: UUID) -> HttpResponse:
    """One activity: it is done, or it is given up before the minutes are closed."""
    found = meeting_or_404(request, key, meeting)
    one = get_object_or_404(activities_in_scope(request.person, at=request.at), pk=activity, meeting=found)
    if request.method == "POST":
        act = activities.delete_activity if "give_up" in request.POST else activities.finish_activity
        act(activity=one, by=request.person, at=request.at)
        return success(
            request,
            _("Removed.") if "give_up" in request.POST else _("Done. It has left the desk."),
            "followup:meeting",
            key,
            found.pk,
        )
    return render(request, "followup/activity.html", meeting_context(found, activity=one))


@needs(TALK)
def close_minutes(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Close the minutes, after a question: they never change afterwards."""
    found = meeting_or_404(request, key, meeting)
    if request.method == "POST":
        meetings.close_minutes_and_notify(meeting=found, by=request.person, at=request.at)
        return success(request, _("Closed. Both sides get an e-mail."), "followup:meeting", key, found.pk)
    return render(
        request, "followup/close.html", meeting_context(found, words=document_html(minutes_paper(found, language())))
    )


@needs(TALK)
def minutes_file(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """The minutes as PDF, in the language of the page."""
    found = meeting_or_404(request, key, meeting)
    made = pdf(minutes_paper(found, language()), at=request.at, footer=found.partnership.name(language()))
    return download(made, name="minutes.pdf", content_type=PDF)
