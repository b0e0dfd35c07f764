"""How the pages find their objects, and what they all show."""

from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.delivery.models import Message
from plp.delivery.rules import moment_or_next_morning_if_night
from plp.evening import queries
from plp.evening.models import Meeting
from plp.evening.states import MeetingState
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.files import download
from plp.portal.shell.offers import Task
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.work_by_hand import work_by_hand_of

LEAD = Permission.EVENING_LEAD
PDF = "application/pdf"
WORDED_BY_HAND = _("You worded the minutes yourself: put them right there too.")


def led_partnership_or_404(request: StaffRequest, key: str) -> Partnership:
    """A partnership whose evenings one leads; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(partnerships_in_scope(request.person, LEAD, at=request.at), key=key)


def meeting_or_404(request: StaffRequest, key: str, meeting: UUID) -> Meeting:
    """A meeting that one leads; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(queries.meetings_in_scope(request.person, at=request.at), pk=meeting, partnership__key=key)


def work_by_hand_about(request: StaffRequest, meeting: Meeting) -> list[Task]:
    """Letters and calls left of what is said about a meeting, for whoever manages the members.

    To an evening for everybody letters go from door to door; by hand members hear only that it is off.
    """
    goes_from_door_to_door = meeting.is_information and meeting.state != MeetingState.CANCELLED
    if goes_from_door_to_door or Permission.MEMBERS_MANAGE not in request.permissions:
        return []
    return work_by_hand_of(Message.objects.filter(subject=meeting.pk), at=request.at)


def morning_after_night(at: datetime) -> datetime | None:
    """When a message to members leaves that is written now, at night; ``None`` by day, when it leaves at once."""
    morning = moment_or_next_morning_if_night(at)
    return morning if morning > at else None


def page_language() -> str:
    """The language of the page."""
    return get_language() or "fr"


def meeting_context(meeting: Meeting, **more: Any) -> dict[str, Any]:
    """What every page of a meeting shows."""
    partnership = meeting.partnership
    return {"meeting": meeting, "partnership": partnership, "name": partnership.name(page_language()), **more}


def qr_code_response(link: str) -> HttpResponse:
    """The QR code to ``link``, as a picture of its own address: the page's policy allows no other."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=2, scale=6, omitsize=False, light="#fff")
    namespaced = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return download(namespaced.encode(), name="code.svg", content_type="image/svg+xml", inline=True)


def number_or_zero(typed: str) -> int:
    """A whole number that a form or an address brings; 0 for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 18 else 0


def uuid_or_none(typed: str) -> UUID | None:
    """A key that a form brings; ``None`` for anything else."""
    try:
        return UUID(typed)
    except ValueError:
        return None
