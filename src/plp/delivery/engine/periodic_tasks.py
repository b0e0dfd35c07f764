"""What a worker does now and then beside delivering, in the thread that commits."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from plp.delivery.models import Supplier

log = logging.getLogger(__name__)
EXPIRE_OUTAGES_EVERY = 60.0  # seconds
OUTAGE_OUTDATED = timedelta(minutes=15)  # no worker met the failure of a supplier again: each tries every half minute


@dataclass
class PeriodicTask:
    """Something to be done at once and then every so many seconds. ``action`` may be done twice at the same time.

    An action that has much to do does a part, and answers ``True`` while there is more: it goes on behind the next
    commit, so that no message waits for the whole. ``always``: also by a worker that stands still because its clock is
    wrong.
    """

    every: float
    action: Callable[[], object]
    due: float = 0.0
    always: bool = False

    def is_due(self, now: float) -> bool:
        """Whether it is time; the next time is then set."""
        if now < self.due:
            return False
        self.due = now + self.every
        return True

    def run(self) -> bool:
        """Do it, or a part; whether there is more, which is due at once. Whatever goes wrong is told by its kind and
        stops no delivery; the next time comes.
        """
        try:
            has_more = self.action() is True
        except Exception as failure:
            log.error("a chore of the worker failed: %s", type(failure).__name__)
            return False
        if has_more:
            self.due = 0.0
        return has_more


def outage_expiry(clock: Callable[[], datetime]) -> PeriodicTask:
    """Show no outage any more that no worker meets: it died with what it knew, or nothing was sent since."""

    def clear_old_outages() -> None:
        old = Supplier.objects.exclude(suspended_at=None).filter(changed_at__lte=clock() - OUTAGE_OUTDATED)
        old.update(suspended_at=None, reason="", changed_at=clock())

    return PeriodicTask(EXPIRE_OUTAGES_EVERY, clear_old_outages)
