"""Writes of the communication plan: draft, agree, put in force."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plp.charter.actions.amendments import raise_and_mail_amendment
from plp.charter.models import Amendment, CommunicationPlan, PlanRule
from plp.charter.queries import rules_of_plan
from plp.charter.rules import MessageRule, plan_rule_faults
from plp.charter.rules.plan import LONGEST_SILENCE, SHORTEST_SILENCE, SILENCE_DAYS
from plp.charter.states import PLAN_MOVES, PlanState
from plp.delivery.installed import channels
from plp.journal.actions import note
from plp.mandates.grants import POLICE, Permission
from plp.mandates.queries import mandates_with, require, require_unless_machine
from plp.partnership.gates import Gate, require_gate, require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import Refused, WrongState, move

FAULT_WORDS = {
    "no_channel": _("This kind of message has no channel. Tick at least one."),
    "unknown_channel": _("This kind of message names a channel that is not installed here."),
    "no_relayer": _("This kind of message goes through the coordinator, but nobody may relay it."),
    "not_direct": _("Only alarms, missing persons and disasters may go directly to the members."),
    "too_long": _("This kind of message may not live that long."),
    "late_hands": _(
        "The message would have ended before the next person is asked. Let it pass on sooner than it is no longer sent."
    ),
    "half_hours": _("Give both the hour from which and the hour until which messages may leave, or none."),
    "equal_hours": _("From an hour until the same hour, nothing could leave. Choose two different hours, or none."),
    "double_channel": _("This means stands here twice. Choose another one, or none."),
}


class BadSilenceLength(Refused):
    """Shorter than two weeks or longer than a year: nobody could keep it, or notice it."""

    sentence = _("Choose a number of days between %(least)d and %(most)d.")


class FaultyPlan(Refused):
    """A row of the plan cannot work. ``details``: ``kind`` and ``fault``, the words of the first fault."""

    sentence = _("%(kind)s: %(fault)s")


@transaction.atomic
def draft_next_plan_version(
    *,
    partnership: Partnership,
    rules: Sequence[MessageRule],
    silence_days: int = SILENCE_DAYS,
    takes_supralocal: bool = True,
    by: Person | None,
    at: datetime,
) -> CommunicationPlan:
    """Write the next version of the plan (R49).

    Raises ``BadSilenceLength``, or ``FaultyPlan`` for the first bad row.
    """
    require_unless_machine(by, Permission.PLAN_WRITE, partnership.area, at=at)
    require_gate(partnership, Gate.AREA, by=by, at=at)
    _refuse_faulty_rules(rules)
    _refuse_silence_out_of_range(silence_days)
    last = partnership.plans.aggregate(last=Max("version"))["last"] or 0
    plan = CommunicationPlan.objects.create(
        partnership=partnership,
        version=last + 1,
        written_at=at,
        silence_days=silence_days,
        takes_supralocal=takes_supralocal,
    )
    PlanRule.objects.bulk_create(_plan_rule_row(plan, rule) for rule in rules)
    note(verb="plan.drafted", by=by, at=at, area=partnership.area.path, target=plan, version=plan.version)
    return plan


@transaction.atomic
def change_plan_rule_and_void_agreements(
    *, plan: CommunicationPlan, rule: MessageRule, by: Person, at: datetime
) -> None:
    """Change one row of a draft; what either side agreed to before is void."""
    require(by, Permission.PLAN_WRITE, plan.partnership.area, at=at)
    _refuse_faulty_rules([rule])
    _change_draft_and_void_agreements(plan)
    PlanRule.objects.filter(plan=plan, kind=rule.kind).delete()
    _plan_rule_row(plan, rule).save()
    note(verb="plan.amended", by=by, at=at, area=plan.partnership.area.path, target=plan, kind=rule.kind)


@transaction.atomic
def set_silence_days_and_void_agreements(*, plan: CommunicationPlan, days: int, by: Person, at: datetime) -> None:
    """Say in a draft after how many days without a message both sides are told (R130); what was agreed is void.

    Raises ``NotAllowed``, ``BadSilenceLength`` or ``WrongState``.
    """
    require(by, Permission.PLAN_WRITE, plan.partnership.area, at=at)
    _refuse_silence_out_of_range(days)
    _change_draft_and_void_agreements(plan, silence_days=days)
    plan.silence_days = days
    note(verb="plan.amended", by=by, at=at, area=plan.partnership.area.path, target=plan, silence_days=days)


@transaction.atomic
def set_takes_supralocal_and_void_agreements(*, plan: CommunicationPlan, takes: bool, by: Person, at: datetime) -> None:
    """Say in a draft whether messages of other zones may be offered (R120); what was agreed is void.

    Raises ``NotAllowed`` or ``WrongState``.
    """
    require(by, Permission.PLAN_WRITE, plan.partnership.area, at=at)
    _change_draft_and_void_agreements(plan, takes_supralocal=takes)
    plan.takes_supralocal = takes
    note(verb="plan.amended", by=by, at=at, area=plan.partnership.area.path, target=plan, takes_supralocal=takes)


@transaction.atomic
def agree_plan_and_enforce_when_both(*, plan: CommunicationPlan, by: Person, at: datetime) -> None:
    """Agree for one's side: police with ``plan.agree``, partnership with ``plan.write``. Both: it is in force (R49)."""
    area = plan.partnership.area
    is_police = mandates_with(by, Permission.PLAN_AGREE, at=at).filter(role__in=POLICE).exists()
    require(by, Permission.PLAN_AGREE if is_police else Permission.PLAN_WRITE, area, at=at)
    require_living(plan.partnership)
    side = "police_agreed_by" if is_police else "partnership_agreed_by"
    if not CommunicationPlan.objects.filter(pk=plan.pk, state=PlanState.DRAFT).update(**{side: by}):
        raise WrongState
    plan.refresh_from_db()
    note(verb="plan.agreed", by=by, at=at, area=area.path, target=plan, side=side)
    if plan.police_agreed_by_id and plan.partnership_agreed_by_id:
        _put_in_force_and_amend_charter(plan, by=by, at=at)


