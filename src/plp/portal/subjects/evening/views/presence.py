"""Who came: counts. And at the door: a code for each voter's telephone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.letters import public_meeting_url
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evening.forms.meetings import FormsForm, PresenceForm
from plp.portal.subjects.evening.scope import LEAD, meeting_context, meeting_or_404, qr_code_response, uuid_or_none


@needs(LEAD)
def record_presence(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """The list on paper as a number, the telephones, the names that somebody wanted noted."""
    found = meeting_or_404(request, key, meeting)
    people = queries.presence_counts(found)
    listed = PresenceForm(request.POST if "persons" in request.POST else None, initial={"persons": people.paper})
    handed = FormsForm(request.POST if "forms" in request.POST else None, initial={"forms": found.forms})
    if "strike" in request.POST:
        row = get_object_or_404(found.attendance, pk=uuid_or_none(request.POST["strike"]))
        evening.delete_or_anonymise_contribution(row=row, by=request.person, at=request.at)
    elif listed.is_bound and listed.is_valid():
        evening.set_attendance_on_paper_list(meeting=found, by=request.person, at=request.at, **listed.cleaned_data)
    elif handed.is_bound and handed.is_valid():
        evening.set_count_of_registration_forms(meeting=found, by=request.person, at=request.at, **handed.cleaned_data)
    if request.method == "POST" and not (listed.errors or handed.errors):
        return success(request, _("Noted."), "evening:presence", key, found.pk)
    named = [row for row in found.attendance.all() if row.name]
    context = meeting_context(found, people=people, listed=listed, handed=handed, named=named)
    return render(request, "evening/presence.html", context)


@needs(LEAD)
def create_ballot_code_link(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Ask for a code to be taken by the next voter."""
    found = meeting_or_404(request, key, meeting)
    if request.method == "POST":
        link = evening.create_ballot_code_link(meeting=found, by=request.person, at=request.at)
        return redirect("evening:door_link", key, found.pk, link)
    return render(request, "evening/door.html", meeting_context(found))


@needs(LEAD)
def show_ballot_code_link(request: StaffRequest, key: str, meeting: UUID, link: str) -> HttpResponse:
    """The picture that one voter scans."""
    return render(request, "evening/door.html", meeting_context(meeting_or_404(request, key, meeting), link=link))


@needs(LEAD)
def ballot_code_link_qr_code(request: StaffRequest, key: str, meeting: UUID, link: str) -> HttpResponse:
    """The QR code of a link of the door."""
    found = meeting_or_404(request, key, meeting)
    return qr_code_response(f"{public_meeting_url(found)}door/{link[:40]}/")
