"""The life of a partnership after its launch: rest, wake, split, merge, redraw, end, confirm for a year (R148)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.exchange.move_queries import movable_partnerships, running_or_done_move_of
from plp.launch.actions import life
from plp.launch.models import QuarterChange
from plp.launch.queries.dates import yearly_confirmation_due_day
from plp.launch.queries.quarter_changes import quarter_changes_of
from plp.launch.queries.records import (
    END_WAITS,
    ends_and_area_changes_for_interior,
    life_acts_of,
    pending_end_decision_of,
)
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.partnership.states import MOVES, State
from plp.portal.shell.guards import needs
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.plan import scope
from plp.portal.subjects.launch.plan.forms import DayForm, ReasonForm
from plp.portal.subjects.launch.plan.views import quarter_change
from plp.toolbox.clock import local

LEAD = Permission.PARTNERSHIP_LEAD
ACTS: dict[str, tuple[Callable[..., Any], State]] = {
    "rest": (life.rest_partnership_and_notify, State.DORMANT),
    "wake": (life.wake_partnership_and_notify, State.ACTIVE),
    "end": (life.decide_end_and_tell_partners, State.ENDED),
}


@needs(Permission.LAUNCH_SEE)
def partnership_state_page(request: StaffRequest, key: str) -> HttpResponse:
    """The state, what was decided and why, when it is to be confirmed, what can be done."""
    partnership = scope.partnership_or_404(request, key)
    may_lead = PageAccess(request, partnership).has_permission(LEAD)
    launched = partnership.launched_at is not None
    decided = pending_end_decision_of(partnership)
    acts = [act for act in ACTS if _is_act_possible(partnership, act)]
    works = partnership.state in {State.ACTIVE, State.DORMANT}
    may_move = launched and movable_partnerships(request.person, at=request.at).filter(pk=partnership.pk).exists()
    more = {
        "acts": acts if may_lead else [],
        "kinds": QuarterChange.Kind.choices if may_lead and works and launched else [],
        "changes": [
            (change, quarter_change.quarter_change_title(change.kind, change.partnership))
            for change in quarter_changes_of(partnership)
        ],
        "may_lead": may_lead,
        "ends_at": decided and local(decided.at + END_WAITS),
        "may_take_back": may_lead or PageAccess(request, partnership).has_permission(Permission.ZONE_SET),
        "history": life_acts_of(partnership),
        "to_tell": set(ends_and_area_changes_for_interior(partnership).values_list("pk", flat=True)),
        "due": yearly_confirmation_due_day(partnership),
        "may_move": may_move,
        "is_moving": may_move and running_or_done_move_of(partnership) is not None,
        "today": local(request.at).date(),
    }
    return render(request, "launch/plan/life.html", scope.page_context(partnership, **more))


@needs(LEAD)
def confirm_and_change_state(request: StaffRequest, key: str, act: str) -> HttpResponse:
    """Do one of the acts, after a question, with its reason."""
    if act in QuarterChange.Kind.values:
        return quarter_change.prepare_quarter_change(request, key, act)
    partnership = scope.partnership_or_404(request, key, LEAD)
    if act not in ACTS or not _is_act_possible(partnership, act):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        ACTS[act][0](partnership=partnership, reason=reason, by=request.person, at=request.at)
        return success(
            request,
            _("The end is decided. The partners are told.")
            if act == "end"
            else _("It is done. Members and partners are told."),
            "launch:plan:life",
            key,
        )
    return render(request, "launch/plan/act.html", scope.page_context(partnership, form=form, act=act))


@needs(Permission.LAUNCH_SEE)
@require_POST
def take_end_back(request: StaffRequest, key: str) -> HttpResponse:
    """Let a partnership go on whose end was decided: an officer, the supervisor or the chief."""
    partnership = scope.partnership_or_404(request, key)
    life.revoke_decided_end_and_tell_partners(partnership=partnership, by=request.person, at=request.at)
    return success(request, _("The end is taken back. The partners are told."), "launch:plan:life", key)


@needs(LEAD)
@require_POST
def confirm_for_a_year(request: StaffRequest, key: str) -> HttpResponse:
    """Confirm for another year."""
    partnership = scope.partnership_or_404(request, key, LEAD)
    life.record_yearly_confirmation(partnership=partnership, by=request.person, at=request.at)
    return success(request, _("Confirmed for another year."), "launch:plan:life", key)


@needs(LEAD)
def record_interior_told(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Record the day on which FPS Interior was told of an end or a change of the area."""
    partnership = scope.partnership_or_404(request, key, LEAD)
    found = get_object_or_404(ends_and_area_changes_for_interior(partnership), pk=pk)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        life.record_day_interior_was_told(
            life_act=found, told_on=form.cleaned_data["day"], by=request.person, at=request.at
        )
        return success(request, _("The day is recorded."), "launch:plan:life", key)
    return render(request, "launch/plan/told.html", scope.page_context(partnership, form=form))


def _is_act_possible(partnership: Partnership, act: str) -> bool:
    """Whether the table of moves allows it; only a launched partnership rests or wakes, and one end is decided once."""
    to = ACTS[act][1]
    if to not in MOVES.table[State(partnership.state)]:
        return False
    return pending_end_decision_of(partnership) is None if act == "end" else partnership.launched_at is not None
