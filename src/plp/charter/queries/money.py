"""Reads of the financing plan."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from plp.charter.models import CostLine, FinancingPlan
from plp.charter.rules.money import FinancingData, YearlyCost, yearly_total
from plp.charter.states import FinancingState
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local


@dataclass(frozen=True)
class FinancingFigures:
    """A financing plan in figures: euro a year."""

    base: Decimal
    extra: Decimal

    @property
    def yearly_total(self) -> Decimal:
        """All costs of a year."""
        return self.base + self.extra


def financing_in_preparation(partnership: Partnership) -> FinancingPlan | None:
    """The draft of the financing plan."""
    return partnership.financing_plans.filter(state=FinancingState.DRAFT).first()


def financing_plan_in_force(partnership: Partnership) -> FinancingPlan | None:
    """The financing plan that holds."""
    return partnership.financing_plans.filter(state=FinancingState.SETTLED).first()


def insured_plan_of_neighbour(partnership: Partnership, reader: Person, *, at: datetime) -> FinancingPlan | None:
    """The financing plan of another partnership of the municipality that was insured last, and still is.

    Only of a partnership whose financing plan ``reader`` may write too: to others it does not exist.
    """
    around = Area.objects.containing(partnership.area.path).filter(kind=Area.Kind.MUNICIPALITY).first()
    if around is None:
        return None
    plans = FinancingPlan.objects.filter(
        state=FinancingState.SETTLED,
        insured_until__gte=local(at).date(),
        partnership__area__path__startswith=around.path,
        partnership__area__in=permitted_areas(reader, Permission.CHARTER_WRITE, at=at),
    ).exclude(insurer="")
    return plans.exclude(partnership=partnership).select_related("partnership__area").order_by("-settled_at").first()


def financing_as_data(plan: FinancingPlan) -> FinancingData:
    """The plan as plain data, for the rules."""
    return FinancingData(
        costs=[YearlyCost(line.kind, line.yearly, line.payer, line.paid_until) for line in plan.lines.all()],
        costs_nothing=plan.costs_nothing,
        contribution=plan.contribution,
        members_expected=plan.members_expected,
        alternative=plan.alternative,
        insurer=plan.insurer,
        insured=plan.insured,
        insured_until=plan.insured_until,
        uninsured_because=plan.uninsured_because,
    )


def financing_figures(plan: FinancingPlan) -> FinancingFigures:
    """The sums that the page shows."""
    money = financing_as_data(plan)
    kinds = {kind: [cost for cost in money.costs if cost.kind == kind] for kind in CostLine.Kind.values}
    return FinancingFigures(
        base=yearly_total(kinds[CostLine.Kind.BASE]), extra=yearly_total(kinds[CostLine.Kind.EXTRA])
    )
