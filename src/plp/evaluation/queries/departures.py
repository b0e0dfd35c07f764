"""Why members left, as far as they said so: counts of five or more, and no part that could tell of fewer."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Sum

from plp.evaluation.models import LeavingCount
from plp.evaluation.rules import parts_withheld_for_anonymity
from plp.people.small_counts import FEWEST


def shown_leaving_reason_counts(partnerships: Collection[UUID], *, since: date) -> dict[str, int]:
    """How many gave each reason from the month ``since`` on; empty while fewer than five said anything. One query."""
    rows = LeavingCount.objects.filter(partnership__in=partnerships, month__gte=since.replace(day=1))
    counts = dict(rows.order_by().values_list("reason").annotate(n=Sum("members")))
    if sum(counts.values()) < FEWEST:
        return {}
    hidden = parts_withheld_for_anonymity(counts)
    return {reason: number for reason, number in counts.items() if number and reason not in hidden}
