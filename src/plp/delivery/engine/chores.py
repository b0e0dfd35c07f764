"""What a worker does now and then beside delivering, in the thread that commits."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from plp.delivery.models import Pulse

log = logging.getLogger(__name__)
PULSE_EVERY = 10.0  # seconds


@dataclass
class Chore:
    """Something to be done at once and then every so many seconds. ``act`` may be done twice at the same time."""

    every: float
    act: Callable[[], object]
    due: float = 0.0

    def is_due(self, now: float) -> bool:
        """Whether it is time; the next time is then set."""
        if now < self.due:
            return False
        self.due = now + self.every
        return True

    def do(self) -> None:
        """Do it. Whatever goes wrong is told by its kind and stops no delivery; the next time comes."""
        try:
            self.act()
        except Exception as failure:
            log.error("a chore of the worker failed: %s", type(failure).__name__)


def pulse(clock: Callable[[], datetime]) -> Chore:
    """Say every ten seconds that a worker lives."""
    return Chore(PULSE_EVERY, lambda: Pulse.objects.update_or_create(key="worker", defaults={"at": clock()}))
