"""The evening in one sheet, as it stands on paper: typed, checked, closed with one act; corrected until approved."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.evening.rules import DOORS_OPEN_BEFORE
from plp.evening.states import MeetingState
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.evening.forms.sheet import SheetForms
from plp.portal.subjects.evening.scope import LEAD, language, meeting_of, page_of
from plp.toolbox.moves import Refused

TYPED = {MeetingState.CONVENED, MeetingState.OPEN}
CORRECTED = {MeetingState.HELD, MeetingState.MINUTED}


@needs(LEAD)
def sheet(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Everything of the evening on one page; what was typed stays through every refusal."""
    found = meeting_of(request, key, meeting)
    if found.state not in TYPED | CORRECTED:
        return redirect("evening:detail", key, found.pk)
    forms = SheetForms(request.POST if request.method == "POST" else None, meeting=found, language=language())
    if request.method == "POST" and forms.is_valid():
        try:
            _enter(request, found, forms)
        except Refused as refused:
            forms.main.add_error(None, refused.in_words())
        else:
            return redirect("evening:minutes", key, found.pk)
    context = page_of(
        found,
        forms=forms,
        is_early=request.at < found.starts_at - DOORS_OPEN_BEFORE,
        is_closed=found.state in CORRECTED,
    )
    return render(request, "evening/sheet.html", context)


def _enter(request: StaffRequest, found: Meeting, forms: SheetForms) -> None:
    """Close the evening with its sheet, or put a sheet right."""
    if found.state in TYPED:
        evening.close_evening(meeting=found, sheet=forms.sheet(), by=request.person, at=request.at)
        messages.success(request, _("The evening is closed and its minutes are written. Read them, then approve."))
        return
    by_hand = evening.correct_evening(meeting=found, sheet=forms.sheet(), by=request.person, at=request.at)
    messages.success(request, _("Corrected, with what followed from it."))
    if by_hand:
        messages.warning(request, _("You worded the minutes yourself: put them right there too."))
