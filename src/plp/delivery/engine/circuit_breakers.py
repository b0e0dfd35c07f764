"""Whether a supplier is well: a circuit breaker, opened by failures, closed by a trial."""

from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between two tries of a supplier that is down
FEWEST_FAILURES = (
    3  # failures in a row, without a success between them, before a supplier counts as down: at least these
)
SUCCESS_COUNTS_FOR = 2.0  # seconds for which a success speaks against one bad connection beside it


class CircuitBreaker:
    """One supplier of a channel as one worker sees it.

    It opens at the first grave failure (no connection, silence, "not now") unless another connection had success a
    moment ago; of lesser failures it takes as many in a row as half of its ``connections``. While it is open one
    connection at a time tries again, after a pause that doubles until a copy has left. It closes when that copy has
    left, or as soon as a connection stands if there is no better way meanwhile.
    """

    def __init__(self, now: Callable[[], float], connections: int = 0) -> None:
        self.now = now
        self.failures_allowed = max(FEWEST_FAILURES, connections // 2)
        self.failures_in_row = 0
        self.pause = 0.0
        self.open_since: float | None = None
        self.failing_since: float | None = None
        self.retry_at = 0.0
        self.probing = False
        self.last_success = float("-inf")
        self.is_reported = False  # whether this worker said already how the supplier fares

    def record_failure(
        self, *, grave: bool = False, since: float | None = None, pause_seconds: float | None = None
    ) -> bool:
        """Note a failure; answers whether that is news: the breaker opened by it, or a trial failed.

        ``since``: when one connection began to wait, if the supplier only kept it waiting, which says nothing about the
        others where they had success meanwhile.
        ``pause_seconds``: the seconds for which the supplier asked to be left alone.
        """
        if self.open_since is not None and not self.probing:
            return False  # another connection failed at the same time: one outage, one pause
        now = self.now()
        fresh = self.last_success > min(now - SUCCESS_COUNTS_FOR, now if since is None else since)
        self.failures_in_row += not (fresh and since is not None)
        unproven = self.pause > 0
        if not (self.probing or unproven or (grave and not fresh) or self.failures_in_row >= self.failures_allowed):
            return False
        self.probing, self.is_reported = False, True
        self.open_since = self.open_since or self.now()
        self.failing_since = self.failing_since or self.open_since
        self.pause = min(max(FIRST_PAUSE, self.pause * 2), LONGEST_PAUSE)
        self.retry_at = self.now() + max(self.pause, min(pause_seconds or 0.0, LONGEST_PAUSE))
        return True

    def record_connection(self) -> bool:
        """A connection stands, and no other supplier is well: the next copies are the trial. Answers whether the
        breaker closed by it.
        """
        if self.open_since is None:
            return False
        self.open_since, self.probing, self.failures_in_row = None, False, 0
        return True

    def record_success(self) -> bool:
        """A copy left, or the supplier said what is wrong with its recipient. Answers whether that is news: the breaker
        closed by it, as it does while somebody tries, or nobody said before how this supplier fares.
        """
        self.failures_in_row, self.pause, self.failing_since = 0, 0.0, None
        self.last_success = self.now()
        is_first, self.is_reported = not self.is_reported, True
        return (self.probing and self.record_connection()) or is_first

    def abandon_trial(self) -> None:
        """Whoever tried went away without an outcome: the next may try at once."""
        if self.probing:
            self.probing, self.retry_at = False, self.now()

    def is_trial_due(self) -> bool:
        """Whether somebody may try a supplier that is down."""
        return self.open_since is not None and self.now() >= self.retry_at

    def begin_trial(self) -> None:
        """Try it now: the others wait for the outcome."""
        self.retry_at = self.now() + LONGEST_PAUSE
        self.probing = True
