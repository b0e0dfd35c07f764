"""Copies of where partnerships stand, for lists: made again when the journal of a quarter has grown."""

from collections.abc import Iterable
from datetime import datetime

from plp.journal.models import Chain
from plp.launch.models import Position
from plp.launch.queries.positions import partnerships_with_stale_position
from plp.launch.queries.progress import Progress, step_plan_progress_of_partnership
from plp.launch.states import Standing
from plp.partnership.models import Partnership
from plp.toolbox.clock import local

AT_ONCE = 50  # how many a page may bring up to date before it answers; the daily round does the rest


def refresh_stale_plan_positions(*, partnerships: Iterable[Partnership], at: datetime, most: int = AT_ONCE) -> int:
    """Bring the copies of at most ``most`` partnerships up to date, if their journal has grown or a day has passed.

    Nothing is noted: the copy says nothing that the rows do not say. Answers how many were made again.
    """
    stale = list(partnerships_with_stale_position(partnerships, at=at)[:most])
    lengths = dict(Chain.objects.filter(key__in=[behind.area.path for behind in stale]).values_list("key", "length"))
    for partnership in stale:
        _save_plan_position(
            step_plan_progress_of_partnership(partnership, at=at), lengths.get(partnership.area.path, 0), at
        )
    return len(stale)


def _save_plan_position(progress: Progress, entries: int, at: datetime) -> None:
    today = local(at).date()
    days_passed = (
        Position.objects.filter(partnership=progress.partnership).values_list("passed", flat=True).first() or {}
    )
    steps_done = [state.step.key for state in progress.states if state.standing == Standing.DONE]
    passed = {key: days_passed.get(key, today.isoformat()) for key in steps_done}
    current = progress.current_step
    Position.objects.update_or_create(
        partnership=progress.partnership,
        defaults={
            "step": current.step.key if current else "",
            "since": current.since if current else None,
            "due": current.due if current else None,
            "missing": current.missing[0].key if current and current.missing else "",
            "done": len(steps_done),
            "steps": len(progress.states),
            "passed": passed,
            "entries": entries,
            "at": at,
        },
    )
