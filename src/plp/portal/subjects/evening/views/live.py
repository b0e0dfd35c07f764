"""During the evening: one page to project, one for the chair's telephone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.models import Meeting
from plp.evening.states import MeetingState
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evening.forms.meetings import PointRecordForm
from plp.portal.subjects.evening.presentation import chair_page_context
from plp.portal.subjects.evening.scope import LEAD, meeting_context, meeting_or_404, number_or_zero


@needs(LEAD)
def redirect_to_public_room_screen(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """To the screen of the room: it is public, so the computer that projects it needs nobody signed in."""
    return redirect("evening:room", meeting_or_404(request, key, meeting).token)


@needs(LEAD)
def chair_meeting(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Open the doors, go from point to point, open and close votes, with one thumb.

    Everything stands in one form, so what was typed on the point is kept whatever button is pressed.
    """
    found = meeting_or_404(request, key, meeting)
    record = PointRecordForm(request.POST if "treated" in request.POST else None)
    if request.method == "POST" and (not record.is_bound or record.is_valid()):
        if record.is_bound:
            _save_words_or_tick_point(request, found, record.cleaned_data["record"])
        return redirect(*_do_pressed_act_and_return_redirect_arguments(request, found))
    shown = chair_page_context(found, at=request.at) | ({"record": record} if record.is_bound else {})
    return render(request, "evening/chair.html", meeting_context(found, people=queries.presence_counts(found), **shown))


def _save_words_or_tick_point(request: StaffRequest, meeting: Meeting, words: str) -> None:
    """Keep the words on the point; tick it when the evening goes on to the next one."""
    point = get_object_or_404(meeting.points, position=number_or_zero(request.POST["treated"]))
    save = evening.record_agenda_point_treated if "next" in request.POST else evening.save_point_record_draft
    save(point=point, record=words, by=request.person, at=request.at)


def _do_pressed_act_and_return_redirect_arguments(request: StaffRequest, meeting: Meeting) -> tuple:
    """Do what the pressed button says; answers where to go."""
    by, at, pressed, here = request.person, request.at, request.POST, (meeting.partnership.key, meeting.pk)
    for page in ("question", "close"):
        if page in pressed:
            one = get_object_or_404(meeting.questions, position=number_or_zero(pressed[page]))
            return f"evening:{page}", *here, one.pk
    if "open_doors" in pressed:
        evening.open_meeting_for_presence_and_votes(meeting=meeting, by=by, at=at)
    if "open_vote" in pressed:
        one = get_object_or_404(meeting.questions, position=number_or_zero(pressed["open_vote"]))
        evening.open_vote(question=one, by=by, at=at)
    for button in ("next", "show"):
        wanted = meeting.points.filter(position=number_or_zero(pressed.get(button, ""))).first()
        if wanted is not None:
            evening.set_current_agenda_point(point=wanted, by=by, at=at)
    return "evening:chair", *here


@needs(LEAD)
def end_meeting(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """End the meeting, after a question: its codes are deleted."""
    found = meeting_or_404(request, key, meeting)
    if found.state != MeetingState.OPEN:
        return redirect("evening:detail", key, found.pk)
    if request.method == "POST":
        evening.end_meeting_and_delete_codes(meeting=found, by=request.person, at=request.at)
        return success(request, _("Ended. Now the minutes."), "evening:minutes", key, found.pk)
    return render(request, "evening/end.html", meeting_context(found))
