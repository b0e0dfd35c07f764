"""How the pages find their objects, and how a refusal comes back into the form that was filled in."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from plp.followup.models import FollowUpMeeting
from plp.followup.queries.meetings import meetings_in_scope
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.requests import StaffRequest

TALK, RATE, ANSWER = Permission.EXCHANGE_TALK, Permission.EXCHANGE_RATE, Permission.EXCHANGE_ANSWER
SERVICES, POLICIES = Permission.SERVICE_KEEP, Permission.POLICY_LINK
PDF = "application/pdf"


def language() -> str:
    """The language of the page."""
    return get_language() or "fr"


def partnership_or_404(request: StaffRequest, key: str, permission: Permission) -> Partnership:
    """A partnership over which one holds ``permission``; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(partnerships_in_scope(request.person, permission, at=request.at), key=key)


def meeting_or_404(request: StaffRequest, key: str, meeting: UUID) -> FollowUpMeeting:
    """A meeting of a partnership that one follows up; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(meetings_in_scope(request.person, at=request.at), pk=meeting, partnership__key=key)


def meeting_context(meeting: FollowUpMeeting, **more: Any) -> dict[str, Any]:
    """What every page of a meeting shows."""
    partnership = meeting.partnership
    return {"meeting": meeting, "partnership": partnership, "name": partnership.name(language()), **more}
