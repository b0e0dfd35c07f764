"""A channel's lane in one worker: what is ready to leave, who waits for it, and which supplier is well."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from plp.delivery.channel import Sender, suppliers_of
from plp.delivery.engine.breakers import Breaker
from plp.delivery.engine.items import Health, Item, Result, Want
from plp.delivery.engine.sites import Sites
from plp.toolbox import clock

READY_PER_CONNECTION = 10  # bulk items kept ready for each connection
MOST_READY = 1000
REROUTE_AFTER = 15.0  # seconds without any supplier before urgent copies take the person's next channel
NEW_OUTAGE = 10.0  # seconds for which no copy of an alarm tries a supplier that is down while another is well
LOOK_EVERY = 0.25  # seconds between two looks into a lane that was found empty
DEFER, DEFER_URGENT = 10.0, 1.0  # seconds until a copy to a slow site for which no line is free is looked at again
URGENT_EVERY = 0.1  # seconds between two looks for urgent rows while bulk is running


class Lane:
    """Two queues, urgent strictly first; idle connections in a stack, so that the warmest one is used."""

    def __init__(self, channel: Sender, connections: int, now: Callable[[], float]) -> None:
        self.channel = channel
        self.connections = min(channel.abilities.concurrency, connections)
        self.now = now
        self.urgent: deque[Item] = deque()
        self.bulk: deque[Item] = deque()
        self.deferred: list[Item] = []
        self.sites = Sites(channel, self.connections, now)
        self.idle: list[asyncio.Future[Item | None]] = []
        self.closing = False
        self.room = max(20, min(MOST_READY, READY_PER_CONNECTION * self.connections))
        self.next_look = self.next_urgent_look = 0.0
        self.suppliers = [Breaker(now, self.connections) for _ in range(suppliers_of(channel))]
        self.best = 0  # the first supplier that is well; the number of suppliers when none is
        self.down_since: float | None = None
        self.news: list[Health] = []

    # What is ready

    def add(self, items: list[Item]) -> None:
        """Take claimed items in; hand them to idle connections at once."""
        for item in items:
            (self.urgent if item.urgent else self.bulk).append(item)
        self.idle = [waiting for waiting in self.idle if not waiting.done()]
        while self.idle and (ready := self.take_now()) is not None:  # else the lines stay as they are
            self.idle.pop().set_result(ready)

    def take_now(self) -> Item | None:
        """The next item, urgent first; None if there is none or the lane is closed or down.

        What goes to a slow site, and finds its share of the lines taken, is deferred.
        """
        if self.closing or self.down_since is not None:
            return None
        for queue in (self.urgent, self.bulk):
            while queue:
                item = queue.popleft()
                if self.sites.admits(item):
                    return item
                self.deferred.append(item)
        return None

    async def take(self, patience: float) -> Item | None:
        """Wait for an item, ``patience`` seconds at most; None when there was none."""
        item = self.take_now()
        if item is not None or self.closing:
            return item
        waiting: asyncio.Future[Item | None] = asyncio.get_running_loop().create_future()
        self.idle.append(waiting)
        timer = asyncio.get_running_loop().call_later(patience, _give_up, waiting)
        try:
            return await waiting
        finally:
            timer.cancel()
            if waiting in self.idle:
                self.idle.remove(waiting)

    def put_back(self, item: Item) -> None:
        """Return an item that did not start: it stays first in its queue."""
        self.sites.left(item)
        (self.urgent if item.urgent else self.bulk).appendleft(item)

    def empty(self) -> list[Item]:
        """Take everything out that has not started, to be given back to the outbox."""
        items = [*self.urgent, *self.bulk, *self.deferred]
        for queue in (self.urgent, self.bulk, self.deferred):
            queue.clear()
        return items

    def put_off(self) -> list[Result]:
        """Give back what was deferred, for later; urgent copies that wait too long take the person's next channel."""
        items, self.deferred = self.deferred, []
        before = clock.now() - timedelta(seconds=REROUTE_AFTER)
        return [
            back._replace(
                pause=DEFER_URGENT if item.urgent else DEFER, early=item.urgent and item.envelope.written_at < before
            )
            for item in items
            for back in item.given_back()
        ]

    def close(self) -> None:
        """No more items: connections finish what they have."""
        self.closing = True
        while self.idle:
            waiting = self.idle.pop()
            if not waiting.done():
                waiting.set_result(None)

    # What to claim

    def want(self, changed: bool) -> Want | None:
        """How much to claim now, if anything."""
        now = self.now()
        if self.closing or self.down_since is not None:
            return None
        free = self.room - len(self.bulk) - len(self.urgent)
        if free >= self.room // 2 and (changed or now >= self.next_look):
            return Want(self.channel.key, free, urgent_only=False)
        if now >= self.next_urgent_look and len(self.urgent) < self.room:
            self.next_urgent_look = now + URGENT_EVERY
            return Want(self.channel.key, self.room, urgent_only=True)
        return None

    def found(self, want: Want, number: int) -> None:
        """Remember that a claim found fewer rows than asked: no need to look again at once."""
        if not want.urgent_only:
            self.next_look = self.now() + LOOK_EVERY if number < want.number else 0.0
            self.next_urgent_look = self.now() + URGENT_EVERY

    # How the suppliers fare

    def failed(
        self,
        supplier: int,
        reason: str,
        *,
        grave: bool = False,
        since: float | None = None,
        after: float | None = None,
    ) -> None:
        """A supplier failed, and no recipient is to blame (see ``Breaker.failed``)."""
        if self.suppliers[supplier].failed(grave=grave, since=since, after=after):
            self.news.append(Health(self.channel.key, supplier, reason))
            self._look_around()

    def kept_waiting(self, supplier: int, item: Item, reason: str, since: float) -> None:
        """A copy was given up after a silence. Of a site that is known to hang, nobody but the site is to blame, as
        long as no other supplier could do better.
        """
        self.sites.hung(item)
        if self.has_other(supplier) or not self.sites.is_slow(item):
            self.failed(supplier, reason, grave=True, since=since)

    def reached(self, supplier: int) -> None:
        """A line to a supplier stands: enough to come back, unless a better one is there."""
        if not self.has_other(supplier) and self.suppliers[supplier].reached():
            self._back(supplier)

    def succeeded(self, supplier: int) -> None:
        """A supplier took a copy, or said what is wrong with its recipient."""
        if self.suppliers[supplier].succeeded():
            self._back(supplier)

    def _back(self, supplier: int) -> None:
        self.news.append(Health(self.channel.key, supplier, ""))
        self._look_around()

    def _look_around(self) -> None:
        well = [number for number, breaker in enumerate(self.suppliers) if breaker.open_since is None]
        self.best = well[0] if well else len(self.suppliers)
        if well:
            self.next_look = 0.0
            self.down_since = None
        elif self.down_since is None:
            self.down_since = self.now()

    def keeps(self, supplier: int, item: Item | None = None) -> bool:
        """Whether a line to this supplier is the one to use: it is well, and none before it can be tried again (with
        this copy, if one is at hand).
        """
        return supplier == self._way(item) and self._due(item) is None

    def choose(self, item: Item | None = None) -> int | None:
        """The supplier to open a line to: the first that is well, or one before it whose pause is over (and that this
        copy may try), for one connection alone. None while all are to be left alone.
        """
        due = self._due(item)
        if due is not None:
            self.suppliers[due].probe()
            return due
        return self._way(item)

    def _way(self, item: Item | None) -> int | None:
        """The first supplier that is well. A copy in doubt takes the next one, if there is one, unless suppliers can be
        asked about it: which of them was silent, maybe to another worker, is not written down, but it was the first if
        all was well.
        """
        if item is not None and item.unknowns and self.has_other(self.best) and not self.channel.abilities.asks:
            well = (number for number, breaker in enumerate(self.suppliers) if breaker.open_since is None)
            return next(number for number in well if number != self.best)
        return self.best if self.best < len(self.suppliers) else None

    def _due(self, item: Item | None) -> int | None:
        for number, breaker in enumerate(self.suppliers[: self.best]):
            if breaker.is_due() and (item is None or self.may_try(number, item)):
                return number
        return None

    def may_try(self, supplier: int, item: Item) -> bool:
        """Whether this copy may show if a supplier that is down is back. Beside one that is well, never a copy in
        doubt, which has no third chance, and one of an alarm only once the outage is no longer new.
        """
        if not self.has_other(supplier):
            return True
        since = self.suppliers[supplier].failing_since
        return item.unknowns == 0 and (not item.urgent or since is None or self.now() - since >= NEW_OUTAGE)

    def has_other(self, supplier: int) -> bool:
        """Whether another supplier is well."""
        return any(one.open_since is None for number, one in enumerate(self.suppliers) if number != supplier)

    def must_reroute(self) -> bool:
        """Whether no supplier has been well for too long for urgent copies."""
        since = self.now() - REROUTE_AFTER
        failing = [one.failing_since for one in self.suppliers if one.failing_since is not None]
        return self.down_since is not None and len(failing) == len(self.suppliers) and max(failing) <= since


def _give_up(waiting: asyncio.Future[Item | None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
