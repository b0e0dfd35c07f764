"""What the journal says of an act, whole: verb, who, where, what, and the details."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models

from plp.journal.models import Entry
from plp.journal.queries import target_name, verify_journal

type Line = tuple[str, str, str, str, dict[str, Any]]


def line(verb: str, by: models.Model | None, area: str, target: models.Model | str, **details: Any) -> Line:
    """What is expected of one entry."""
    named = target if isinstance(target, str) else target_name(target)
    return verb, str(by.pk) if by else "", area, named, details


@contextmanager
def journalled() -> Iterator[list[Line]]:
    """Every entry that is written inside, chain by chain in its order, once it is over; and the chains hold."""
    before, lines = set(Entry.objects.values_list("pk", flat=True)), []
    yield lines
    found = sorted(Entry.objects.exclude(pk__in=before), key=lambda entry: (entry.chain, entry.number))
    lines += [(one.verb, one.actor, one.area, one.target, one.details) for one in found]
    assert verify_journal().flaws == ()
