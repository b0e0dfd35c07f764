"""Somebody tries codes until one is right: the watch tells the operator (T5)."""

from datetime import datetime, timedelta

from django.db.models import Sum

from plp.people.models import Code

NOTICED = 300  # tries at codes that were really sent, in an hour
HOUR = timedelta(hours=1)


def is_guessed(at: datetime) -> bool:
    """Whether so many tries were made in the past hour. Nobody is refused for it (ADR 34)."""
    tries = Code.objects.filter(created_at__gt=at - HOUR).aggregate(tries=Sum("tries"))["tries"]
    return (tries or 0) >= NOTICED


def forget_codes(*, at: datetime) -> int:
    """Delete the codes that have been over for an hour; answer how many."""
    return Code.objects.filter(expires_at__lt=at - HOUR).delete()[0]
