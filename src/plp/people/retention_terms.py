"""How long a kind of data is kept: what the house says, or what a zone made shorter (R84)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Min

from plp.people.models import RetentionTerm


def shortest_terms_by_kind() -> Mapping[str, timedelta]:
    """The shortest term that a zone chose, by kind of data: one query. One installation erases for all its zones."""
    rows = RetentionTerm.objects.values_list("key").annotate(days=Min("days")).order_by("key")
    return {key: timedelta(days=days) for key, days in rows}


def retention_term(data_kind: str, longest: timedelta) -> timedelta:
    """How long ``data_kind`` is kept: ``longest``, unless a zone chose less."""
    return min(longest, shortest_terms_by_kind().get(data_kind, longest))
