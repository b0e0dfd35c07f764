"""Which pages of a partnership somebody may open: no link leads to a page that is closed to its reader."""

from django.urls import NoReverseMatch, resolve, reverse

from plp.mandates.grants import GRANTS, Permission, Role
from plp.mandates.queries import may
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership
from plp.portal.shell.endings import SHUT_BY_END
from plp.portal.shell.requests import StaffRequest

# Whom one may turn to in a partnership, the nearest first: neither who only reads nor who runs the machines.
OFFICES = (Role.OFFICER, Role.COORDINATOR, Role.COMMITTEE, Role.MUNICIPALITY, Role.CHIEF)


class PageAccess:
    """Which pages of a partnership the person may open: asked once per permission."""

    def __init__(self, request: StaffRequest, partnership: Partnership) -> None:
        self.request, self.partnership = request, partnership
        self.held: dict[str, bool] = {}

    def has_permission(self, permission: Permission) -> bool:
        """Whether the person holds ``permission`` over this partnership."""
        if permission not in self.held:
            area = self.partnership.area
            self.held[permission] = may(self.request.person, permission, area, at=self.request.at)
        return self.held[permission]

    def url_if_allowed(self, view: str, *arguments: str) -> str:
        """The address of ``view`` for this partnership; empty when it is closed to the person or by an end, or not
        installed.
        """
        try:
            url = reverse(view, args=[self.partnership.key, *arguments])
        except NoReverseMatch:  # no such page
            return ""
        if view in SHUT_BY_END and is_over(self.partnership):
            return ""
        permission = getattr(resolve(url).func, "permission", "")
        return url if permission in Permission.values and self.has_permission(Permission(permission)) else ""

    def roles_allowed_text(self, view: str) -> str:
        """Who else may open ``view``: the offices of a partnership whose role includes it, in words."""
        permission = getattr(resolve(reverse(view, args=[self.partnership.key])).func, "permission", "")
        return ", ".join(str(role.label) for role in OFFICES if permission in GRANTS[role])
