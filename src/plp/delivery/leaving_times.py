"""How fast copies leave: the goal, and what was measured on the newest of the past thirty days (figure G6).

A copy that waited on purpose (quiet hours, a chosen hour) is timed from the moment at which it was due; one that was
tried again from the moment at which it was queued. It has left once the supplier took it: when the receipt of its
arrival comes does not count. What people carry, letters and calls by hand, is not timed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from plp.delivery.installed import senders
from plp.delivery.models import Dispatch
from plp.delivery.states import State

GOAL = timedelta(seconds=10)  # for 95 of a hundred copies: the floor of G6
SHARE = 95
PERIOD = timedelta(days=30)
NEWEST_ROWS = 2_000  # rows looked at: the question stays cheap however many there are
LEFT = frozenset({State.ACCEPTED, State.DELIVERED})
KEPT = 300  # seconds
CACHE_KEY = "delivery.leaving_times"


@dataclass(frozen=True)
class LeavingTime:
    """Within how many seconds 95 of a hundred copies left, and whether that is the goal."""

    seconds: int

    @property
    def is_within_goal(self) -> bool:
        """Whether the goal is reached."""
        return self.seconds <= GOAL.total_seconds()


def leaving_time_of_95_percent(at: datetime) -> LeavingTime | None:
    """What was measured, at most five minutes old; ``None`` where nothing left in the past thirty days. One query."""
    seconds = cache.get(CACHE_KEY)
    if seconds is None:
        columns = ("channel", "state", "tries", "queued_at", "due_at", "settled_at")
        newest, machines = Dispatch.objects.order_by("-id").values_list(*columns), senders()
        seconds = percentile_seconds(
            settled - (max(queued, due) if tries <= 1 else queued)
            for channel, state, tries, queued, due, settled in newest[:NEWEST_ROWS]
            if channel in machines and state in LEFT and settled is not None and settled > at - PERIOD
        )
        cache.set(CACHE_KEY, -1 if seconds is None else seconds, KEPT)
    return None if seconds is None or seconds < 0 else LeavingTime(seconds)


def percentile_seconds(spans: Iterable[timedelta], percent: int = SHARE) -> int | None:
    """The whole seconds within which ``percent`` of a hundred of ``spans`` lie; ``None`` of none."""
    lengths = sorted(max(0.0, span.total_seconds()) for span in spans)
    if not lengths:
        return None
    place = -(-len(lengths) * percent // 100) - 1
    return -(-int(lengths[place] * 1000) // 1000)
