"""Whether this machine has the right time: a worker whose clock is wrong does nothing but say so."""

import logging
from dataclasses import dataclass

from plp.delivery.models import Pulse
from plp.toolbox import clock

log = logging.getLogger(__name__)
CHECK_EVERY, PULSE_EVERY = 5.0, 10.0  # seconds


@dataclass
class WorkerClock:
    """``is_reported``: whether it was said that this worker stands still."""

    is_reported: bool = False

    def compare_clocks_and_log_change(self) -> None:
        """Compare the clocks; tell once when they part, and once when they agree again. Raises ``django.db.Error``."""
        clock.follow_database_time()
        was_reported, self.is_reported = self.is_reported, self.is_wrong()
        if self.is_reported and not was_reported:
            log.error(
                "this worker does nothing: the clock of its machine differs by %+.0f s from that of the database "
                "(timedatectl set-ntp true); it goes on by itself",
                clock.machine_seconds_ahead(),
            )
        if was_reported and not self.is_reported:
            log.warning("the clock is right again: this worker goes on")

    def is_wrong(self) -> bool:
        """Whether the clocks differ by more than a minute: cheap enough for each turn."""
        return abs(clock.machine_seconds_ahead()) > clock.MOST_AHEAD

    def record_pulse(self) -> None:
        """Say that a worker lives; or that one stands still for its clock."""
        key = "clock" if self.is_wrong() else "worker"
        Pulse.objects.update_or_create(key=key, defaults={"at": clock.now()})
