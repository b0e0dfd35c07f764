"""What messages cost, as rows of a table: in whole euros, so that a sum tells of no single copy (T53)."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from plp.delivery.costs import PeriodCosts

NOTHING = "–"
CENTS = 100


@dataclass(frozen=True)
class CostCell:
    """An amount under its head."""

    head: str
    value: str


@dataclass(frozen=True)
class CostRow:
    """Who or what costs, and how much: this month, this year, by the end of the year, and what is left today."""

    name: str
    cells: list[CostCell]


def euros(cents: int) -> str:
    """Whole euros; of less than one only that it is."""
    if 0 < cents < CENTS:
        return "<\xa0€\xa01"
    return f"€\xa0{number_format(round(cents / CENTS), force_grouping=True)}"


def cost_row(name: str, costs: PeriodCosts) -> CostRow:
    """One row; without a cap nothing is said to be left."""
    remaining = (
        _("%(number)s of %(all)s") % {"number": euros(costs.left), "all": euros(costs.cap)} if costs.cap else NOTHING
    )
    amounts = {
        _("This month"): euros(costs.month),
        _("This year"): euros(costs.year),
        _("By 31 December, at this pace"): euros(costs.forecast),
        _("Left today"): remaining,
    }
    return CostRow(name, [CostCell(head, value) for head, value in amounts.items()])
