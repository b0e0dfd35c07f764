"""Does a financing plan hold together? (R144-R146)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

BASE = "base"
MEMBERS = "members"


@dataclass(frozen=True)
class YearlyCost:
    """One line, free of the database: ``yearly`` in euro, ``paid_until`` empty when the payer set no end."""

    kind: str
    yearly: Decimal
    payer: str
    paid_until: date | None


@dataclass(frozen=True)
class FinancingData:
    """A financing plan, free of the database."""

    costs: Sequence[YearlyCost]
    costs_nothing: bool
    contribution: Decimal | None
    members_expected: int | None
    alternative: str
    insurer: str
    insured: str
    insured_until: date | None
    uninsured_because: str


# Which costs a contradiction is about, where it is about some of them.
ABOUT: Mapping[str, Callable[[YearlyCost, date], bool]] = {
    "ended": lambda cost, today: cost.paid_until is not None and cost.paid_until < today,
    "no_alternative": lambda cost, _today: cost.paid_until is not None,
    "no_contribution": lambda cost, _today: cost.payer == MEMBERS,
}


def indexes_of_contradictory_costs(fault: str, costs: Sequence[YearlyCost], *, today: date) -> list[int]:
    """The places, from 0 on, of the costs that a contradiction is about; none when it is about the whole plan."""
    is_meant = ABOUT.get(fault)
    return [place for place, cost in enumerate(costs) if is_meant is not None and is_meant(cost, today)]


def yearly_total(costs: Sequence[YearlyCost], *, payer: str | None = None) -> Decimal:
    """The costs of a year, all or those of one payer."""
    return sum((cost.yearly for cost in costs if payer in {None, cost.payer}), Decimal(0))


def financing_contradictions(money: FinancingData, *, today: date) -> list[str]:
    """What stands in the way of settling the plan, as short keys in the order of the page; empty when all is well.

    A contribution covers costs and nothing more (R145): members times contribution may not exceed what they bear.
    """
    by_members = yearly_total(money.costs, payer=MEMBERS)
    income = (money.contribution or Decimal(0)) * (money.members_expected or 0)
    ends = [cost.paid_until for cost in money.costs if cost.paid_until]
    found = {
        "no_costs": not money.costs and not money.costs_nothing,
        "denied_costs": bool(money.costs) and money.costs_nothing,
        "no_base": bool(money.costs) and all(cost.kind != BASE for cost in money.costs),
        "ended": any(day < today for day in ends),
        "no_alternative": bool(ends) and not money.alternative.strip(),
        "no_contribution": bool(by_members) and not money.contribution,
        "no_members": bool(money.contribution) and not money.members_expected,
        "above_costs": income > by_members,
        "half_insured": bool(money.insurer) and not (money.insured and money.insured_until),
        "insurance_ended": bool(money.insured_until and money.insured_until < today),
        "insured_and_not": bool(money.insurer and money.uninsured_because),
        "no_insurance": not money.insurer and not money.uninsured_because.strip(),
    }
    return [key for key, is_wrong in found.items() if is_wrong]
