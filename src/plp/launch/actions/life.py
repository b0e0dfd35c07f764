"""The life of a partnership after its launch: rest, wake, end, confirm for a year (R148)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from plp.delivery.actions import stop_waiting_messages
from plp.delivery.models import Message
from plp.evening import actions as evening
from plp.journal.actions import note
from plp.launch.actions import surveys
from plp.launch.actions.quarter_changes import stop_change_letters_and_tell_readers
from plp.launch.days import refuse_day_outside
from plp.launch.letters import (
    END_DECIDED,
    END_TAKEN_BACK,
    send_end_decision_to_mandate_holders,
    send_life_act_to_mandate_holders,
    send_life_act_to_members,
)
from plp.launch.models import LifeAct, QuarterChange, Survey
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.queries.records import END_WAITS, OVER, pending_end_decision_of
from plp.launch.refusals import (
    ConfirmationNotDue,
    FactsMissing,
    ReasonMissing,
)
from plp.launch.rules import facts_missing_for_launch
from plp.launch.states import QUARTER_MOVES, QuarterState
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission
from plp.mandates.models import Rota
from plp.mandates.queries import NotAllowed, may, require, require_unless_machine
from plp.mandates.rotas import delete_rota
from plp.membership import actions as memberships
from plp.membership import candidates, list_drafts, refusals
from plp.notices import actions as notices
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import MOVES, State
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState, move
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

REASON = 300


@transaction.atomic
def rest_partnership_and_notify(*, partnership: Partnership, reason: str, by: Person | None, at: datetime) -> LifeAct:
    """Put a partnership to rest: nobody joins and nothing is sent until it is woken; members and partners are told.

    Raises ``NotAllowed``, ``ReasonMissing``, ``WrongState``.
    """
    return _change_state_and_tell(partnership, LifeAct.Kind.REST, State.DORMANT, reason, by=by, at=at)


@transaction.atomic
def wake_partnership_and_notify(*, partnership: Partnership, reason: str, by: Person | None, at: datetime) -> LifeAct:
    """Let a resting partnership work again. Raises ``NotAllowed``, ``ReasonMissing``, ``WrongState``."""
    return _change_state_and_tell(partnership, LifeAct.Kind.WAKE, State.ACTIVE, reason, by=by, at=at)


@transaction.atomic
def decide_end_and_tell_partners(*, partnership: Partnership, reason: str, by: Person, at: datetime) -> LifeAct:
    """Decide that a partnership ends a day from now; until then it works, and only its partners know (ADR 92).

    Raises ``NotAllowed``, ``ReasonMissing``, ``WrongState`` also where the end is decided already.
    """
    require(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    _require_reason_passes_message_check(partnership, reason)
    partnership = _lock_partnership(partnership)
    if State.ENDED not in MOVES.table[State(partnership.state)] or pending_end_decision_of(partnership) is not None:
        raise WrongState
    act = _save_life_act(partnership, LifeAct.Kind.TO_END, by=by, at=at, reason=reason)
    send_end_decision_to_mandate_holders(act, END_DECIDED, by=by, at=at)
    return act


@transaction.atomic
def revoke_decided_end_and_tell_partners(*, partnership: Partnership, by: Person, at: datetime) -> LifeAct:
    """Take a decided end back before its hour: an officer, the supervisor or the chief, whoever decided it.

    Raises ``NotAllowed``, ``WrongState``.
    """
    if not any(may(by, right, partnership.area, at=at) for right in (Permission.PARTNERSHIP_LEAD, Permission.ZONE_SET)):
        raise NotAllowed
    if pending_end_decision_of(_lock_partnership(partnership)) is None:
        raise WrongState
    act = _save_life_act(partnership, LifeAct.Kind.GOES_ON, by=by, at=at)
    send_end_decision_to_mandate_holders(act, END_TAKEN_BACK, by=by, at=at)
    return act


def carry_out_ends_that_are_due(*, by: Person | None, at: datetime) -> int:
    """End each partnership of which the end was decided a day ago and not taken back; answer how many."""
    due = LifeAct.objects.filter(kind=LifeAct.Kind.TO_END, at__lte=at - END_WAITS)
    living = due.exclude(partnership__state__in=OVER)
    return sum(
        _end_partnership_if_still_decided(act, by=by, at=at)
        for act in living.select_related("partnership__area").order_by("at")
    )


@transaction.atomic
def _end_partnership_if_still_decided(act: LifeAct, *, by: Person | None, at: datetime) -> bool:
    partnership = _lock_partnership(act.partnership)
    if pending_end_decision_of(partnership) != act:
        return False
    end_partnership_and_notify(partnership=partnership, reason=act.reason, by=by, at=at)
    return True


@transaction.atomic
def end_partnership_and_notify(*, partnership: Partnership, reason: str, by: Person | None, at: datetime) -> LifeAct:
    """End a partnership: nothing of it that waits leaves any more, members and partners are told, its meetings are
    called off, its survey is closed, candidacies and absences to come are closed, lists that were not added are
    deleted, who waited and cannot be told is erased, members leave it, FPS Interior is still to be told.

    The coordinator keeps the mandate until the letters on paper are out; the officer ends it then.
    Raises ``NotAllowed``, ``ReasonMissing``, ``WrongState``.
    """
    stop_waiting_messages(messages=Message.objects.filter(on_behalf_of=partnership.area.path), by=by, at=at)
    act = _change_state_and_tell(partnership, LifeAct.Kind.END, State.ENDED, reason, by=by, at=at)
    evening.cancel_meetings_of_ended_partnership(partnership=partnership, by=by, at=at)
    for survey in Survey.objects.filter(partnership=partnership, closed_at=None):
        surveys.close_survey(survey=survey, by=None, at=at)  # whoever may end a partnership closes it with it
    notices.drop_or_expire_notices_of_ended_partnership(partnership=partnership, by=by, at=at)
    candidates.withdraw_open_candidacies(partnership=partnership, by=by, at=at)
    mandates.cancel_future_absences_and_end_standins(area=partnership.area, by=by, at=at)
    _delete_rota_and_takeover_requests(partnership, by=by, at=at)
    _cancel_quarter_changes_of_ended_partnership(partnership, by=by, at=at)
    list_drafts.delete_list_drafts_of(partnership=partnership, by=by, at=at)
    refusals.erase_applicants_without_confirmed_contact(partnership=partnership, by=by, at=at)
    memberships.end_all_memberships(partnership=partnership, by=by, at=at)
    return act


@transaction.atomic
def record_yearly_confirmation(*, partnership: Partnership, by: Person | None, at: datetime) -> LifeAct:
    """Confirm for a year that the partnership works and that its data are right.

    Raises ``NotAllowed``, ``ConfirmationNotDue``.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    if partnership.state not in {State.ACTIVE, State.DORMANT}:
        raise ConfirmationNotDue
    act = LifeAct.objects.create(partnership=partnership, kind=LifeAct.Kind.CONFIRM, by=by, at=at)
    note(verb="launch.confirmed", by=by, at=at, area=partnership.area.path, target=act)
    return act


