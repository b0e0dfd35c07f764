"""Whether a supplier is well: a circuit breaker, opened by failures, closed by a trial."""

from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between two tries of a supplier that is down
BREAKS = 3  # failures in a row, without a success between them, before a supplier counts as down
FRESH = 2.0  # seconds for which a success speaks against one bad line beside it


class Breaker:
    """One supplier of a channel as one worker sees it.

    It opens at the first grave failure (no line, silence, "not now") unless another line had success a moment ago; of
    lesser failures it takes ``BREAKS`` in a row. While it is open one connection at a time tries again, after a pause
    that doubles until a copy has left.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.breaks = 0
        self.pause = 0.0
        self.open_since: float | None = None
        self.failing_since: float | None = None
        self.retry_at = 0.0
        self.probing = False
        self.well_at = float("-inf")

    def failed(self, *, grave: bool = False, slow: bool = False, after: float | None = None) -> bool:
        """Note a failure; answers whether the breaker opened by it.

        ``slow``: the supplier only kept one line waiting, which says nothing about the others where they have success.
        ``after``: the seconds for which the supplier asked to be left alone.
        """
        if self.open_since is not None and not self.probing:
            return False  # another line failed at the same time: one outage, one pause
        fresh = self.now() - self.well_at < FRESH
        self.breaks += not (slow and fresh)
        unproven = self.pause > 0
        if not (self.probing or unproven or (grave and not fresh) or self.breaks >= BREAKS):
            return False
        opened = self.open_since is None
        self.probing = False
        self.open_since = self.now() if opened else self.open_since
        self.failing_since = self.failing_since or self.open_since
        self.pause = min(max(FIRST_PAUSE, self.pause * 2), LONGEST_PAUSE)
        self.retry_at = self.now() + max(self.pause, min(after or 0.0, LONGEST_PAUSE))
        return opened

    def reached(self) -> bool:
        """A line stands: the next copy is the trial. Answers whether the breaker closed by it."""
        if self.open_since is None:
            return False
        self.open_since, self.probing, self.breaks = None, False, 0
        return True

    def succeeded(self) -> None:
        """A copy left, or the supplier said what is wrong with its recipient."""
        self.breaks, self.pause, self.failing_since = 0, 0.0, None
        self.well_at = self.now()

    def is_due(self) -> bool:
        """Whether somebody may try a supplier that is down."""
        return self.open_since is not None and self.now() >= self.retry_at

    def probe(self) -> None:
        """Try it now: the others wait for the outcome."""
        self.retry_at = self.now() + LONGEST_PAUSE
        self.probing = True
