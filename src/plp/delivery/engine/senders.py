"""One connection at work: one message in flight, its result and the next one's start in the same commit."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Protocol

from plp.delivery.channel import (
    Accepted,
    Connection,
    ConnectionFailed,
    DeliveryFailed,
    OutcomeUnknown,
    Receipt,
    Sender,
    Tracked,
    open_line,
)
from plp.delivery.engine.items import Item, Result
from plp.delivery.engine.lanes import Lane
from plp.delivery.engine.outcomes import Slot
from plp.delivery.rules import MOST_TRIES, URGENT_TRIES, back_off
from plp.delivery.states import State

log = logging.getLogger(__name__)
IDLE_LINE = 20.0  # seconds after which an unused line is closed
UNKNOWN_PAUSE = 5.0  # seconds before the one further copy after an unknown outcome
RECEIPT_PAUSE = 60.0  # where a supplier tells of each copy: it may say within that time that there was no doubt
BROKEN_PAUSE = 1.0  # seconds before the next try after a line broke
URGENT_PAUSE = 0.2  # for an urgent copy: either of the two, and before another supplier takes it
PROBE_EVERY = 0.1  # seconds between two looks whether a supplier that is down may be tried


class Committer(Protocol):
    """What a sender needs of the engine."""

    def start(self, item: Item) -> asyncio.Future[bool]:
        """Ask to commit *sending*; the answer says whether the data may leave."""
        ...

    def settle(self, item: Item, result: Result) -> None:
        """Commit what became of an item, with whatever else is written next."""
        ...


class SenderTask:
    """Runs until its lane is closed."""

    def __init__(self, lane: Lane, engine: Committer, slot: Slot, chance: Callable[[], float] = random.random) -> None:
        self.lane = lane
        self.engine = engine
        self.slot = slot
        self.chance = chance
        self.line: Connection | None = None
        self.is_tracked = False  # whether the line says itself how far its copies are
        self.supplier = 0  # where the line leads to
        self.on_trial = False  # whether that supplier is down, and the next copy by this line shows if it is back

    async def run(self) -> None:
        """Take, start, send, settle, until the lane closes."""
        item: Item | None = None
        while not (self.lane.closing and item is None):
            item = item or await self.lane.take(IDLE_LINE if self.line else LOOK_AGAIN)
            if item is None:
                await self._rest()
            elif not self._serves(item):
                self.lane.put_back(item)  # another line may take it while this one is made
                item = self.lane.take_now() if await self._open(item) else None
            elif await self.engine.start(item):
                self.slot.begin(item)
                result = await self._send(item)
                self.slot.ended(result)
                self.on_trial = False
                self.lane.sites.left(item)
                following = self.lane.take_now()
                self.engine.settle(item, result)
                item = following
            else:
                self.lane.sites.left(item)
                item = None
        await self._hang_up()

    async def _rest(self) -> None:
        """Nothing to send: close the line, or see whether a supplier that is down is back."""
        if self.lane.down_since is not None and not self.lane.closing:
            if self.line is not None or not await self._open():
                await self._hang_up()
                await asyncio.sleep(PROBE_EVERY)
        elif self.line is not None:
            await self._hang_up()

    def _serves(self, item: Item) -> bool:
        """Whether the line is the one for this copy."""
        if self.line is None:
            return False
        if self.on_trial and self.lane.may_try(self.supplier, item):
            return True
        return self.lane.keeps(self.supplier, item)

    async def _open(self, item: Item | None = None) -> bool:
        await self._hang_up()
        supplier = self.lane.choose(item)
        if supplier is None:
            return False
        breaker, since = self.lane.suppliers[supplier], self.lane.now()
        tries = breaker.probing
        try:
            self.line = await open_line(self.lane.channel, supplier)
        except ConnectionFailed as failure:
            log.warning("channel %s, supplier %s: %s", self.lane.channel.key, supplier + 1, failure.reason)
            self.lane.failed(supplier, failure.reason, grave=True, since=since if failure.slow else None)
            return False
        self.is_tracked = isinstance(self.line, Tracked)
        if isinstance(self.line, Tracked):
            self.line.progress = self.slot
        self.supplier = supplier
        self.lane.reached(supplier)
        self.on_trial = tries and breaker.probing
        return True

    async def _send(self, item: Item) -> Result:
        """Hand one copy over and put the answer into the words of the outbox."""
        assert self.line is not None  # noqa: S101  opened by run
        since = self.lane.now()
        try:
            answer: Accepted | Receipt | None = None
            if item.envelope.repeated and self.lane.channel.abilities.asks:
                answer = await self.line.ask(item.envelope.reference)
            if answer is None:
                if not self.is_tracked:
                    self.slot.leaves()
                answer = await self.line.send(item.envelope)
        except DeliveryFailed as failure:
            self.lane.sites.answered(item)
            if failure.service:
                self.lane.failed(self.supplier, failure.reason, grave=True, after=failure.after)
            else:
                self.lane.succeeded(self.supplier)
            return self._failed(item, failure)._replace(unsent=True)
        except ConnectionFailed as failure:
            broken = self._broken(item, failure, since)._replace(unsent=True)
            await self._hang_up()
            return broken
        except OutcomeUnknown as doubt:
            if doubt.slow:
                self.lane.kept_waiting(self.supplier, item, doubt.reason, since)
            elif self.lane.has_other(self.supplier):  # the one further copy had better go elsewhere
                self.lane.failed(self.supplier, doubt.reason, grave=True)
            await self._hang_up()
            return self._unknown(item, doubt.reason)
        except Exception as fault:  # a fault of ours with the data possibly gone: never a third copy
            log.error("dispatch %s: the channel failed with %s", item.id, type(fault).__name__)
            await self._hang_up()
            return self._unknown(item, "fault")
        self.lane.succeeded(self.supplier)
        self.lane.sites.answered(item)
        if isinstance(answer, Receipt):
            state = State(answer.state)
            return Result(item.id, item.token, state, reference=answer.reference, reason=answer.reason)
        return Result(item.id, item.token, State.ACCEPTED, answer.reference)

    def _failed(self, item: Item, failure: DeliveryFailed) -> Result:
        tries = item.tries + 1
        if not failure.temporary or tries >= MOST_TRIES:
            return Result(item.id, item.token, State.FAILED, reason=failure.reason)
        elsewhere = item.urgent and failure.service and self.lane.has_other(self.supplier)
        if elsewhere:
            return Result(item.id, item.token, State.QUEUED, reason=failure.reason, pause=URGENT_PAUSE)
        pause = back_off(tries, urgent=item.urgent, chance=self.chance(), asked=failure.after)
        early = item.urgent and tries >= URGENT_TRIES
        return Result(
            item.id,
            item.token,
            State.QUEUED,
            reason=failure.reason,
            pause=pause.total_seconds(),
            early=early,
        )

    def _broken(self, item: Item, failure: ConnectionFailed, since: float) -> Result:
        """The line broke before data could leave. Where lines break in a row the supplier is to blame, else the copy
        counts as tried: one that breaks every line must come to an end.
        """
        blameless = self.lane.suppliers[self.supplier].breaks > 0
        if failure.slow:
            self.lane.kept_waiting(self.supplier, item, failure.reason, since)
        else:
            self.lane.failed(self.supplier, failure.reason)
        state = State.FAILED if not blameless and item.tries + 1 >= MOST_TRIES else State.QUEUED
        pause = URGENT_PAUSE if item.urgent else BROKEN_PAUSE
        tried = 0 if blameless else 1
        early = item.urgent and item.tries + tried >= URGENT_TRIES
        return Result(item.id, item.token, state, reason=failure.reason, tried=tried, pause=pause, early=early)

    def _unknown(self, item: Item, reason: str) -> Result:
        return doubted(self.lane.channel, item.id, item.token, reason, unknowns=item.unknowns, urgent=item.urgent)

    async def _hang_up(self) -> None:
        line, self.line = self.line, None
        if self.on_trial:
            self.on_trial = False
            self.lane.suppliers[self.supplier].left()
        if line is not None:
            await line.close()


def doubted(channel: Sender | None, copy: int, token: str, reason: str, *, unknowns: int, urgent: bool) -> Result:
    """The unknown rule: once more after the first, shown to a human after the second."""
    state = State.QUEUED if unknowns == 0 else State.UNKNOWN
    patient = RECEIPT_PAUSE if channel is not None and channel.abilities.receipts else UNKNOWN_PAUSE
    pause = min(patient, URGENT_PAUSE) if urgent else patient
    return Result(copy, token, state, reason=reason, unknown=1, pause=pause)


LOOK_AGAIN = 1.0  # seconds that a connection without a line waits for an item before it looks at the lane again
