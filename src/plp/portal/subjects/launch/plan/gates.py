"""No act of a later step before its gate (R12, R27): one table of addresses, asked before a form is acted upon.

The rooms below the plan do not know it, and what they were told early stays on file. So the plan is asked here, at the
door, for whoever may see the partnership; to others the page itself answers that it does not exist. The invitation
names the evening and the evening treats plan and costs: these may be prepared as soon as the talks are on record.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from plp.launch.queries.progress import StepNotOpen, require_step_open, visible_partnerships
from plp.portal.shell import errors
from plp.portal.shell.requests import PortalRequest

Answer = Callable[[HttpRequest], HttpResponse]

# The step whose gate must be open: by name of the address.
GATES: dict[str, str] = {
    **dict.fromkeys(
        (
            "launch:groundwork:area_add",
            "launch:groundwork:area_draw",
            "launch:groundwork:area_remove",
            "launch:groundwork:statements",
            "launch:groundwork:statement",
            "charter:plan_draft",
            "charter:contact",
            "charter:financing_write",
            "charter:begin",
            "mandates:propose",
        ),
        "area",
    ),
    **dict.fromkeys(
        (
            "launch:groundwork:stakeholders",
            "launch:groundwork:stakeholder",
            "launch:groundwork:informing",
            "launch:groundwork:survey",
            "launch:groundwork:hands",
            "evening:plan",
            "evening:convene",
            "evening:invitations",
        ),
        "informing",
    ),
    **dict.fromkeys(("mandates:screening", "mandates:appoint"), "committee"),
    **dict.fromkeys(("charter:put_up", "charter:sign", "charter:sign_on_paper"), "screening"),
}


class GateMiddleware:
    """Answers a form that comes before its gate with the sentence of what is to be finished first."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing of its own."""
        return self.get_response(request)

    def process_view(
        self,
        request: PortalRequest,
        view: Callable[..., HttpResponse],  # noqa: ARG002 - Django calls it so
        args: tuple[Any, ...],  # noqa: ARG002
        kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        """Ask the plan when a form of the table is sent; say it beforehand where the form is shown."""
        step = _step_of(request.resolver_match)
        if step is None or request.person is None or "key" not in kwargs:
            return None
        partnership = visible_partnerships(request.person, at=request.at).filter(key=kwargs["key"]).first()
        if partnership is None or partnership.launched_at is not None:
            return None
        try:
            require_step_open(partnership, step, at=request.at)
        except StepNotOpen as shut:
            if request.method == "POST":
                return errors.refused(request, shut)
            if request.method == "GET":
                request.heed = shut.in_words()
        return None


def _step_of(found: ResolverMatch | None) -> str | None:
    return GATES.get(found.view_name) if found is not None else None
