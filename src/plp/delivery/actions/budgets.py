"""What was counted as spent, once it is of no more use."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.delivery.models import Spending
from plp.people.models import Person

KEPT = timedelta(days=2)  # counters of single numbers; the sums of days and quarters name nobody and stay


@transaction.atomic
def delete_old_number_and_code_counters(*, by: Person | None, at: datetime) -> int:  # noqa: ARG001  as every action
    """Delete the counters of numbers that are over (R84). Answers how many."""
    scopes = [Spending.Scope.NUMBER, Spending.Scope.CODES]
    return Spending.objects.filter(scope__in=scopes, since__lt=at - KEPT).delete()[0]
