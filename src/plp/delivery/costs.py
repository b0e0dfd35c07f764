"""What channels that cost money have cost, and will cost by the end of the year at this pace: in euro cents."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet, Sum

from plp.delivery.channel import Metered
from plp.delivery.installed import channels
from plp.delivery.models import Spending
from plp.delivery.rules import start_of_belgian_day
from plp.toolbox.clock import local

PACE_DAYS = 90  # the pace is that of so many days ...
FEWEST_DAYS = 30  # ... or since the first copy, but never of fewer: one alarm is no habit


@dataclass(frozen=True)
class PeriodCosts:
    """Since the first of the month and of the year, by 31 December at this pace, and today; ``cap`` is that of a day.

    Parts are counted and priced as today: a supplier's bill may differ where its price changed.
    """

    month: int = 0
    year: int = 0
    forecast: int = 0
    today: int = 0
    cap: int = 0

    @property
    def cents_left_today(self) -> int:
        """What may still be spent today."""
        return max(0, self.cap - self.today)


def metered_channels() -> dict[str, Metered]:
    """The installed channels whose copies cost money."""
    return {key: channel for key, channel in channels().items() if isinstance(channel, Metered)}


def costs_by_area(area_paths: Collection[str], *, at: datetime) -> Mapping[str, Mapping[str, PeriodCosts]]:
    """The costs of each area (paths) by channel; one query. A channel without any costs has its cap all the same."""
    rows = Spending.objects.filter(scope=Spending.Scope.AREA, key__in=area_paths)
    counted = {(key, channel): costs for key, channel, costs in _costs_of_rows(rows, at)}
    caps = {key: channel.limits().area * channel.limits().cents for key, channel in metered_channels().items()}
    return {
        area: {channel: replace(counted.get((area, channel), PeriodCosts()), cap=cap) for channel, cap in caps.items()}
        for area in area_paths
    }


def costs_by_channel(at: datetime) -> Mapping[str, PeriodCosts]:
    """The costs of the whole installation by channel, with what has no area (codes, notes to office holders)."""
    rows = Spending.objects.filter(scope=Spending.Scope.DAY)
    counted = {channel: costs for _key, channel, costs in _costs_of_rows(rows, at)}
    return {
        key: replace(counted.get(key, PeriodCosts()), cap=channel.limits().day * channel.limits().cents)
        for key, channel in metered_channels().items()
    }


def sum_costs(costs: Iterable[PeriodCosts]) -> PeriodCosts:
    """The sum of costs; their caps are none of one another's."""
    terms = list(costs)
    names = ("month", "year", "forecast", "today")
    return PeriodCosts(**{name: sum(getattr(term, name) for term in terms) for name in names})


def _costs_of_rows(rows: QuerySet[Spending], at: datetime) -> list[tuple[str, str, PeriodCosts]]:
    """Key, channel and costs of counters, over this year and the days of the pace."""
    today = local(at).date()
    pace_start = today - timedelta(days=PACE_DAYS - 1)
    starts = {
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
        "pace": pace_start,
        "today": today,
    }
    sums: dict[str, Any] = {
        name: Sum("parts", filter=Q(since__gte=_belgian_midnight(day)), default=0) for name, day in starts.items()
    }
    begun = _belgian_midnight(min(starts.values()))
    prices = {key: channel.limits().cents for key, channel in metered_channels().items()}
    counted = (
        rows.filter(since__gte=begun, since__lte=at, channel__in=prices)
        .values_list("key", "channel")
        .annotate(**sums, first=Min("since", filter=Q(since__gte=_belgian_midnight(pace_start))))
        .order_by("key", "channel")
        .values("key", "channel", "first", *sums)
    )
    return [(row["key"], row["channel"], _costs_of_counter(row, prices[row["channel"]], today)) for row in counted]


def _costs_of_counter(row: Mapping[str, Any], cents_per_part: int, today: date) -> PeriodCosts:
    """The costs of one counter, with what the rest of the year would cost at its pace."""
    days = (today - local(row["first"]).date()).days + 1 if row["first"] else PACE_DAYS
    days_left = (today.replace(month=12, day=31) - today).days
    parts_to_come = round(row["pace"] * days_left / max(FEWEST_DAYS, days))
    return PeriodCosts(
        month=row["month"] * cents_per_part,
        year=row["year"] * cents_per_part,
        forecast=(row["year"] + parts_to_come) * cents_per_part,
        today=row["today"] * cents_per_part,
    )


def _belgian_midnight(day: date) -> datetime:
    """When a Belgian day began, in UTC, as counters have it."""
    return start_of_belgian_day(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
