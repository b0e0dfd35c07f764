"""How often people reported something to the police, by month and by period (R138)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from plp.followup.models import ReportCount
from plp.partnership.models import Partnership
from plp.places.queries import municipalities_of_quarter
from plp.sightings.queries import count_sightings


@dataclass(frozen=True)
class Reported:
    """Reports of a period as far as they were counted: ``months`` says of how many months numbers are there."""

    months: int
    members: int
    others: int


def report_counts_of(partnership: Partnership) -> QuerySet[ReportCount]:
    """The months that were counted, the newest first."""
    return ReportCount.objects.filter(partnership=partnership).order_by("-month")


def report_count_totals(partnership: Partnership, *, begins: date, until: date) -> Reported | None:
    """The sums of the months that begin between two days, both included; ``None`` when none was counted: one query."""
    found = ReportCount.objects.filter(partnership=partnership, month__gte=begins, month__lte=until)
    sums = found.aggregate(number=Count("pk"), members=Sum("members"), others=Sum("others"))
    return Reported(sums["number"], sums["members"], sums["others"]) if sums["number"] else None


def municipal_sightings_by_month(partnership: Partnership, months: Iterable[date]) -> dict[date, int]:
    """How many sightings came in through this site in the municipality, by month: no partnership owns one (R75)."""
    around = municipalities_of_quarter(partnership.area)
    return {
        first: sum(
            sum(count_sightings(one, since=first, until=first_of_next_month(first))["kind"].values()) for one in around
        )
        for first in months
    }


def first_of_next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
