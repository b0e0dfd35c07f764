"""What a member changes of their own: refused while their partnership is on its way to another installation (ADR 80),
and no wish is asked for once they belong to none.

Leaving, stopping and erasing are carried there, and so are never refused.
"""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from plp.exchange.move_queries import is_partnership_of_person_moving
from plp.exchange.refusals import MovesNow
from plp.membership.queries import open_memberships_of
from plp.portal.shell.guards import View
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.membership.self_service.scope import former_memberships_if_only_member


def refuse_post_while_partnership_moves(view: View) -> View:
    """Refuse a change that would be lost: what was packed is what arrives. Reading goes on."""

    @wraps(view)
    def view_unless_partnership_moves(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.member or request.person
        if request.method == "POST" and person is not None and is_partnership_of_person_moving(person):
            raise MovesNow
        return view(request, *args, **kwargs)

    return view_unless_partnership_moves


def for_current_members(view: View) -> View:
    """A page of what a member wishes; whoever is one no more is led to what is still of use: their settings."""

    @wraps(view)
    def view_unless_former(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_former = request.member is not None and not open_memberships_of(request.member).exists()
        if is_former and former_memberships_if_only_member(request):
            return redirect("membership:self_service:settings")
        return view(request, *args, **kwargs)

    return refuse_post_while_partnership_moves(view_unless_former)
