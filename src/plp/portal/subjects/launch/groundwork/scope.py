"""The partnership of a page, within the scope of the person who looks: absent and foreign are the same 404 (T10)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.requests import StaffRequest


def partnership_or_404(request: StaffRequest, key: str, permission: Permission = Permission.GROUNDWORK) -> Partnership:
    """The partnership ``key`` over whose area the person holds ``permission``, or 404."""
    return get_object_or_404(partnerships_in_scope(request.person, permission, at=request.at), key=key)


def may_draw_area(request: StaffRequest, partnership: Partnership) -> bool:
    """Whether the person may change the area: the officer."""
    return may(request.person, Permission.AREA_DRAW, partnership.area, at=request.at)


def page_context(partnership: Partnership, **more: Any) -> dict[str, Any]:
    """What every page of the groundwork shows."""
    language = get_language() or "fr"
    known = {"name": partnership.name(language), "language": language, "is_over": is_over(partnership)}
    return {"partnership": partnership, **known, **more}
