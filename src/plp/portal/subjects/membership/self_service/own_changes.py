"""What a member changes of their own, while their partnership is on its way to another installation: refused (ADR 80).

Leaving, stopping and erasing are carried there, and so are never refused.
"""

from functools import wraps
from typing import Any

from django.http import HttpResponse

from plp.exchange.move_queries import is_partnership_of_person_moving
from plp.exchange.refusals import MovesNow
from plp.portal.shell.guards import View
from plp.portal.shell.requests import PortalRequest


def refuse_post_while_partnership_moves(view: View) -> View:
    """Refuse a change that would be lost: what was packed is what arrives. Reading goes on."""

    @wraps(view)
    def view_unless_partnership_moves(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.member or request.person
        if request.method == "POST" and person is not None and is_partnership_of_person_moving(person):
            raise MovesNow
        return view(request, *args, **kwargs)

    return view_unless_partnership_moves
