"""Sites behind a supplier that keep our connections waiting: together they hold a quarter of these at most (F10)."""

from collections.abc import Callable
from typing import NamedTuple

from plp.delivery.channel import Sender, Sited
from plp.delivery.engine.work_items import ClaimedCopy

SHARE = 4  # of all connections one in so many may wait for slow sites
TIMEOUTS_OF_SLOW_SITE = 2  # of one site in a row, without an answer between them, before it counts as slow
FORGOTTEN_AFTER = 600.0  # seconds since the last of them


class SiteTimeouts(NamedTuple):
    times: int
    until: float


class SlowSites:
    """What a worker knows of the sites of its copies (``Sited``); a channel without sites has none that is slow."""

    def __init__(self, channel: Sender, connections: int, now: Callable[[], float]) -> None:
        self.site_of = channel.site_of if isinstance(channel, Sited) else None
        self.most_connections = max(1, connections // SHARE)
        self.now = now
        self.timeouts: dict[str, SiteTimeouts] = {}
        self.holding: set[int] = set()  # dispatches to slow sites that have a connection just now

    def acquire_connection(self, item: ClaimedCopy) -> bool:
        """Whether a connection may take this copy now. Of those to slow sites only so many at a time."""
        if not self.is_slow(item):
            return True
        if len(self.holding) >= self.most_connections:
            return False
        self.holding.add(item.id)
        return True

    def is_slow(self, item: ClaimedCopy) -> bool:
        """Whether the site of this copy hung again and again of late."""
        if not self.timeouts or self.site_of is None:
            return False
        timeouts = self.timeouts.get(self.site_of(item.envelope.address))
        return timeouts is not None and timeouts.times >= TIMEOUTS_OF_SLOW_SITE and timeouts.until >= self.now()

    def record_timeout(self, item: ClaimedCopy) -> None:
        """The site of this copy kept a connection waiting until it was given up."""
        if self.site_of is None:
            return
        now, site = self.now(), self.site_of(item.envelope.address)
        self.timeouts = {name: timeouts for name, timeouts in self.timeouts.items() if timeouts.until >= now}
        times = self.timeouts[site].times + 1 if site in self.timeouts else 1
        self.timeouts[site] = SiteTimeouts(times, now + FORGOTTEN_AFTER)

    def record_answer(self, item: ClaimedCopy) -> None:
        """The site of this copy said something, be it no."""
        if self.timeouts and self.site_of is not None:
            self.timeouts.pop(self.site_of(item.envelope.address), None)

    def release_connection(self, item: ClaimedCopy) -> None:
        """The copy holds a connection no more."""
        self.holding.discard(item.id)
