"""What becomes of the pages of a partnership that has ended or merged (R148).

Each says so on top. What would prepare something new there is shut, and no button leads to it. Reading, exporting,
erasing, answering about data, writing up and evaluating what was, and telling FPS Interior stay as they are.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from plp.mandates.queries import held_mandates
from plp.partnership.gates import OVER, PartnershipOver, is_over
from plp.partnership.models import Partnership
from plp.portal.shell.errors import error_page
from plp.portal.shell.requests import PortalRequest

Answer = Callable[[HttpRequest], HttpResponse]

# The pages that prepare something new: by name of the address.
SHUT_BY_END = frozenset(
    (
        "charter:add charter:agree_all charter:begin charter:circular charter:contact charter:financing_settle "
        "charter:financing_write charter:plan_agree charter:plan_draft charter:plan_edit charter:plan_silence "
        "charter:plan_supralocal charter:propose charter:put_up charter:review charter:sign charter:sign_on_paper "
        "charter:write evaluation:due evaluation:objective evening:change evening:convene evening:plan "
        "followup:convene followup:meeting_change followup:newsletter followup:requests:ask "
        "followup:requests:explain followup:requests:prepare installations:offer_move launch:groundwork:area_add "
        "launch:groundwork:area_draw launch:groundwork:hands launch:groundwork:stakeholder "
        "launch:groundwork:survey_form launch:groundwork:survey_letters launch:groundwork:survey_street "
        "launch:groundwork:talk launch:groundwork:talk_new launch:groundwork:talk_strike launch:pack:presentation "
        "launch:pack:recruit launch:pack:word launch:plan:confirm launch:plan:go_on launch:plan:opening "
        "launch:plan:reopen launch:plan:send launch:plan:signs launch:plan:tick mandates:appoint mandates:propose "
        "measures:begin membership:enrolment:form membership:enrolment:read notices:guidance:advice"
    ).split()
)
PAGE_SUBJECTS = ("partnership", "notice", "asked", "question", "meeting", "membership")  # what a page may be about


class EndedPartnershipMiddleware:
    """Shuts the pages that would prepare something new in a partnership that has ended."""

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
        """Answer that the partnership has ended, to whoever holds an office over it; a stranger learns nothing."""
        match = request.resolver_match
        if match is None or match.view_name not in SHUT_BY_END or request.person is None:
            return None
        found = Partnership.objects.select_related("area").filter(key=kwargs["key"], state__in=OVER).first()
        held = found is not None and any(
            found.area.path.startswith(one.mandate.area.path) for one in held_mandates(request.person, at=request.at)
        )
        return error_page(request, 409, sentence=PartnershipOver().in_words()) if held else None


def is_address_shut_after_end(address: str) -> bool:
    """Whether the page at ``address`` would prepare something new."""
    try:
        return resolve(address.partition("?")[0]).view_name in SHUT_BY_END
    except Resolver404:
        return False


def has_page_subject_ended(context: Mapping[Any, Any]) -> bool:
    """Whether what a page is about has ended: the partnership that it names, else all of its reader's."""
    request = context.get("request")
    if request is None or getattr(request, "person", None) is None:
        return False
    named = (_partnership_of_owner(context.get(name)) for name in PAGE_SUBJECTS)
    partnership = next((one for one in named if one is not None), None)
    return is_over(partnership) if partnership is not None else have_all_readers_partnerships_ended(request)


def have_all_readers_partnerships_ended(request: PortalRequest) -> bool:
    """Whether whoever reads holds offices in partnerships alone, and all of these have ended."""
    held = held_mandates(request.person, at=request.at) if request.person else []
    states = {one.mandate.partnership_state for one in held}  # type: ignore[attr-defined]  # with each mandate
    return bool(states) and states <= set(OVER)


def _partnership_of_owner(owner: object) -> Partnership | None:
    """The partnership that ``owner`` is, or belongs to."""
    found = owner if isinstance(owner, Partnership) else None
    if found is None and isinstance(owner, Model):
        found = getattr(owner, "partnership", None)
    return found if isinstance(found, Partnership) else None
