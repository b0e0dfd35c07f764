"""During the evening: one page to project, one for the chair's telephone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.letters import public_url
from plp.evening.models import Meeting
from plp.evening.states import State, Voting
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.evening.forms.planning import RecordForm
from plp.portal.subjects.evening.scope import LEAD, meeting_of, page_of
from plp.portal.subjects.evening.showing import chair_of, shown_on_screen


@needs(LEAD)
def screen(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """What everybody in the room sees: the point, the vote that is open, the result once it is closed."""
    found = meeting_of(request, key, meeting)
    context = page_of(found, bare=True, link=public_url(found), **shown_on_screen(found))
    return render(request, "evening/screen.html", context)


@needs(LEAD)
def chair(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Open the doors, go from point to point, open and close votes, with one thumb."""
    found = meeting_of(request, key, meeting)
    if request.method == "POST":
        if "open_doors" in request.POST:
            evening.open_doors(meeting=found, by=request.person, at=request.at)
        elif "open_vote" in request.POST:
            prepared = found.questions.filter(state=Voting.PREPARED)
            one = get_object_or_404(prepared, position=_number(request.POST["open_vote"]))
            evening.open_vote(question=one, by=request.person, at=request.at)
        else:
            _go_on(request, found)
        return redirect("evening:chair", key, found.pk)
    return render(
        request, "evening/chair.html", page_of(found, people=queries.present(found), **chair_of(found, at=request.at))
    )


def _go_on(request: StaffRequest, found: Meeting) -> None:
    """Tick the point that was treated, with its words, and show the one asked for."""
    form = RecordForm(request.POST)
    treated = found.points.filter(position=_number(request.POST.get("treated", ""))).first()
    if treated is not None and form.is_valid():
        evening.tick(point=treated, record=form.cleaned_data["record"], by=request.person, at=request.at)
    wanted = found.points.filter(position=_number(request.POST.get("show", ""))).first()
    if wanted is not None:
        evening.show_point(point=wanted, by=request.person, at=request.at)


@needs(LEAD)
def end(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """End the meeting, after a question: its codes are deleted."""
    found = meeting_of(request, key, meeting)
    if found.state != State.OPEN:
        return redirect("evening:detail", key, found.pk)
    if request.method == "POST":
        evening.hold(meeting=found, by=request.person, at=request.at)
        messages.success(request, _("Ended. Now the minutes."))
        return redirect("evening:minutes", key, found.pk)
    return render(request, "evening/end.html", page_of(found))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 5 else 0
