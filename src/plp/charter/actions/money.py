"""Writes of the financing plan: begin, fill in, settle (R144-R146)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plp.charter import refusals
from plp.charter.actions.amendments import raise_and_mail_amendment
from plp.charter.models import Amendment, CostLine, FinancingPlan
from plp.charter.queries import (
    financing_as_data,
    financing_in_preparation,
    financing_plan_in_force,
    untranslated_texts_of_plan,
)
from plp.charter.rules import financing_contradictions
from plp.charter.states import FINANCING_MOVES, FinancingState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership
from plp.partnership.translations import Translations
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState, move

CONTRADICTIONS = {
    "no_costs": _("Enter at least one cost, or tick that the partnership costs nothing."),
    "denied_costs": _("The plan says that the partnership costs nothing, yet it lists costs. Remove one of the two."),
    "no_base": _("Enter the running costs first: what the day-to-day work costs. Extra costs come on top."),
    "ended": _("Some funding has already ended. Change its date, or say who pays now."),
    "no_alternative": _("Some funding will end one day. Write what the partnership does when it stops."),
    "no_contribution": _(
        "The members bear a cost, but the plan asks for no contribution. Enter one, or choose another."
    ),
    "no_members": _("Enter how many members you expect: the contributions may not exceed the costs."),
    "above_costs": _("The contributions bring in more than the members' costs. Ask for less: it may only cover costs."),
    "half_insured": _("Say what is insured, and until when."),
    "insurance_ended": _("The insurance has already ended. Enter the new date, or say why there is none."),
    "insured_and_not": _("The plan names an insurer and a reason for having none. Remove one of the two."),
    "no_insurance": _("Say who insures the volunteers, or why nobody does yet."),
}


@dataclass(frozen=True)
class CostEntry:
    """One cost as it was typed."""

    kind: str
    what: str
    yearly: Decimal
    payer: str
    paid_until: date | None = None
    translations: Translations | None = None


@dataclass(frozen=True)
class FinancingEntry:
    """A financing plan as it was typed. It may contradict itself: it is a draft."""

    lines: Sequence[CostEntry] = ()
    costs_nothing: bool = False
    contribution: Decimal | None = None
    members_expected: int | None = None
    alternative: str = ""
    insurer: str = ""
    insured: str = ""
    insured_until: date | None = None
    uninsured_because: str = ""
    translations: Translations | None = None


PLAIN = (
    "costs_nothing contribution members_expected alternative insurer insured insured_until uninsured_because".split()
)
KEPT = [*PLAIN, "translations"]


@transaction.atomic
def get_or_begin_financing_draft(*, partnership: Partnership, by: Person | None, at: datetime) -> FinancingPlan:
    """The draft of the financing plan; begun now, from what holds, when there is none."""
    require_unless_machine(by, Permission.CHARTER_WRITE, partnership.area, at=at)
    require_gate(partnership, Gate.AREA, by=by, at=at)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    known = financing_in_preparation(partnership)
    if known:
        return known
    old = financing_plan_in_force(partnership)
    last = partnership.financing_plans.aggregate(last=Max("version"))["last"] or 0
    given = {name: getattr(old, name) for name in KEPT} if old else {}
    plan = FinancingPlan.objects.create(partnership=partnership, version=last + 1, written_at=at, **given)
    for line in old.lines.all() if old else []:
        line.pk, line.plan = None, plan
        line._state.adding = True
        line.save()
    note(verb="financing.drafted", by=by, at=at, area=partnership.area.path, target=plan, version=plan.version)
    return plan


@transaction.atomic
def save_financing_draft(*, plan: FinancingPlan, entry: FinancingEntry, by: Person | None, at: datetime) -> None:
    """Keep what was typed, even half of it. Raises ``WrongState`` once the plan is settled."""
    area = plan.partnership.area
    require_unless_machine(by, Permission.CHARTER_WRITE, area, at=at)
    require_gate(plan.partnership, Gate.AREA, by=by, at=at)
    given = {name: getattr(entry, name) for name in KEPT}
    open_plan = FinancingPlan.objects.filter(pk=plan.pk, state=FinancingState.DRAFT)
    if not open_plan.update(written_at=at, **given):
        raise WrongState
    plan.lines.all().delete()
    CostLine.objects.bulk_create(
        CostLine(
            plan=plan,
            position=position,
            kind=line.kind,
            what=line.what,
            yearly=line.yearly,
            payer=line.payer,
            paid_until=line.paid_until,
            translations=line.translations,
        )
        for position, line in enumerate(entry.lines)
    )
    plan.refresh_from_db()
    note(verb="financing.written", by=by, at=at, area=area.path, target=plan, lines=len(entry.lines))


@transaction.atomic
def adopt_financing_and_amend_charter(
    *, plan: FinancingPlan, by: Person | None, at: datetime, may_be_untranslated: bool = False
) -> None:
    """Let the plan hold.

    Raises ``FinancingContradiction`` with what does not fit, ``TextsUntranslated`` while a text lacks in a language of
    the partnership unless it ``may_be_untranslated``, ``WrongState`` when it holds already.
    """
    partnership = plan.partnership
    require_unless_machine(by, Permission.CHARTER_WRITE, partnership.area, at=at)
    wrong = financing_contradictions(financing_as_data(plan), today=local(at).date())
    if wrong:
        raise refusals.FinancingContradiction(fault=CONTRADICTIONS[wrong[0]])
    untranslated = untranslated_texts_of_plan(plan)
    if untranslated and not may_be_untranslated:
        raise refusals.TextsUntranslated
    old = financing_plan_in_force(partnership)
    if old:
        move(old, FinancingState.SUPERSEDED, table=FINANCING_MOVES)
    move(plan, FinancingState.SETTLED, table=FINANCING_MOVES, settled_at=at)
    facts = {"version": plan.version, "untranslated": len(untranslated)}
    note(verb="financing.settled", by=by, at=at, area=partnership.area.path, target=plan, **facts)
    raise_and_mail_amendment(partnership=partnership, cause=Amendment.Cause.FINANCING, by=by, at=at)
