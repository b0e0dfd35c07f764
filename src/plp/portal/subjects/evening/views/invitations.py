"""Invite everybody: letters street by street, messages to whoever registered (R16)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.models import Invitation, Meeting
from plp.evening.queries.course import invitation_copies
from plp.evening.queries.replies import replies_with_needs, reply_counts
from plp.evening.states import MeetingState
from plp.launch.door_invitations import LETTERS_A_FILE, street_invitations_pdf
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.evening.course import waiting_invitations_text
from plp.portal.subjects.evening.scope import (
    LEAD,
    PDF,
    meeting_context,
    meeting_or_404,
    morning_after_night,
    number_or_zero,
    page_language,
    work_by_hand_about,
)


@needs(LEAD)
def send_and_track_invitations(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Per street how many letters, printed, carried; before that the question whether to invite."""
    found = meeting_or_404(request, key, meeting)
    rows = queries.invitations_of(found)
    if request.method == "POST":
        if "carried" in request.POST:
            row = get_object_or_404(rows, pk=number_or_zero(request.POST["carried"]))
            evening.note_letters_carried(invitation=row, by=request.person, at=request.at)
            messages.success(request, _("Noted."))
        elif "all_carried" in request.POST:
            for row in rows.filter(carried_at=None):
                evening.note_letters_carried(invitation=row, by=request.person, at=request.at)
            messages.success(request, _("Noted."))
        else:
            doors = evening.send_invitations_and_count_doors(meeting=found, by=request.person, at=request.at)
            messages.success(request, invitation_result_message(found, doors))
        return redirect("evening:invitations", key, found.pk)
    copies = invitation_copies(found)
    streets = [(row, row.street.names, _letter_files_with_door_range(found, row)) for row in rows]
    may_invite = found.state == MeetingState.CONVENED and found.invited_at is None
    waiting = queries.streets_to_invite(found) if may_invite else []
    context = meeting_context(
        found,
        streets=[street for street in streets if not street[0].carried_at],
        delivered_streets=[street for street in streets if street[0].carried_at],
        doors=sum(row.doors for row, _name, _files_of in streets),
        carried=sum(row.doors for row, _name, _files_of in streets if row.carried_at),
        **({"answers": reply_counts(found), "needs": replies_with_needs(found)} if found.invited_at else {}),
        sent=copies.sent,
        still_waiting=waiting_invitations_text(copies),
        leaves_at=morning_after_night(request.at),
        may_invite=may_invite and (bool(waiting) or not found.is_information),
        waiting=len(waiting),
        work=work_by_hand_about(request, found),
        waiting_doors=sum(count for _street, count in waiting),
    )
    return render(request, "evening/invitations.html", context)


@needs(LEAD)
def print_street_invitation_letters(request: StaffRequest, key: str, meeting: UUID, invitation: int) -> HttpResponse:
    """The letters of one street with the list of its doors; making them is noted."""
    found = meeting_or_404(request, key, meeting)
    row = get_object_or_404(queries.invitations_of(found), pk=invitation)
    part = number_or_zero(request.GET.get("part", "1"))
    if part not in _letter_file_numbers(row.doors):
        raise Http404
    made = street_invitations_pdf(found, row.street, language=page_language(), at=request.at, part=part)
    evening.note_letters_printed(invitation=row, by=request.person, at=request.at)
    return download(made, name=f"letters-{row.pk}-{part}.pdf", content_type=PDF)


def invitation_result_message(meeting: Meeting, doors: int) -> str:
    """What leaves after an invitation, for a message on the next page."""
    if meeting.is_information:
        return _("Invited. Letters to deliver: %d.") % doors
    told = _("Invited. Messages to members: %d.") % meeting.mails
    waiting = waiting_invitations_text(invitation_copies(meeting))
    return f"{told} {waiting}." if waiting else told


def _letter_files_with_door_range(meeting: Meeting, row: Invitation) -> list[tuple[int, str]]:
    """The files of one street, with the first and the last door in each where there are several."""
    numbers = _letter_file_numbers(row.doors)
    if len(numbers) == 1:
        return [(1, "")]
    doors = [one.number for one in queries.addresses_in_street(meeting, row.street)]
    cut = [doors[(number - 1) * LETTERS_A_FILE : number * LETTERS_A_FILE] for number in numbers]
    return [(number, f"{some[0]} – {some[-1]}") for number, some in zip(numbers, cut, strict=True) if some]


def _letter_file_numbers(doors: int) -> range:
    """The numbers of the files into which the letters of a street are cut."""
    return range(1, -(-doors // LETTERS_A_FILE) + 1)
