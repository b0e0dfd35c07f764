"""The partnership of a page, within the scope of the person who looks: absent and foreign are the same 404 (T10)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import get_language

from plp.launch.queries.progress import visible_partnerships
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.requests import StaffRequest


def find(request: StaffRequest, key: str, permission: Permission = Permission.LAUNCH_SEE) -> Partnership:
    """The partnership ``key`` over whose area the person holds ``permission``, or 404."""
    seen = visible_partnerships(request.person, at=request.at)
    scope = (
        seen
        if permission == Permission.LAUNCH_SEE
        else partnerships_in_scope(request.person, permission, at=request.at)
    )
    return get_object_or_404(scope, key=key)


def context(partnership: Partnership, **more: Any) -> dict[str, Any]:
    """What every page of a partnership shows."""
    return {"partnership": partnership, "name": partnership.name(get_language() or "fr"), **more}


class Doors:
    """Which pages of a partnership the person may open: asked once per permission."""

    def __init__(self, request: StaffRequest, partnership: Partnership) -> None:
        self.request, self.partnership = request, partnership
        self.held: dict[str, bool] = {}

    def holds(self, permission: Permission) -> bool:
        """Whether the person holds ``permission`` over this partnership."""
        if permission not in self.held:
            area = self.partnership.area
            self.held[permission] = may(self.request.person, permission, area, at=self.request.at)
        return self.held[permission]

    def to(self, view: str, *rest: str) -> str:
        """The address of ``view`` for this partnership; empty when it is closed to the person or not installed."""
        try:
            url = reverse(view, args=[self.partnership.key, *rest])
        except NoReverseMatch:  # no such page
            return ""
        permission = getattr(resolve(url).func, "permission", "")
        return url if permission in Permission.values and self.holds(Permission(permission)) else ""
