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

    ``always``: also by a worker that stands still because its clock is wrong.
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

    def run(self) -> None:
        """Do it. Whatever goes wrong is told by its kind and stops no delivery; the next time comes."""
        try:
            self.action()
        except Exception as failure:
            log.error("a chore of the worker failed: %s", type(failure).__name__)


def outage_expiry(clock: Callable[[], datetime]) -> PeriodicTask:
    """Show no outage any more that no worker meets: it died with what it knew, or nothing was sent since."""

    def clear_old_outages() -> None:
        old = Supplier.objects.exclude(suspended_at=None).filter(changed_at__lte=clock() - OUTAGE_OUTDATED)
        old.update(suspended_at=None, reason="", changed_at=clock())

    return PeriodicTask(EXPIRE_OUTAGES_EVERY, clear_old_outages)