@transaction.atomic
def record_day_interior_was_told(*, life_act: LifeAct, told_on: date, by: Person | None, at: datetime) -> None:
    """Record the day on which FPS Interior was told. Raises ``NotAllowed``, ``DayToCome``, ``DayTooEarly``."""
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, life_act.partnership.area, at=at)
    refuse_day_outside(told_on, local(life_act.at).date(), at=at)
    LifeAct.objects.filter(pk=life_act.pk).update(interior_told_on=told_on)
    note(verb="launch.interior_told", by=by, at=at, area=life_act.partnership.area.path, target=life_act)


def _delete_rota_and_takeover_requests(partnership: Partnership, *, by: Person | None, at: datetime) -> None:
    """Nobody is on call any more, and nobody is asked to take hours over."""
    for rota in Rota.objects.filter(area=partnership.area).select_related("area"):
        delete_rota(rota=rota, by=by, at=at)


def _cancel_quarter_changes_of_ended_partnership(partnership: Partnership, *, by: Person | None, at: datetime) -> None:
    """No change of its area comes any more, nor one that would bring streets to it.

    Whoever was told reads of the end; members of the other partnership, that they stay where they are.
    """
    touched = QuarterChange.objects.filter(Q(partnership=partnership) | Q(other=partnership))
    before = QUARTER_MOVES.source_states(QuarterState.GIVEN_UP)
    for change in touched.filter(state__in=before).select_related("partnership__area", "other__area"):
        move(change, QuarterState.GIVEN_UP, table=QUARTER_MOVES)
        if change.partnership_id != partnership.pk:
            stop_change_letters_and_tell_readers(change=change, by=by, at=at)
        note(verb="quarter.given_up", by=by, at=at, area=change.partnership.area.path, target=change)


