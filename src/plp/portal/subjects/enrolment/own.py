"""What one finds at the desk: partnerships whose members one manages, and the lists brought in there (T10)."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from plp.mandates.grants import Permission
from plp.partnership.importing import imports_in_scope
from plp.partnership.models import ListImport, Partnership
from plp.partnership.queries import in_scope
from plp.portal.shell.requests import StaffRequest

MANAGE = Permission.MEMBERS_MANAGE


def partnerships(request: StaffRequest) -> QuerySet[Partnership]:
    """Those whose members one manages, by key."""
    return in_scope(request.person, MANAGE, at=request.at).order_by("key")


def partnership_of(request: StaffRequest, key: str) -> Partnership:
    """One of them; 404 for any other."""
    found: Partnership = get_object_or_404(partnerships(request), key=key)
    return found


def list_of(request: StaffRequest, key: UUID) -> ListImport:
    """A list of one of them; 404 for any other."""
    found: ListImport = get_object_or_404(imports_in_scope(request.person, at=request.at), pk=key)
    return found
