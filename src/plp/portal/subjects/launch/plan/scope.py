"""The partnership of a page, within the scope of the person who looks: absent and foreign are the same 404 (T10)."""

from typing import Any

from django.shortcuts import get_object_or_404

from plp.launch.queries.progress import partnerships_whose_progress_person_sees
from plp.mandates.grants import Permission
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.requests import StaffRequest


def partnership_or_404(request: StaffRequest, key: str, permission: Permission = Permission.LAUNCH_SEE) -> Partnership:
    """The partnership ``key`` over whose area the person holds ``permission``, or 404."""
    seen = partnerships_whose_progress_person_sees(request.person, at=request.at)
    scope = (
        seen
        if permission == Permission.LAUNCH_SEE
        else partnerships_in_scope(request.person, permission, at=request.at)
    )
    return get_object_or_404(scope, key=key)


def page_context(partnership: Partnership, **more: Any) -> dict[str, Any]:
    """What every page of a partnership shows."""
    known = {"name": partnership.name(), "is_over": is_over(partnership)}
    return {"partnership": partnership, **known, **more}
