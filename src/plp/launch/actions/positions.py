"""Copies of where partnerships stand, for lists: made again when the journal of a quarter has grown."""

from collections.abc import Iterable
from datetime import datetime

from plp.journal.models import Chain
from plp.launch.models import Position
from plp.launch.queries.positions import stale
from plp.launch.queries.where import Course, course
from plp.launch.states import Standing
from plp.partnership.models import Partnership
from plp.toolbox.clock import local

AT_ONCE = 50  # how many a page may bring up to date before it answers; the daily round does the rest


def refresh(*, partnerships: Iterable[Partnership], at: datetime, most: int = AT_ONCE) -> int:
    """Bring the copies of at most ``most`` partnerships up to date, if their journal has grown or a day has passed.

    Nothing is noted: the copy says nothing that the rows do not say. Answers how many were made again.
    """
    found = list(stale(partnerships, at=at)[:most])
    lengths = dict(Chain.objects.filter(key__in=[one.area.path for one in found]).values_list("key", "length"))
    for partnership in found:
        _write(course(partnership, at=at), lengths.get(partnership.area.path, 0), at)
    return len(found)


def _write(now: Course, entries: int, at: datetime) -> None:
    today = local(at).date()
    kept = Position.objects.filter(partnership=now.partnership).values_list("passed", flat=True).first() or {}
    done = [one.step.key for one in now.states if one.standing == Standing.DONE]
    passed = {key: kept.get(key, today.isoformat()) for key in done}
    current = now.current
    Position.objects.update_or_create(
        partnership=now.partnership,
        defaults={
            "step": current.step.key if current else "",
            "since": current.since if current else None,
            "due": current.due if current else None,
            "missing": current.missing[0].key if current and current.missing else "",
            "done": len(done),
            "steps": len(now.states),
            "passed": passed,
            "entries": entries,
            "at": at,
        },
    )
