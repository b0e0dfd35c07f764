"""One connection at work: one message in flight, its result and the next one's start in the same commit."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Protocol

from plp.delivery.channel import (
    Accepted,
    AskableConnection,
    Connection,
    ConnectionFailed,
    DeliveryFailed,
    OutcomeUnknown,
    Receipt,
    Sender,
    Tracked,
    open_connection,
)
from plp.delivery.engine.channel_queues import ChannelQueues
from plp.delivery.engine.outcome_file import OutcomeSlot
from plp.delivery.engine.work_items import ClaimedCopy, SendResult
from plp.delivery.rules import MOST_TRIES, URGENT_TRIES, retry_pause
from plp.delivery.states import State

log = logging.getLogger(__name__)
IDLE_CONNECTION = 20.0  # seconds after which an unused connection is closed
UNKNOWN_PAUSE = 5.0  # seconds before the one further copy after an unknown outcome
RECEIPT_PAUSE = 60.0  # where a supplier tells of each copy: it may say within that time that there was no doubt
BROKEN_PAUSE = 1.0  # seconds before the next try after a connection broke
URGENT_PAUSE = 0.2  # for an urgent copy: either of the two, and before another supplier takes it
PROBE_EVERY = 0.1  # seconds between two looks whether a supplier that is down may be tried


class Committer(Protocol):
    """What a sender needs of the engine."""

    def commit_start(self, item: ClaimedCopy) -> asyncio.Future[bool]:
        """Ask to commit *sending*; the answer says whether the data may leave."""
        ...

    def commit_result(self, item: ClaimedCopy, result: SendResult) -> None:
        """Commit what became of an item, with whatever else is written next."""
        ...


class SenderTask:
    """Runs until its queues are closed."""

    def __init__(
        self, queues: ChannelQueues, engine: Committer, slot: OutcomeSlot, chance: Callable[[], float] = random.random
    ) -> None:
        self.queues = queues
        self.engine = engine
        self.slot = slot
        self.chance = chance
        self.connection: Connection | None = None
        self.is_tracked = False  # whether the connection says itself how far its copies are
        self.supplier = 0  # where the connection leads to
        self.on_trial = False  # whether that supplier is down, and the next copy by this connection shows if it is back

    async def run(self) -> None:
        """Take, start, send, settle, until the queues close."""
        item: ClaimedCopy | None = None
        while not (self.queues.closing and item is None):
            item = item or await self.queues.pop(IDLE_CONNECTION if self.connection else LOOK_AGAIN)
            if item is None:
                await self._close_connection_or_probe_supplier()
            elif not self._is_right_connection(item):
                self.queues.put_back(item)  # another sender may take it while this connection is made
                item = (
                    self.queues.pop_next_and_defer_slow_sites()
                    if await self._open_connection_if_supplier_up(item)
                    else None
                )
            elif await self.engine.commit_start(item):
                self.slot.prepare(item)
                result = await self._send_copy(item)
                self.slot.mark_ended(result)
                self.on_trial = False
                self.queues.sites.release_connection(item)
                following = self.queues.pop_next_and_defer_slow_sites()
                self.engine.commit_result(item, result)
                item = following
            else:
                self.queues.sites.release_connection(item)
                item = None
        await self._close_connection()

    async def _close_connection_or_probe_supplier(self) -> None:
        """Nothing to send: close the connection, or see whether a supplier that is down is back."""
        if self.queues.down_since is not None and not self.queues.closing:
            if self.connection is not None or not await self._open_connection_if_supplier_up():
                await self._close_connection()
                await asyncio.sleep(PROBE_EVERY)
        elif self.connection is not None:
            await self._close_connection()

    def _is_right_connection(self, item: ClaimedCopy) -> bool:
        """Whether the connection is the one for this copy."""
        if self.connection is None:
            return False
        if self.on_trial and self.queues.can_probe_with(self.supplier, item):
            return True
        return self.queues.is_right_supplier(self.supplier, item)

    async def _open_connection_if_supplier_up(self, item: ClaimedCopy | None = None) -> bool:
        await self._close_connection()
        supplier = self.queues.choose_supplier(item)
        if supplier is None:
            return False
        breaker, since = self.queues.suppliers[supplier], self.queues.now()
        tries = breaker.probing
        try:
            self.connection = await open_connection(self.queues.channel, supplier)
        except ConnectionFailed as failure:
            log.warning("channel %s, supplier %s: %s", self.queues.channel.key, supplier + 1, failure.reason)
            self.queues.record_failure(supplier, failure.reason, grave=True, since=since if failure.slow else None)
            return False
        self.is_tracked = isinstance(self.connection, Tracked)
        if isinstance(self.connection, Tracked):
            self.connection.progress = self.slot
        self.supplier = supplier
        self.queues.record_connection(supplier)
        self.on_trial = tries and breaker.probing
        return True

    async def _send_copy(self, item: ClaimedCopy) -> SendResult:
        """Hand one copy over and put the answer into the words of the outbox."""
        assert self.connection is not None  # noqa: S101  opened by run
        since = self.queues.now()
        try:
            answer: Accepted | Receipt | None = None
            if item.envelope.repeated and isinstance(self.connection, AskableConnection):
                answer = await self.connection.ask(item.envelope.reference)
            if answer is None:
                if not self.is_tracked:
                    self.slot.mark_leaving()
                answer = await self.connection.send(item.envelope)
        except DeliveryFailed as failure:
            self.queues.sites.record_answer(item)
            if failure.service:
                self.queues.record_failure(self.supplier, failure.reason, grave=True, pause_seconds=failure.after)
            else:
                self.queues.record_success(self.supplier)
            return self._result_of_failure(item, failure)._replace(unsent=not failure.costs)
        except ConnectionFailed as failure:
            broken = self._result_of_broken_connection(item, failure, since)._replace(unsent=True)
            await self._close_connection()
            return broken
        except OutcomeUnknown as doubt:
            if doubt.slow:
                self.queues.record_timeout(self.supplier, item, doubt.reason, since)
            elif self.queues.has_other_supplier(self.supplier):  # the one further copy had better go elsewhere
                self.queues.record_failure(self.supplier, doubt.reason, grave=True)
            await self._close_connection()
            return self._result_of_unknown_outcome(item, doubt.reason)
        except Exception as fault:  # a fault of ours with the data possibly gone: never a third copy
            log.error("dispatch %s: the channel failed with %s", item.id, type(fault).__name__)
            await self._close_connection()
            return self._result_of_unknown_outcome(item, "fault")
        self.queues.record_success(self.supplier)
        self.queues.sites.record_answer(item)
        if isinstance(answer, Receipt):
            state = State(answer.state)
            return SendResult(item.id, item.token, state, reference=answer.reference, reason=answer.reason)
        return SendResult(item.id, item.token, State.ACCEPTED, answer.reference)

    def _result_of_failure(self, item: ClaimedCopy, failure: DeliveryFailed) -> SendResult:
        tries = item.tries + 1
        most = self.queues.channel.abilities.tries
        if not failure.temporary or tries >= (most or MOST_TRIES):
            return SendResult(item.id, item.token, State.FAILED, reason=failure.reason)
        elsewhere = item.urgent and failure.service and self.queues.has_other_supplier(self.supplier)
        if elsewhere:
            return SendResult(item.id, item.token, State.QUEUED, reason=failure.reason, pause=URGENT_PAUSE)
        pause = retry_pause(tries, urgent=item.urgent, random_share=self.chance(), requested=failure.after)
        early = item.urgent and tries >= URGENT_TRIES
        return SendResult(
            item.id,
            item.token,
            State.QUEUED,
            reason=failure.reason,
            pause=pause.total_seconds(),
            early=early,
        )

    def _result_of_broken_connection(self, item: ClaimedCopy, failure: ConnectionFailed, since: float) -> SendResult:
        """The connection broke before data could leave. Where connections break in a row the supplier is to blame, else
        the copy counts as tried: one that breaks every connection must come to an end.
        """
        blameless = self.queues.suppliers[self.supplier].failures_in_row > 0
        if failure.slow:
            self.queues.record_timeout(self.supplier, item, failure.reason, since)
        else:
            self.queues.record_failure(self.supplier, failure.reason)
        state = State.FAILED if not blameless and item.tries + 1 >= MOST_TRIES else State.QUEUED
        pause = URGENT_PAUSE if item.urgent else BROKEN_PAUSE
        tried = 0 if blameless else 1
        early = item.urgent and item.tries + tried >= URGENT_TRIES
        return SendResult(item.id, item.token, state, reason=failure.reason, tried=tried, pause=pause, early=early)

    def _result_of_unknown_outcome(self, item: ClaimedCopy, reason: str) -> SendResult:
        return result_of_unknown_outcome(
            self.queues.channel,
            item.id,
            item.token,
            reason,
            tries=item.tries,
            unknowns=item.unknowns,
            urgent=item.urgent,
        )

    async def _close_connection(self) -> None:
        connection, self.connection = self.connection, None
        if self.on_trial:
            self.on_trial = False
            self.queues.suppliers[self.supplier].abandon_trial()
        if connection is not None:
            await connection.close()


def result_of_unknown_outcome(
    channel: Sender | None, copy: int, token: str, reason: str, *, tries: int, unknowns: int, urgent: bool
) -> SendResult:
    """The unknown rule: once more after the first, shown to a human after the second, or where no try is left."""
    most = channel.abilities.tries if channel is not None else 0
    state = State.QUEUED if unknowns == 0 and tries + 1 < (most or MOST_TRIES) else State.UNKNOWN
    patient = RECEIPT_PAUSE if channel is not None and channel.abilities.receipts else UNKNOWN_PAUSE
    pause = min(patient, URGENT_PAUSE) if urgent else patient
    return SendResult(copy, token, state, reason=reason, unknown=1, pause=pause)


LOOK_AGAIN = 1.0  # seconds that a sender without a connection waits for an item before it looks at the queues again
