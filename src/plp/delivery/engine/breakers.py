"""Whether a supplier is well: a circuit breaker, opened by failures, closed by a trial."""

from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between two tries of a supplier that is down
BREAKS = 3  # failures in a row, without a success between them, before a supplier counts as down: at least these
FRESH = 2.0  # seconds for which a success speaks against one bad line beside it


class Breaker:
    """One supplier of a channel as one worker sees it.

    It opens at the first grave failure (no line, silence, "not now") unless another line had success a moment ago; of
    lesser failures it takes as many in a row as half of its ``lines``. While it is open one connection at a time tries
    again, after a pause that doubles until a copy has left. It closes when that copy has left, or as soon as a line
    stands if there is no better way meanwhile.
    """

    def __init__(self, now: Callable[[], float], lines: int = 0) -> None:
        self.now = now
        self.most = max(BREAKS, lines // 2)
        self.breaks = 0
        self.pause = 0.0
        self.open_since: float | None = None
        self.failing_since: float | None = None
        self.retry_at = 0.0
        self.probing = False
        self.well_at = float("-inf")
        self.is_told = False  # whether this worker said already how the supplier fares

    def failed(self, *, grave: bool = False, since: float | None = None, after: float | None = None) -> bool:
        """Note a failure; answers whether that is news: the breaker opened by it, or a trial failed.

        ``since``: when one line began to wait, if the supplier only kept it waiting, which says nothing about the
        others where they had success meanwhile.
        ``after``: the seconds for which the supplier asked to be left alone.
        """
        if self.open_since is not None and not self.probing:
            return False  # another line failed at the same time: one outage, one pause
        now = self.now()
        fresh = self.well_at > min(now - FRESH, now if since is None else since)
        self.breaks += not (fresh and since is not None)
        unproven = self.pause > 0
        if not (self.probing or unproven or (grave and not fresh) or self.breaks >= self.most):
            return False
        self.probing, self.is_told = False, True
        self.open_since = self.open_since or self.now()
        self.failing_since = self.failing_since or self.open_since
        self.pause = min(max(FIRST_PAUSE, self.pause * 2), LONGEST_PAUSE)
        self.retry_at = self.now() + max(self.pause, min(after or 0.0, LONGEST_PAUSE))
        return True

    def reached(self) -> bool:
        """A line stands, and no other supplier is well: the next copies are the trial. Answers whether the breaker
        closed by it.
        """
        if self.open_since is None:
            return False
        self.open_since, self.probing, self.breaks = None, False, 0
        return True

    def succeeded(self) -> bool:
        """A copy left, or the supplier said what is wrong with its recipient. Answers whether that is news: the breaker
        closed by it, as it does while somebody tries, or nobody said before how this supplier fares.
        """
        self.breaks, self.pause, self.failing_since = 0, 0.0, None
        self.well_at = self.now()
        is_first, self.is_told = not self.is_told, True
        return (self.probing and self.reached()) or is_first

    def left(self) -> None:
        """Whoever tried went away without an outcome: the next may try at once."""
        if self.probing:
            self.probing, self.retry_at = False, self.now()

    def is_due(self) -> bool:
        """Whether somebody may try a supplier that is down."""
        return self.open_since is not None and self.now() >= self.retry_at

    def probe(self) -> None:
        """Try it now: the others wait for the outcome."""
        self.retry_at = self.now() + LONGEST_PAUSE
        self.probing = True
