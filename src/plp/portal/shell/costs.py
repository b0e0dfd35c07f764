"""What messages cost, as rows of a table: in whole euros, so that a sum tells of no single copy (T53)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from plp.delivery.costs import PeriodCosts, sum_costs
from plp.delivery.installed import channels

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


def whole_euros_text(cents: int) -> str:
    """Whole euros, the sign where the language puts it; of less than one only that it is."""
    is_less_than_one = 0 < cents < CENTS
    amount = 1 if is_less_than_one else round(cents / CENTS)
    return f"{'<\xa0' if is_less_than_one else ''}{_('€\xa0%s') % number_format(amount, force_grouping=True)}"


def cost_row(name: str, by_channel: Mapping[str, PeriodCosts]) -> CostRow:
    """One row of the costs by channel. What is left today is said of each channel that has a cap."""
    total = sum_costs(by_channel.values())
    capped = {key: costs for key, costs in by_channel.items() if costs.cap}
    remaining = [
        f"{channels()[key].label}\xa0{_remaining_text(costs)}" if len(capped) > 1 else _remaining_text(costs)
        for key, costs in capped.items()
    ]
    amounts = {
        _("This month"): whole_euros_text(total.month),
        _("This year"): whole_euros_text(total.year),
        _("By 31 December, at this pace"): whole_euros_text(total.forecast),
        _("Left today"): ", ".join(remaining) or NOTHING,
    }
    return CostRow(name, [CostCell(head, value) for head, value in amounts.items()])


def _remaining_text(costs: PeriodCosts) -> str:
    return _("%(number)s of %(all)s") % {
        "number": whole_euros_text(costs.cents_left_today),
        "all": whole_euros_text(costs.cap),
    }
