"""The minutes: written from the facts, corrected, approved, sent."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.documents import document_html
from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.minutes import (
    hash_of_current_minutes,
    is_text_unchanged_since_approval,
    untranslated_texts_of_minutes,
)
from plp.evening.models import Meeting, Minutes
from plp.evening.papers import minutes_document, minutes_pdf
from plp.evening.states import MeetingState
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.shell.untranslated import UntranslatedRow
from plp.portal.subjects.evening.forms.meetings import ApproveForm, MinutesForm
from plp.portal.subjects.evening.scope import LEAD, PDF, meeting_context, meeting_or_404, page_language


@needs(LEAD)
def write_and_send_minutes(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Where the minutes stand; write them, send them."""
    found = meeting_or_404(request, key, meeting)
    if request.method == "POST":
        if "send" in request.POST:
            told = evening.announce_minutes(meeting=found, by=request.person, at=request.at)
            messages.success(request, _("Sent to those who registered: %d.") % told)
        else:
            evening.write_minutes(meeting=found, by=request.person, at=request.at)
            messages.success(request, _("Written from what you noted. Read and correct it."))
        return redirect("evening:minutes", key, found.pk)
    rows = _minutes_rows(found)
    sent = any(one.sent_at for one, _words, _whole in rows)
    return render(
        request,
        "evening/minutes.html",
        meeting_context(found, rows=rows, sent=sent, **_context_if_reader_may_not_approve(request, found)),
    )


def _minutes_rows(meeting: Meeting) -> list[tuple[Minutes, str, bool]]:
    """The minutes in each language, that of the page first: with their HTML, and whether they are as approved."""
    written = sorted(
        meeting.minutes.select_related("meeting__partnership__area").order_by("language"),
        key=lambda one: one.language != page_language(),
    )
    return [
        (one, document_html(minutes_document(one)), not one.sha256 or is_text_unchanged_since_approval(one))
        for one in written
    ]


def _context_if_reader_may_not_approve(request: StaffRequest, meeting: Meeting) -> dict[str, object]:
    """Whether the reader may not approve minutes that wait for it, and who else may."""
    if meeting.state != MeetingState.MINUTED or not queries.has_changed_minutes_last(request.person, meeting):
        return {}
    return {"is_own": True, "others": queries.names_of_other_leaders(request.person, meeting, at=request.at)}


@needs(LEAD)
def correct_minutes(request: StaffRequest, key: str, meeting: UUID, language: str) -> HttpResponse:
    """Correct the words, until they are approved."""
    found = meeting_or_404(request, key, meeting)
    one = get_object_or_404(found.minutes, language=language)
    if found.state != MeetingState.MINUTED:
        return redirect("evening:minutes", key, found.pk)
    form = MinutesForm(request.POST or None, initial={"text": one.text})
    if request.method == "POST" and form.is_valid():
        evening.correct_minutes(minutes=one, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("Corrected."), "evening:minutes", key, found.pk)
    return render(request, "evening/correct.html", meeting_context(found, form=form, minutes=one))


@needs(LEAD)
def approve_minutes(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Read the minutes and approve them: they never change afterwards."""
    found = meeting_or_404(request, key, meeting)
    if found.state != MeetingState.MINUTED or queries.has_changed_minutes_last(request.person, found):
        return redirect("evening:minutes", key, found.pk)
    untranslated = _untranslated_rows(found)
    data = request.POST if request.method == "POST" else None
    form = ApproveForm(data, is_untranslated=bool(untranslated))
    if request.method == "POST" and form.is_valid():
        read = request.POST.get("text_hash", "")
        evening.approve_minutes(
            meeting=found,
            text_hash=read,
            sends=form.cleaned_data["sends"],
            may_be_untranslated=form.cleaned_data.get("untranslated", False),
            by=request.person,
            at=request.at,
        )
        return success(request, _("Approved. The public page shows them."), "evening:minutes", key, found.pk)
    shown = {"form": form, "text_hash": hash_of_current_minutes(found), "rows": _minutes_rows(found)}
    return render(request, "evening/approve.html", meeting_context(found, untranslated=untranslated, **shown))


def _untranslated_rows(meeting: Meeting) -> list[UntranslatedRow]:
    """What lacks in one of the languages of the minutes, each with where it is put into them."""
    names, key = dict(settings.LANGUAGES), meeting.partnership.key
    return [
        UntranslatedRow(
            words, [names[code] for code in missing], reverse("evening:correct", args=[key, meeting.pk, missing[0]])
        )
        for words, missing in untranslated_texts_of_minutes(meeting).items()
    ]


@needs(LEAD)
def minutes_file(request: StaffRequest, key: str, meeting: UUID, language: str) -> HttpResponse:
    """The minutes as PDF, draft or approved."""
    found = meeting_or_404(request, key, meeting)
    one = get_object_or_404(found.minutes.select_related("meeting__partnership__area"), language=language)
    return download(minutes_pdf(one, at=request.at), name=f"minutes-{one.language}.pdf", content_type=PDF)
