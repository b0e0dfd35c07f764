"""What a worker does now and then beside delivering."""

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

    An action that has much to do does a part, and answers ``True`` while there is more: other chores come between.
    ``due`` is by the clock of the event loop. ``always``: also by a worker that stands still for its wrong clock,
    and in the thread that commits.
    """

    every: float
    action: Callable[[], object]
    due: float = 0.0
    always: bool = False
    is_unfinished: bool = False  # a part is done, and there is more

    def run_and_report_more_work(self) -> bool:
        """Do it, or a part; whether there is more. Whatever goes wrong is told by its kind and stops no delivery; the
        next time comes.
        """
        try:
            return self.action() is True
        except Exception as failure:
            log.error("a chore of the worker failed: %s", type(failure).__name__)
            return False


def task_to_clear_old_outages(clock: Callable[[], datetime]) -> PeriodicTask:
    """Show no outage any more that no worker meets: it died with what it knew, or nothing was sent since."""

    def clear_old_outages() -> None:
        old = Supplier.objects.exclude(suspended_at=None).filter(changed_at__lte=clock() - OUTAGE_OUTDATED)
        old.update(suspended_at=None, reason="", changed_at=clock())

    return PeriodicTask(EXPIRE_OUTAGES_EVERY, clear_old_outages)
