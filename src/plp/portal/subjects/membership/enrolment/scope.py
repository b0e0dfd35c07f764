"""What one finds at the desk: partnerships whose members one manages, who waits, lists brought in there (T10)."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from plp.mandates.grants import Permission
from plp.membership.list_drafts import list_imports_in_scope
from plp.membership.looks import note_look_at_members
from plp.membership.models import ListImport, Membership, Refusal
from plp.membership.queries import memberships_in_scope
from plp.membership.refusals import refusals_in_scope
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.requests import StaffRequest

MANAGE = Permission.MEMBERS_MANAGE


def managed_partnerships(request: StaffRequest) -> QuerySet[Partnership]:
    """Those whose members one manages, by key."""
    return partnerships_in_scope(request.person, MANAGE, at=request.at).order_by("key")


def managed_partnership_or_404(request: StaffRequest, key: str) -> Partnership:
    """One of them; 404 for any other."""
    return get_object_or_404(managed_partnerships(request), key=key)


def list_import_or_404(request: StaffRequest, key: UUID) -> ListImport:
    """A list of one of them; 404 for any other."""
    return get_object_or_404(list_imports_in_scope(request.person, at=request.at), pk=key)


def pending_member_or_404(request: StaffRequest, key: UUID) -> Membership:
    """Somebody who waits at one of them; 404 for any other."""
    waiting = memberships_in_scope(request.person, at=request.at).filter(state=Belonging.PENDING)
    return get_object_or_404(waiting.select_related("partnership__area"), pk=key)


def active_member_or_404(request: StaffRequest, key: UUID) -> Membership:
    """A member of one of them; 404 for any other."""
    inside = memberships_in_scope(request.person, at=request.at).filter(state=Belonging.ACTIVE)
    return get_object_or_404(inside.select_related("partnership__area"), pk=key)


def recent_refusals(request: StaffRequest) -> QuerySet[Refusal]:
    """Who was not let in there lately."""
    return refusals_in_scope(request.person, at=request.at)


def note_members_viewed(memberships: Iterable[Membership], list_name: str, request: StaffRequest) -> None:
    """Note the look at a list of names, once per partnership, with how many were shown (R80)."""
    counts = Counter(one.partnership for one in memberships)
    for partnership, count in counts.items():
        note_look_at_members(partnership, list_name, count, by=request.person, at=request.at)
