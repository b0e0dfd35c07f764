"""The desk of the police: reports by state, read, answered, taken over or closed. There is no search (R85)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.sightings import presentation
from plp.portal.subjects.sightings.desk_forms import AnswerSightingForm, AssignOfficerForm, CloseForm
from plp.protection.retention_text import retention_period_text
from plp.sightings.actions import assignment, sightings
from plp.sightings.letters import service_link
from plp.sightings.models import Sighting
from plp.sightings.queries import (
    answer_times,
    can_be_referred,
    referral_of_sighting,
    reported_facts_of,
    sighting_desk_of,
    sighting_officers_of,
    sightings_in_scope,
    unseal_photograph,
)

HANDLE = Permission.SIGHTING_HANDLE


def _sighting_or_404(request: StaffRequest, sighting_id: UUID) -> Sighting:
    """A report of one's zone; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(sightings_in_scope(request.person, at=request.at), pk=sighting_id)


def _sighting_context(sighting: Sighting, **more: object) -> dict[str, object]:
    return {"sighting": sighting, "place": presentation.place_and_kind_text(sighting), **more}


@needs(HANDLE)
def sighting_list(request: StaffRequest) -> HttpResponse:
    """By state, the oldest first; no words of a report. Who has it, until when, and how long answers take."""
    desk = sighting_desk_of(request.person, at=request.at)
    parts = [
        (
            heading,
            [(row, presentation.list_row_text(row), row.is_not_ended and row.due_at <= request.at) for row in rows],
        )
        for heading, rows in (
            (_("New"), desk.new),
            (_("Read, waiting for an end"), desk.open),
            (_("Ended, erased soon"), desk.ended),
        )
    ]
    times = answer_times(request.person, at=request.at)
    return render(request, "sightings/desk.html", {"parts": parts, "erased": desk.erased, "times": times})


@needs(HANDLE)
def assign_report_to_officer(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take it oneself, or give it to somebody else of the desk."""
    sighting = _sighting_or_404(request, key)
    officers = list(sighting_officers_of(sighting.municipality, at=request.at))
    form = AssignOfficerForm(request.POST or None, officers=officers, initial={"officer": str(request.person.pk)})
    if request.method == "POST" and form.is_valid():
        assignment.assign_and_notify(sighting=sighting, to=form.chosen_officer, by=request.person, at=request.at)
        return success(
            request, _("It is with %(name)s now.") % {"name": form.chosen_officer.name}, "sightings:detail", sighting.pk
        )
    return render(request, "sightings/assign.html", _sighting_context(sighting, form=form))


@needs(HANDLE)
def open_and_mark_sighting_read(request: StaffRequest, key: UUID) -> HttpResponse:
    """One report; opening it is noted as read."""
    sighting = _sighting_or_404(request, key)
    sightings.mark_sighting_read_and_tell_reporter(sighting=sighting, by=request.person, at=request.at)
    positions = list(sighting.photos.order_by("position").values_list("position", flat=True))
    referral = referral_of_sighting(sighting)
    context = _sighting_context(
        sighting,
        facts=reported_facts_of(sighting),
        moment=presentation.day_and_hour_text(sighting),
        pictures=positions,
        referral=referral,
        can_be_referred=can_be_referred(sighting),
        service_link=service_link(referral) if referral and referral.words and not referral.address else "",
    )
    return render(request, "sightings/detail.html", context)


@needs(HANDLE)
def answer_report(request: StaffRequest, key: UUID) -> HttpResponse:
    """Answer in the language of the report; a template may come first."""
    sighting = _sighting_or_404(request, key)
    words = presentation.answer_template_text(request.GET.get("template", ""), sighting)
    form = AnswerSightingForm(request.POST or None, initial={"words": words})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["words"]
        sightings.answer_sighting_and_tell_reporter(sighting=sighting, words=given, by=request.person, at=request.at)
        return success(request, _("Answered. The person reads it by their follow-up link."), "sightings:desk")
    return render(
        request,
        "sightings/answer.html",
        _sighting_context(sighting, form=form, templates=presentation.TEMPLATES.items()),
    )


@needs(HANDLE)
def close_without_answer(request: StaffRequest, key: UUID) -> HttpResponse:
    """Say why there is no answer on the matter."""
    sighting = _sighting_or_404(request, key)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sightings.close_and_tell_reporter(sighting=sighting, by=request.person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Closed. The person reads why by their follow-up link."))
        if can_be_referred(sighting):
            return redirect("sightings:refer", sighting.pk)
        return redirect("sightings:desk")
    return render(request, "sightings/close.html", _sighting_context(sighting, form=form))


@needs(HANDLE)
def confirm_handover(request: StaffRequest, key: UUID) -> HttpResponse:
    """Confirm that it stands in the police's own system now."""
    sighting = _sighting_or_404(request, key)
    if request.method == "POST":
        sightings.hand_over_and_tell_reporter(sighting=sighting, by=request.person, at=request.at)
        return success(
            request,
            _("Taken over. It is erased here in %s.") % retention_period_text("sightings"),
            "sightings:detail",
            sighting.pk,
        )
    return render(request, "sightings/hand_over.html", _sighting_context(sighting))


@needs(HANDLE)
def report_sheet_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """The report on paper."""
    sighting = _sighting_or_404(request, key)
    content = presentation.sighting_sheets_pdf(sighting, at=request.at)
    return download(content, name=f"{sighting.reference}.pdf", content_type="application/pdf", inline=True)


@needs(HANDLE)
def picture_file(request: StaffRequest, key: UUID, position: int) -> HttpResponse:
    """One picture, made anew when it came."""
    found = unseal_photograph(_sighting_or_404(request, key), position)
    if found is None:
        raise Http404
    return download(found.content, name=found.name, content_type="image/jpeg")
