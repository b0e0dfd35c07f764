"""What a page says beforehand of a gate that is still shut: what is to be finished first (R12, R27).

The act itself passes its gate, whoever calls it (``partnership.gates``, ADR 42): a page that is missing here says
nothing beforehand, and its form is refused all the same. The invitation names the evening and the evening treats plan
and costs: these may be prepared as soon as the talks are on record.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from plp.launch.queries.progress import StepNotOpen, partnerships_whose_progress_person_sees
from plp.partnership.gates import Gate, PartnershipOver, require_gate, require_living
from plp.portal.shell.requests import PortalRequest

Answer = Callable[[HttpRequest], HttpResponse]

# The gate that the act of a page passes, ``None`` where the partnership is only to live: by name of the address.
GATES: dict[str, Gate | None] = {
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
        Gate.AREA,
    ),
    **dict.fromkeys(
        (
            "launch:groundwork:stakeholders",
            "launch:groundwork:stakeholder",
            "launch:groundwork:informing",
            "launch:groundwork:survey",
            "launch:groundwork:hands",
            "evening:plan",
            "evening:detail",
            "evening:change",
            "evening:convene",
            "evening:invitations",
        ),
        Gate.INFORMING,
    ),
    "mandates:appointments": Gate.COMMITTEE,
    **dict.fromkeys(("charter:signing", "charter:put_up", "charter:sign", "charter:sign_on_paper"), Gate.SCREENING),
    "followup:convene": None,
    "followup:meeting_change": None,
}


class GateNoticeMiddleware:
    """Says on a page whose gate is shut what is to be finished first, to whoever may see the partnership."""

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
    ) -> None:
        """Ask the plan where a form of the table is shown."""
        match = request.resolver_match
        name = match.view_name if match is not None else None
        if name not in GATES or request.method != "GET" or request.person is None or "key" not in kwargs:
            return
        partnership = (
            partnerships_whose_progress_person_sees(request.person, at=request.at).filter(key=kwargs["key"]).first()
        )
        if partnership is None:
            return
        try:
            require_living(partnership)
            if gate := GATES[name]:
                require_gate(partnership, gate, by=request.person, at=request.at)
        except (PartnershipOver, StepNotOpen) as refusal:
            request.page_warning = refusal.in_words()