def _change_state_and_tell(
    partnership: Partnership,
    kind: LifeAct.Kind,
    to: State,
    reason: str,
    *,
    by: Person | None,
    at: datetime,
) -> LifeAct:
    """Move the partnership, keep the act with its reason, tell members and partners. Raises ``HeldWords``, too."""
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    _require_reason_passes_message_check(partnership, reason)
    if to == State.ACTIVE:
        partnerships.activate_partnership(partnership=partnership, by=by, at=at)
    else:
        partnerships.change_partnership_state(partnership=partnership, to=to, by=by, at=at)
    act = LifeAct.objects.create(partnership=partnership, kind=kind, reason=reason.strip()[:REASON], by=by, at=at)
    act.told = send_life_act_to_members(act, by=by, at=at) + send_life_act_to_mandate_holders(act, by=by, at=at)
    act.save(update_fields=["told"])
    note(verb=f"launch.{kind}", by=by, at=at, area=partnership.area.path, target=act, told=act.told)
    return act


def _require_reason_passes_message_check(partnership: Partnership, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    require_text_passes_check(reason, language=partnership.languages[0], rules=PUBLIC_RULES)


def _save_life_act(
    partnership: Partnership, kind: LifeAct.Kind, *, by: Person, at: datetime, reason: str = ""
) -> LifeAct:
    act = LifeAct.objects.create(partnership=partnership, kind=kind, reason=reason.strip()[:REASON], by=by, at=at)
    note(verb=f"launch.{kind}", by=by, at=at, area=partnership.area.path, target=act)
    return act


def _lock_partnership(partnership: Partnership) -> Partnership:
    return Partnership.objects.select_for_update(no_key=True).select_related("area").get(pk=partnership.pk)


@transaction.atomic
def launch_partnership(*, partnership: Partnership, by: Person | None, at: datetime) -> LifeAct:
    """Launch a partnership: it may now relay messages. The only way to the state ``active`` (R27).

    Raises ``NotAllowed``, ``FactsMissing`` with every fact that lacks (R12, R13, R21, R27, R35, R36, R92),
    ``StepNotOpen`` while an earlier step is open again, ``WrongState``.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    partnership = _lock_partnership(partnership)
    if partnership.launched_at is not None:
        raise WrongState
    now = step_plan_progress_of_partnership(partnership, at=at)
    lacking = facts_missing_for_launch(now.plan, now.facts)
    if lacking:
        raise FactsMissing(missing=" ".join(str(fact.missing) for fact in lacking))
    now.require_step_open("launch")
    partnerships.activate_partnership(partnership=partnership, by=by, at=at)
    act = LifeAct.objects.create(partnership=partnership, kind=LifeAct.Kind.LAUNCH, by=by, at=at)
    note(verb="launch.opened", by=by, at=at, area=partnership.area.path, target=act)
    return act
