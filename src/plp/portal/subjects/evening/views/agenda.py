"""The agenda with its talking text; each point ticked with what was said."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.documents import document_html
from plp.evening import actions as evening
from plp.evening.speaking_notes import speaking_notes
from plp.evening.states import MeetingState
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evening.forms.meetings import PointRecordForm, ThemeForm
from plp.portal.subjects.evening.scope import LEAD, meeting_context, meeting_or_404, page_language


@needs(LEAD)
def show_agenda_and_add_theme(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Every point: how long, what to say, whether it was treated; a theme can be added."""
    found = meeting_or_404(request, key, meeting)
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        evening.add_agenda_theme(meeting=found, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("Added to the agenda."), "evening:agenda", key, found.pk)
    points = [(point, speaking_notes(point, page_language(), at=request.at)) for point in found.points.all()]
    context = meeting_context(
        found,
        points=[(point, document_html(words) if words else "") for point, words in points],
        form=form,
        total=sum(point.duration for point, _words in points),
        may_add=found.state in {MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN},
        may_tick=found.state in {MeetingState.OPEN, MeetingState.HELD},
    )
    return render(request, "evening/agenda.html", context)


@needs(LEAD)
def edit_record_and_tick_point(request: StaffRequest, key: str, meeting: UUID, point: int) -> HttpResponse:
    """Tick a point with what was said; correct the words until the minutes are written."""
    found = meeting_or_404(request, key, meeting)
    treated = get_object_or_404(found.points, position=point)
    form = PointRecordForm(request.POST or None, initial={"record": treated.record})
    if request.method == "POST" and form.is_valid():
        evening.record_agenda_point_treated(
            point=treated, record=form.cleaned_data["record"], by=request.person, at=request.at
        )
        return success(request, _("Noted."), "evening:agenda", key, found.pk)
    words = speaking_notes(treated, page_language(), at=request.at)
    context = meeting_context(found, form=form, point=treated, words=document_html(words) if words else "")
    return render(request, "evening/point.html", context)
