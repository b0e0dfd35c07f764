"""A channel's lane in one worker: what is ready to leave, who waits for it, and whether the supplier is well."""

import asyncio
from collections import deque
from collections.abc import Callable

from plp.delivery.channel import Sender
from plp.delivery.engine.items import Health, Item, Want

READY_PER_CONNECTION = 10  # bulk items kept ready for each connection
MOST_READY = 1000
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between two tries to reach a supplier that is down
BREAKS = 3  # lines that break in a row, without a success between them, before the supplier counts as down
REROUTE_AFTER = 15.0  # seconds of being down before urgent copies take the person's next channel
LOOK_EVERY = 0.25  # seconds between two looks into a lane that was found empty
URGENT_EVERY = 0.1  # seconds between two looks for urgent rows while bulk is running


class Lane:
    """Two queues, urgent strictly first; idle connections in a stack, so that the warmest one is used."""

    def __init__(self, channel: Sender, connections: int, now: Callable[[], float]) -> None:
        self.channel = channel
        self.connections = min(channel.abilities.concurrency, connections)
        self.now = now
        self.urgent: deque[Item] = deque()
        self.bulk: deque[Item] = deque()
        self.idle: list[asyncio.Future[Item | None]] = []
        self.closing = False
        self.room = max(20, min(MOST_READY, READY_PER_CONNECTION * self.connections))
        self.next_look = self.next_urgent_look = 0.0
        self.breaks = 0
        self.pause = 0.0
        self.down_since: float | None = None
        self.retry_at = 0.0
        self.probing = False
        self.news: list[Health] = []

    # What is ready

    def add(self, items: list[Item]) -> None:
        """Take claimed items in; hand them to idle connections at once."""
        for item in items:
            (self.urgent if item.urgent else self.bulk).append(item)
        while self.idle and (self.urgent or self.bulk):
            waiting = self.idle.pop()
            if not waiting.done():
                waiting.set_result(self.take_now())

    def take_now(self) -> Item | None:
        """The next item, urgent first; None if there is none or the lane is closed or down."""
        if self.closing or self.down_since is not None:
            return None
        if self.urgent:
            return self.urgent.popleft()
        return self.bulk.popleft() if self.bulk else None

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
        (self.urgent if item.urgent else self.bulk).appendleft(item)

    def empty(self) -> list[Item]:
        """Take everything out that has not started, to be given back to the outbox."""
        items = [*self.urgent, *self.bulk]
        self.urgent.clear()
        self.bulk.clear()
        return items

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

    # How the supplier fares

    def line_broke(self, reason: str) -> None:
        """A live line broke before data left; several in a row mean that the supplier is down."""
        self.breaks += 1
        if self.breaks >= BREAKS:
            self.went_down(reason)

    def went_down(self, reason: str) -> None:
        """The supplier cannot be reached: pause, longer each time, and let one connection try (circuit breaker)."""
        if self.down_since is None:
            self.down_since = self.now()
            self.news.append(Health(self.channel.key, reason))
        elif not self.probing:
            return  # another line broke at the same time: one outage, one pause
        self.probing = False
        self.pause = min(max(FIRST_PAUSE, self.pause * 2), LONGEST_PAUSE)
        self.retry_at = self.now() + self.pause

    def is_well(self) -> None:
        """A line stands or a copy went out."""
        self.breaks = 0
        self.probing = False
        if self.down_since is not None:
            self.down_since = None
            self.pause = 0.0
            self.next_look = 0.0
            self.news.append(Health(self.channel.key, ""))

    def may_probe(self) -> bool:
        """Whether a connection may try the supplier now; the first to ask does, the others wait for its answer."""
        if self.down_since is None:
            return True
        if self.now() < self.retry_at:
            return False
        self.retry_at = self.now() + LONGEST_PAUSE
        self.probing = True
        return True

    def must_reroute(self) -> bool:
        """Whether the supplier has been down for too long for urgent copies."""
        return self.down_since is not None and self.now() - self.down_since >= REROUTE_AFTER


def _give_up(waiting: asyncio.Future[Item | None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
