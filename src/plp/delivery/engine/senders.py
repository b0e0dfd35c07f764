"""One connection at work: one message in flight, its result and the next one's start in the same commit."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Protocol

from plp.delivery.channel import Accepted, Connection, ConnectionFailed, DeliveryFailed, OutcomeUnknown, Receipt
from plp.delivery.engine.items import Item, Result
from plp.delivery.engine.lanes import Lane
from plp.delivery.rules import MOST_TRIES, URGENT_TRIES, back_off
from plp.delivery.states import State

log = logging.getLogger(__name__)
IDLE_LINE = 20.0  # seconds after which an unused line is closed
UNKNOWN_PAUSE = 5.0  # seconds before the one further copy after an unknown outcome
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

    def __init__(self, lane: Lane, engine: Committer, chance: Callable[[], float] = random.random) -> None:
        self.lane = lane
        self.engine = engine
        self.chance = chance
        self.line: Connection | None = None

    async def run(self) -> None:
        """Take, start, send, settle, until the lane closes."""
        item: Item | None = None
        while not (self.lane.closing and item is None):
            item = item or await self.lane.take(IDLE_LINE if self.line else LOOK_AGAIN)
            if item is None:
                await self._close_idle()
            elif self.line is None and not await self._open():
                self.lane.put_back(item)
                item = None
            elif await self.engine.start(item):
                result = await self._send(item)
                following = self.lane.take_now()
                self.engine.settle(item, result)
                item = following
            else:
                item = None
        await self._hang_up()

    async def _close_idle(self) -> None:
        if self.lane.down_since is not None and not self.lane.closing:
            if self.line is not None or not await self._open():
                await asyncio.sleep(PROBE_EVERY)
        elif self.line is not None:
            await self._hang_up()

    async def _open(self) -> bool:
        if not self.lane.may_probe():
            return False
        try:
            self.line = await self.lane.channel.open()
        except ConnectionFailed as failure:
            log.warning("channel %s cannot be reached: %s", self.lane.channel.key, failure.reason)
            self.lane.went_down(failure.reason)
            return False
        self.lane.is_well()
        return True

    async def _send(self, item: Item) -> Result:
        """Hand one copy over and put the answer into the words of the outbox."""
        assert self.line is not None  # noqa: S101  opened by run
        try:
            answer: Accepted | Receipt | None = None
            if item.envelope.repeated and self.lane.channel.abilities.asks:
                answer = await self.line.ask(item.envelope.reference)
            if answer is None:
                answer = await self.line.send(item.envelope)
        except DeliveryFailed as failure:
            self.lane.is_well()
            return self._failed(item, failure)
        except ConnectionFailed as failure:
            await self._hang_up()
            blameless = self.lane.breaks > 0
            self.lane.line_broke(failure.reason)
            return Result(
                item.id, item.token, State.QUEUED, reason=failure.reason, tried=0 if blameless else 1, pause=1.0
            )
        except OutcomeUnknown as doubt:
            await self._hang_up()
            return self._unknown(item, doubt.reason)
        except Exception as fault:  # a fault of ours with the data possibly gone: never a third copy
            log.error("dispatch %s: the channel failed with %s", item.id, type(fault).__name__)
            await self._hang_up()
            return self._unknown(item, "fault")
        self.lane.breaks = 0
        if isinstance(answer, Receipt):
            state = State(answer.state)
            return Result(item.id, item.token, state, reference=answer.reference, reason=answer.reason)
        return Result(item.id, item.token, State.ACCEPTED, answer.reference)

    def _failed(self, item: Item, failure: DeliveryFailed) -> Result:
        tries = item.tries + 1
        if not failure.temporary or tries >= MOST_TRIES:
            return Result(item.id, item.token, State.FAILED, reason=failure.reason)
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

    @staticmethod
    def _unknown(item: Item, reason: str) -> Result:
        """The unknown rule: once more after the first, shown to a human after the second."""
        state = State.QUEUED if item.unknowns == 0 else State.UNKNOWN
        return Result(item.id, item.token, state, reason=reason, unknown=1, pause=UNKNOWN_PAUSE)

    async def _hang_up(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            await line.close()


LOOK_AGAIN = 1.0  # seconds that a connection without a line waits for an item before it looks at the lane again