def _put_in_force_and_amend_charter(plan: CommunicationPlan, *, by: Person, at: datetime) -> None:
    """Replace the plan in force by this one."""
    _refuse_faulty_rules(rules_of_plan(plan))
    for old in CommunicationPlan.objects.filter(partnership=plan.partnership, state=PlanState.IN_FORCE):
        move(old, PlanState.SUPERSEDED, table=PLAN_MOVES, in_force_until=at)
    move(plan, PlanState.IN_FORCE, table=PLAN_MOVES, in_force_from=at)
    note(verb="plan.in_force", by=by, at=at, area=plan.partnership.area.path, target=plan, version=plan.version)
    raise_and_mail_amendment(partnership=plan.partnership, cause=Amendment.Cause.PLAN, by=by, at=at)


def _refuse_faulty_rules(rules: Sequence[MessageRule]) -> None:
    """Raise ``FaultyPlan`` for the first row that cannot work."""
    for rule in rules:
        wrong = plan_rule_faults(rule, installed=channels())
        if wrong:
            label = dict(PlanRule._meta.get_field("kind").flatchoices)[rule.kind]
            raise FaultyPlan(kind=label, fault=FAULT_WORDS[wrong[0]])


def _refuse_silence_out_of_range(days: int) -> None:
    if not SHORTEST_SILENCE <= days <= LONGEST_SILENCE:
        raise BadSilenceLength(least=SHORTEST_SILENCE, most=LONGEST_SILENCE)


def _change_draft_and_void_agreements(plan: CommunicationPlan, **changes: int | str) -> None:
    """Change a draft: what either side agreed to before holds no more. Raises ``WrongState`` or ``PartnershipOver``."""
    require_living(plan.partnership)
    open_plan = CommunicationPlan.objects.filter(pk=plan.pk, state=PlanState.DRAFT)
    if not open_plan.update(partnership_agreed_by=None, police_agreed_by=None, **changes):
        raise WrongState


def _plan_rule_row(plan: CommunicationPlan, rule: MessageRule) -> PlanRule:
    """The table row of a rule."""
    return PlanRule(
        plan=plan,
        kind=rule.kind,
        route=rule.route,
        writers=list(rule.writers),
        releasers=list(rule.releasers),
        relayers=list(rule.relayers),
        channels=list(rule.channels),
        hours_from=rule.hours_from,
        hours_until=rule.hours_until,
        expiry_minutes=rule.expiry_minutes,
        feedback_hours=rule.feedback_hours,
        release_minutes=rule.release_minutes,
        relay_minutes=rule.relay_minutes,
        required_languages=list(rule.required_languages),
        answers_narrowed=rule.answers_narrowed,
        acknowledged=rule.acknowledged,
    )
