"""One process, one event loop, one thread that commits, one thread for chores."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter

from django.db import Error, connection

from plp.delivery.channel import Receipt, ReceiptReader, Sender
from plp.delivery.engine.channel_queues import ChannelQueues
from plp.delivery.engine.periodic_tasks import PeriodicTask
from plp.delivery.engine.receipt_fetcher import fetch_receipts
from plp.delivery.engine.senders import SenderTask
from plp.delivery.engine.work_items import ClaimedCopy, CommitBatch, CommitOutcome, SendResult
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.metrics.recorder import increment_counter

log = logging.getLogger(__name__)
SWEEP_EVERY = 1.0  # seconds
CHECK_FILE_EVERY = 0.05  # seconds between two cheap looks whether somebody else wrote
RETRY_DATABASE = (0.1, 5.0)  # first and longest pause when the database does not answer
STOP_PATIENCE = (2.0, 20.0)  # seconds after a stop to wait for a database that is away: nothing in hand, something
REST = 19  # times as long as a part of a chore took, before the next part of any, while messages wait


class Engine:
    """Delivers until told to stop. ``drain=True`` makes it end by itself once nothing is left to do now."""

    def __init__(
        self,
        database: WorkerDatabase,
        channels: Mapping[str, Sender],
        *,
        connections: int,
        drain: bool = False,
        tasks: Sequence[PeriodicTask] = (),
        clock_is_wrong: Callable[[], bool] = lambda: False,
    ) -> None:
        self.database = database
        self.tasks = tasks
        self.clock_is_wrong = clock_is_wrong  # nothing new is begun: the clock of this machine is wrong
        self.channels = channels
        self.connections = connections
        self.drain = drain
        self.stopping = False
        self.stopped_at = 0.0
        self.wake = asyncio.Event()
        self.pending = CommitBatch()
        self.answers: dict[tuple[int, str], asyncio.Future[bool]] = {}  # by dispatch and lease
        self.kept: list[asyncio.Future[None]] = []
        self.queues: dict[str, ChannelQueues] = {}
        self.changed = True
        self.next_sweep = self.next_part = 0.0
        self.settled = 0
        # Raw SQL and its connection live in this one thread; chores have their own, so that no message waits for them.
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="commit")
        self.chore_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chores")

    # What the senders ask

    def commit_start(self, item: ClaimedCopy) -> asyncio.Future[bool]:
        """Commit *sending* with the next group; the answer says whether the data may leave."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.answers[item.id, item.token] = answer
        self.pending.starts.append(item)
        self.wake.set()
        return answer

    def commit_result(self, item: ClaimedCopy, result: SendResult) -> None:
        """Commit a result with the next group, for every dispatch in the copy."""
        self.pending.results += [result._replace(id=number) for number in item.ids]
        self.settled += len(item.ids)
        increment_counter("plp_sends", item.channel, result.state, number=len(item.ids))
        self.wake.set()

    def commit_receipts(self, channel: str, receipts: Sequence[Receipt]) -> asyncio.Future[None]:
        """Commit receipts with the next group; done once they are."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.pending.receipts += [(channel, receipt) for receipt in receipts]
        self.kept.append(committed)
        self.wake.set()
        return committed

    def stop(self) -> None:
        """Finish what is in flight, give the rest back, end (SIGTERM, F33)."""
        self.stopping, self.stopped_at = True, time.monotonic()
        for queue in self.queues.values():
            queue.close()
        self.wake.set()

    # The life of the process

    async def run(self) -> None:
        """Deliver until ``stop`` (or, draining, until nothing is ready)."""
        now = asyncio.get_running_loop().time
        self.chore: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.chore.set_result(None)
        self.queues = {key: ChannelQueues(channel, self.connections, now) for key, channel in self.channels.items()}
        senders = [
            asyncio.create_task(SenderTask(queue, self, self.database.outcomes.take_slot()).run())
            for queue in self.queues.values()
            for _ in range(queue.connections)
        ]
        able = [channel for channel in self.channels.values() if isinstance(channel, ReceiptReader)]
        fetchers = [asyncio.create_task(fetch_receipts(channel, self)) for channel in able]
        try:
            while not self.stopping:
                await self._wait_and_commit_once()
            ended = asyncio.gather(*senders)
            while not ended.done() or self.pending.results or self.pending.starts:
                self._give_back_unsent()
                await self._commit()
                await asyncio.sleep(0)
                if not (self.pending.results or self.pending.starts):
                    await asyncio.wait([ended], timeout=0.02)
            await ended
            self.database.outcomes.close()
        finally:
            for fetcher in fetchers:
                fetcher.cancel()
            await self.chore
            for thread in (self.chore_thread, self.thread):
                await asyncio.get_running_loop().run_in_executor(thread, _close_database_connection)
                thread.shutdown()

    async def _wait_and_commit_once(self) -> None:
        """Wait until there is something to write or to look for, then commit once."""
        loop = asyncio.get_running_loop()
        for task in self.tasks:
            if task.always and task.due <= loop.time():
                task.due = loop.time() + task.every
                await loop.run_in_executor(self.thread, task.run_and_report_more_work)
        busy = bool(self.pending.results or self.pending.starts or self.pending.receipts)
        self._start_most_overdue_task()
        if not busy:
            await self._wait_for_work()
        outcome = await self._commit()
        if self.drain and not busy and not any(outcome.claimed.values()) and self._is_idle():
            self.stop()

    def _start_most_overdue_task(self) -> None:
        """Begin the chore that has been due longest, if none is under way; none that is in parts before its time."""
        if self.clock_is_wrong() or not self.chore.done():
            return
        loop = asyncio.get_running_loop()
        due = [task for task in self.tasks if not task.always and task.due <= loop.time()]
        waiting = [task for task in due if not task.is_unfinished or self.next_part <= loop.time() or self._is_idle()]
        if waiting:
            self.chore = loop.create_task(self._run_task_and_reschedule(min(waiting, key=attrgetter("due"))))

    async def _run_task_and_reschedule(self, task: PeriodicTask) -> None:
        """Do it, or a part: the next part comes behind the other chores that are due, and while messages wait they have
        the processor for some time before the next part of any.
        """
        loop = asyncio.get_running_loop()
        begun = loop.time()
        task.due = begun + task.every
        task.is_unfinished = await loop.run_in_executor(self.chore_thread, _run_task_and_report_more_work, task)
        if task.is_unfinished:
            task.due = loop.time()
            self.next_part = task.due + REST * (task.due - begun)
        self.wake.set()

    async def _wait_for_work(self) -> None:
        """Sleep until a sender has something to say, the outbox changed, or it is time to look anyway."""
        loop = asyncio.get_running_loop()
        look_at = loop.time() + SWEEP_EVERY / 4
        self.wake.clear()
        while not self.wake.is_set() and not self.changed and loop.time() < look_at:
            waiting = asyncio.ensure_future(self.wake.wait())
            await asyncio.wait([waiting], timeout=CHECK_FILE_EVERY)
            waiting.cancel()
            if not self.wake.is_set():
                self.changed = await self._may_database_have_changed()

    async def _may_database_have_changed(self) -> bool:
        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, self.database.dialect.may_have_changed)
        except Error:
            return False  # the next commit will say so and retry

    def _is_idle(self) -> bool:
        queues = self.queues.values()
        nothing = not any(queue.urgent or queue.bulk or queue.deferred for queue in queues) and not self.answers
        return nothing and not (self.pending.results or self.pending.starts) and self._all_senders_wait()

    def _all_senders_wait(self) -> bool:
        return all(len(queue.idle) == queue.connections for queue in self.queues.values() if queue.down_since is None)

    def _collect_batch(self) -> CommitBatch:
        """Everything for one transaction; what comes meanwhile goes into the next."""
        work, self.pending = self.pending, CommitBatch()
        work.starts, self.pending.starts = _split_first_start_of_each_copy_from_repeats(work.starts)
        now, still = asyncio.get_running_loop().time(), self.clock_is_wrong()
        work.sweep = now >= self.next_sweep and not still
        changed, self.changed = self.changed or work.sweep, False
        for key, queue in self.queues.items():
            if queue.down_since is not None:
                work.results += [back for item in queue.take_out_all() for back in item.results_returning_to_outbox()]
                if work.sweep and queue.must_reroute_urgent():
                    work.reroute.append(key)
            if still:
                work.results += [back for item in queue.take_out_all() for back in item.results_returning_to_outbox()]
            work.results += queue.give_back_deferred_or_reroute_urgent()
            want = None if still else queue.next_claim(changed)
            if want:
                work.wants.append(want)
            work.health += queue.health_changes
            queue.health_changes = []
        if work.sweep:
            self.next_sweep = now + SWEEP_EVERY
        return work

    async def _commit(self) -> CommitOutcome:
        """One transaction, tried again until the database takes it; then everybody learns the outcome.

        Raises ``django.db.Error`` where it stays away after a stop: what is known stands in the file of outcomes.
        """
        work, (committed, self.kept) = self._collect_batch(), (self.kept, [])
        pause = RETRY_DATABASE[0]
        while True:
            try:
                outcome = await asyncio.get_running_loop().run_in_executor(self.thread, self.database.commit, work)
                break
            except Error as failure:
                log.error("the database does not take a commit: %s", type(failure).__name__)
                await asyncio.get_running_loop().run_in_executor(self.thread, _close_database_connection)
                if self._must_end_without_database(work):
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, RETRY_DATABASE[1])
        if outcome.late:
            log.warning("%s results came after their lease was lost and were refused", outcome.late)
        self.pending.results += outcome.back
        for future in committed:
            if not future.done():
                future.set_result(None)
        for item in work.starts:
            answer = self.answers.pop((item.id, item.token))
            if not answer.done():
                answer.set_result(item.id in outcome.started)
        for want in work.wants:
            items = outcome.claimed[want.channel]
            self.queues[want.channel].postpone_next_claim_if_few_found(want, len(items))
            self.queues[want.channel].add(items)
        return outcome

    def _must_end_without_database(self, work: CommitBatch) -> bool:
        patience = STOP_PATIENCE[bool(work.results or work.starts or work.receipts)]
        return self.stopping and time.monotonic() - self.stopped_at > patience

    def _give_back_unsent(self) -> None:
        for queue in self.queues.values():
            self.pending.results += [
                back for item in queue.take_out_all() for back in item.results_returning_to_outbox()
            ]


def _split_first_start_of_each_copy_from_repeats(
    starts: list[ClaimedCopy],
) -> tuple[list[ClaimedCopy], list[ClaimedCopy]]:
    """The first start of each dispatch, and the others for the next commit: while the database was away a lease was
    lost, and the same dispatch claimed anew beside it (F17). Of the two the database lets one leave.
    """
    first: dict[int, ClaimedCopy] = {}
    later = [item for item in starts if first.setdefault(item.id, item) is not item]
    return list(first.values()), later


def _run_task_and_report_more_work(task: PeriodicTask) -> bool:
    """Do a chore, or a part; a connection that broke meanwhile is not kept."""
    try:
        return task.run_and_report_more_work()
    finally:
        connection.close_if_unusable_or_obsolete()


def _close_database_connection() -> None:
    """Drop a connection that may be broken; the next use opens a fresh one."""
    connection.close()
