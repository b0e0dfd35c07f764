"""A channel's queues in one worker: what is ready to leave, who waits for it, and which supplier is well."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from plp.delivery.channel import Lined, Sender, count_suppliers
from plp.delivery.engine.circuit_breakers import CircuitBreaker
from plp.delivery.engine.slow_sites import SlowSites
from plp.delivery.engine.work_items import ClaimedCopy, ClaimRequest, SendResult, SupplierHealth
from plp.toolbox import clock

READY_PER_CONNECTION = 10  # bulk items kept ready for each connection
MOST_READY = 1000
REROUTE_AFTER = 15.0  # seconds without any supplier before urgent copies take the person's next channel
NEW_OUTAGE = 10.0  # seconds for which no copy of an alarm tries a supplier that is down while another is well
CLAIM_AGAIN_AFTER = 0.25  # seconds between two claims of a channel that was found empty
DEFER, DEFER_URGENT = (
    10.0,
    1.0,
)  # seconds until a copy to a slow site for which no connection is free is looked at again
CLAIM_URGENT_EVERY = 0.1  # seconds between two looks for urgent rows while bulk is running


class ChannelQueues:
    """Two queues, urgent strictly first; idle connections in a stack, so that the warmest one is used."""

    def __init__(self, channel: Sender, connections: int, now: Callable[[], float]) -> None:
        self.channel = channel
        most = channel.most_connections() if isinstance(channel, Lined) else channel.abilities.concurrency
        self.connections = min(most, connections)
        self.now = now
        self.urgent: deque[ClaimedCopy] = deque()
        self.bulk: deque[ClaimedCopy] = deque()
        self.deferred: list[ClaimedCopy] = []
        self.sites = SlowSites(channel, self.connections, now)
        self.idle: list[asyncio.Future[ClaimedCopy | None]] = []
        self.closing = False
        self.capacity = max(20, min(MOST_READY, READY_PER_CONNECTION * self.connections))
        self.next_claim_at = self.next_urgent_claim_at = 0.0
        self.suppliers = [CircuitBreaker(now, self.connections) for _ in range(count_suppliers(channel))]
        self.best_supplier = 0  # the first supplier that is well; the number of suppliers when none is
        self.down_since: float | None = None
        self.health_changes: list[SupplierHealth] = []

    # What is ready

    def add(self, items: list[ClaimedCopy]) -> None:
        """Take claimed items in; hand them to idle connections at once."""
        for item in items:
            (self.urgent if item.urgent else self.bulk).append(item)
        self.idle = [waiting for waiting in self.idle if not waiting.done()]
        while (
            self.idle and (ready := self.pop_next_and_defer_slow_sites()) is not None
        ):  # else the connections stay as they are
            self.idle.pop().set_result(ready)

    def pop_next_and_defer_slow_sites(self) -> ClaimedCopy | None:
        """The next item, urgent first; None if there is none or the channel is closed or down.

        What goes to a slow site, and finds its share of the connections taken, is deferred.
        """
        if self.closing or self.down_since is not None:
            return None
        for queue in (self.urgent, self.bulk):
            while queue:
                item = queue.popleft()
                if self.sites.acquire_connection(item):
                    return item
                self.deferred.append(item)
        return None

    async def pop(self, patience_seconds: float) -> ClaimedCopy | None:
        """Wait for an item, ``patience_seconds`` seconds at most; None when there was none."""
        item = self.pop_next_and_defer_slow_sites()
        if item is not None or self.closing:
            return item
        waiting: asyncio.Future[ClaimedCopy | None] = asyncio.get_running_loop().create_future()
        self.idle.append(waiting)
        timer = asyncio.get_running_loop().call_later(patience_seconds, _end_wait_without_item, waiting)
        try:
            return await waiting
        finally:
            timer.cancel()
            if waiting in self.idle:
                self.idle.remove(waiting)

    def put_back(self, item: ClaimedCopy) -> None:
        """Return an item that did not start: it stays first in its queue."""
        self.sites.release_connection(item)
        (self.urgent if item.urgent else self.bulk).appendleft(item)

    def take_out_all(self) -> list[ClaimedCopy]:
        """Take everything out that has not started, to be given back to the outbox."""
        items = [*self.urgent, *self.bulk, *self.deferred]
        for queue in (self.urgent, self.bulk, self.deferred):
            queue.clear()
        return items

    def give_back_deferred_or_reroute_urgent(self) -> list[SendResult]:
        """Give back what was deferred, for later; urgent copies that wait too long take the person's next channel."""
        items, self.deferred = self.deferred, []
        before = clock.now() - timedelta(seconds=REROUTE_AFTER)
        return [
            back._replace(
                pause=DEFER_URGENT if item.urgent else DEFER, early=item.urgent and item.envelope.written_at < before
            )
            for item in items
            for back in item.results_returning_to_outbox()
        ]

    def close(self) -> None:
        """No more items: connections finish what they have."""
        self.closing = True
        while self.idle:
            waiting = self.idle.pop()
            if not waiting.done():
                waiting.set_result(None)

    # What to claim

    def next_claim(self, database_changed: bool) -> ClaimRequest | None:
        """How much to claim now, if anything."""
        now = self.now()
        if self.closing or self.down_since is not None:
            return None
        free = self.capacity - len(self.bulk) - len(self.urgent)
        if free >= self.capacity // 2 and (database_changed or now >= self.next_claim_at):
            return ClaimRequest(self.channel.key, free, urgent_only=False)
        if now >= self.next_urgent_claim_at and len(self.urgent) < self.capacity:
            self.next_urgent_claim_at = now + CLAIM_URGENT_EVERY
            return ClaimRequest(self.channel.key, self.capacity, urgent_only=True)
        return None

    def postpone_next_claim_if_few_found(self, want: ClaimRequest, number: int) -> None:
        """Remember that a claim found fewer rows than asked: no need to look again at once."""
        if not want.urgent_only:
            self.next_claim_at = self.now() + CLAIM_AGAIN_AFTER if number < want.number else 0.0
            self.next_urgent_claim_at = self.now() + CLAIM_URGENT_EVERY

    # How the suppliers fare

    def record_failure(
        self,
        supplier: int,
        reason: str,
        *,
        grave: bool = False,
        since: float | None = None,
        pause_seconds: float | None = None,
    ) -> None:
        """A supplier failed, and no recipient is to blame (see ``CircuitBreaker.record_failure``)."""
        if self.suppliers[supplier].record_failure(grave=grave, since=since, pause_seconds=pause_seconds):
            self.health_changes.append(SupplierHealth(self.channel.key, supplier, reason))
            self._choose_best_supplier()

    def record_timeout(self, supplier: int, item: ClaimedCopy, reason: str, since: float) -> None:
        """A copy was given up after a silence. Of a site that is known to hang, nobody but the site is to blame, as
        long as no other supplier could do better.
        """
        self.sites.record_timeout(item)
        if self.has_other_supplier(supplier) or not self.sites.is_slow(item):
            self.record_failure(supplier, reason, grave=True, since=since)

    def record_connection(self, supplier: int) -> None:
        """A connection to a supplier stands: enough to come back, unless a better one is there."""
        if not self.has_other_supplier(supplier) and self.suppliers[supplier].record_connection():
            self._record_recovery_and_choose_best(supplier)

    def record_success(self, supplier: int) -> None:
        """A supplier took a copy, or said what is wrong with its recipient."""
        if self.suppliers[supplier].record_success():
            self._record_recovery_and_choose_best(supplier)

    def _record_recovery_and_choose_best(self, supplier: int) -> None:
        self.health_changes.append(SupplierHealth(self.channel.key, supplier, ""))
        self._choose_best_supplier()

    def _choose_best_supplier(self) -> None:
        well = [number for number, breaker in enumerate(self.suppliers) if breaker.open_since is None]
        self.best_supplier = well[0] if well else len(self.suppliers)
        if well:
            self.next_claim_at = 0.0
            self.down_since = None
        elif self.down_since is None:
            self.down_since = self.now()

    def is_right_supplier(self, supplier: int, item: ClaimedCopy | None = None) -> bool:
        """Whether a connection to this supplier is the one to use: it is well, and none before it can be tried again
        (with this copy, if one is at hand).
        """
        return supplier == self._first_working_supplier(item) and self._supplier_to_probe(item) is None

    def choose_supplier(self, item: ClaimedCopy | None = None) -> int | None:
        """The supplier to open a connection to: the first that is well, or one before it whose pause is over (and that
        this copy may try), for one connection alone. None while all are to be left alone.
        """
        due = self._supplier_to_probe(item)
        if due is not None:
            self.suppliers[due].begin_trial()
            return due
        return self._first_working_supplier(item)

    def _first_working_supplier(self, item: ClaimedCopy | None) -> int | None:
        """The first supplier that is well. A copy in doubt takes the next one, if there is one, unless suppliers can be
        asked about it: which of them was silent, maybe to another worker, is not written down, but it was the first if
        all was well.
        """
        if (
            item is not None
            and item.unknowns
            and self.has_other_supplier(self.best_supplier)
            and not self.channel.abilities.asks
        ):
            well = (number for number, breaker in enumerate(self.suppliers) if breaker.open_since is None)
            return next(number for number in well if number != self.best_supplier)
        return self.best_supplier if self.best_supplier < len(self.suppliers) else None

    def _supplier_to_probe(self, item: ClaimedCopy | None) -> int | None:
        for number, breaker in enumerate(self.suppliers[: self.best_supplier]):
            if breaker.is_trial_due() and (item is None or self.can_probe_with(number, item)):
                return number
        return None

    def can_probe_with(self, supplier: int, item: ClaimedCopy) -> bool:
        """Whether this copy may show if a supplier that is down is back. Beside one that is well, never a copy in
        doubt, which has no third chance, and one of an alarm only once the outage is no longer new.
        """
        if not self.has_other_supplier(supplier):
            return True
        since = self.suppliers[supplier].failing_since
        return item.unknowns == 0 and (not item.urgent or since is None or self.now() - since >= NEW_OUTAGE)

    def has_other_supplier(self, supplier: int) -> bool:
        """Whether another supplier is well."""
        return any(breaker.open_since is None for number, breaker in enumerate(self.suppliers) if number != supplier)

    def must_reroute_urgent(self) -> bool:
        """Whether no supplier has been well for too long for urgent copies."""
        since = self.now() - REROUTE_AFTER
        failing = [breaker.failing_since for breaker in self.suppliers if breaker.failing_since is not None]
        return self.down_since is not None and len(failing) == len(self.suppliers) and max(failing) <= since


def _end_wait_without_item(waiting: asyncio.Future[ClaimedCopy | None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
