"""The engine from end to end beside a scripted supplier: lanes, outages, doubts, and the end of a process."""

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from plp.delivery import actions
from plp.delivery.channel import (
    Abilities,
    Accepted,
    ConnectionFailed,
    DeliveryFailed,
    Envelope,
    OutcomeUnknown,
    Receipt,
)
from plp.delivery.engine import channel_queues, circuit_breakers, periodic_tasks, receipt_fetcher, senders
from plp.delivery.engine import engine as engines
from plp.delivery.engine.channel_queues import ChannelQueues
from plp.delivery.engine.copy_loader import CopyLoader
from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.engine import Engine
from plp.delivery.engine.periodic_tasks import PeriodicTask
from plp.delivery.engine.work_items import ClaimedCopy, ClaimRequest, CommitBatch, CommitOutcome, SendResult
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Attempt, Dispatch, Message, Supplier
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people, person
from tests.factories.senders import FakeLine, FakePair, FakeSender, install
from tests.patience import PATIENCE, eventually

SLOW = 6  # how much slower than meant a machine may be
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeSender:
    channel = FakeSender()
    install(monkeypatch, channel)
    return channel


def queue(number: int, *, first: int = 0, **more: Any) -> Message:
    people(number, channel="fake", at=clock.now(), first=first)
    made = message("fake", at=clock.now(), **more)
    actions.enqueue_copy_for_each_person(
        message=made, contacts=audience().filter(digest__gte=f"{first:064x}"), at=clock.now()
    )
    return made


def beside[T](act: Callable[[], T]) -> T:
    """Do something in one transaction beside a running engine.

    The test database of SQLite lives in memory, where a table in use is an error at once instead of a short wait.
    """
    answers: list[T] = []

    def asked() -> bool:
        try:
            with transaction.atomic():
                answers.append(act())
        except OperationalError:
            return False
        finally:
            connection.close()
        return True

    assert eventually(asked, pause=0.01), "the database stayed locked"
    return answers[0]


def make_engine(fake: FakeSender, *, drain: bool = True) -> Engine:
    channels: Mapping[str, Any] = {"fake": fake}
    store = WorkerDatabase(database_dialect(connection.vendor, clock.now), channels, lease=60)
    return Engine(store, channels, connections=fake.lines, drain=drain)


def deliver(fake: FakeSender, during: Callable[[Engine], None] | None = None) -> Engine:
    engine = make_engine(fake)

    async def run() -> None:
        working = asyncio.create_task(engine.run())
        if during:
            await asyncio.sleep(0.2)
            await asyncio.to_thread(during, engine)
        await asyncio.wait_for(working, PATIENCE)

    asyncio.run(run())
    return engine


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Dispatch.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_everybody_gets_one_copy(fake: FakeSender) -> None:
    queue(60)

    engine = deliver(fake)

    assert states() == {"accepted": 60}
    assert len({envelope.reference for envelope in fake.sent}) == len(fake.sent) == 60
    assert engine.settled == 60
    assert fake.opened <= fake.lines


def test_a_claim_whose_lease_was_lost_does_not_leave_beside_the_next_claim_of_the_same(fake: FakeSender) -> None:
    """After an outage of the database longer than a lease one worker may hold a dispatch twice (F17, F20)."""
    queue(1)
    engine = make_engine(fake)
    [lost] = engine.database.commit(CommitBatch(wants=[ClaimRequest("fake", 5, urgent_only=False)])).claimed["fake"]
    Dispatch.objects.update(state="queued", token="", lease_until=None)  # as the sweep does
    [held] = engine.database.commit(CommitBatch(wants=[ClaimRequest("fake", 5, urgent_only=False)])).claimed["fake"]

    async def run() -> list[bool]:
        asked = [engine.commit_start(lost), engine.commit_start(held)]
        for _commit in range(2):
            await engine._commit()
        return [await asyncio.wait_for(answer, 5) for answer in asked]

    assert lost.token != held.token
    assert asyncio.run(run()) == [False, True]
    assert engine.answers == {}
    engine.thread.submit(connections.close_all).result()  # as the end of its own run does: no session is left behind
    engine.thread.shutdown()


def test_an_alarm_passes_a_running_bulk(fake: FakeSender) -> None:
    fake.lines, fake.delay = 2, 0.005
    queue(300)
    alarm: list[Message] = []

    def release(engine: Engine) -> None:
        alarm.append(beside(lambda: queue(5, first=1000, urgent=True)))

    deliver(fake, release)

    order = [envelope.urgent for envelope in fake.sent]
    last = max(place for place, urgent in enumerate(order) if urgent)
    assert order.count(True) == 5
    assert last < 200  # of 305: overtaken by far


def test_a_stop_reaches_what_a_worker_has_ready(fake: FakeSender) -> None:
    fake.lines, fake.delay = 2, 0.01
    made = queue(300)
    seen: list[int] = []

    def stop(engine: Engine) -> None:
        beside(lambda: actions.stop_message(message=made, by=None, at=clock.now()))
        seen.append(len(fake.sent))

    deliver(fake, stop)

    assert len(fake.sent) <= seen[0] + 2 * fake.lines
    assert states() == {"accepted": len(fake.sent), "stopped": 300 - len(fake.sent)}


def test_a_supplier_that_is_down_costs_nobody_a_try(fake: FakeSender) -> None:
    fake.down = True
    queue(30)

    def look(engine: Engine) -> None:
        while engine.queues["fake"].down_since is None:
            time.sleep(0.01)
        time.sleep(0.5)
        rows = beside(lambda: list(Dispatch.objects.values_list("state", "tries", "unknowns")))
        assert rows == [("queued", 0, 0)] * 30
        fake.down = False

    _deliver_until_done(fake, look)

    assert states() == {"accepted": 30}
    assert Attempt.objects.count() == 0


def _deliver_until_done(fake: FakeSender, during: Callable[[Engine], None]) -> Engine:
    def watch(engine: Engine) -> None:
        during(engine)
        eventually(lambda: not beside(Dispatch.objects.exclude(state="accepted").exists))

    engine = make_engine(fake, drain=False)

    async def run() -> None:
        working = asyncio.create_task(engine.run())
        await asyncio.sleep(0.2)
        await asyncio.to_thread(watch, engine)
        engine.stop()
        await asyncio.wait_for(working, PATIENCE)

    asyncio.run(run())
    return engine


def test_a_second_doubt_is_shown_and_never_sent_again(fake: FakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "UNKNOWN_PAUSE", 0.0)
    fake.script = [OutcomeUnknown("cut"), OutcomeUnknown("cut")]
    queue(1)

    deliver(fake)
    deliver(fake)
    deliver(fake)

    assert states() == {"unknown": 1}
    assert len(fake.sent) == 2
    assert len({envelope.reference for envelope in fake.sent}) == 1
    assert [envelope.repeated for envelope in fake.sent] == [False, True]


class Asked(FakeSender):
    """It can be asked what became of a copy, and answers ``known``."""

    known: Receipt | None = None

    @property
    def abilities(self) -> Abilities:
        return replace(super().abilities, asks=True)

    async def open(self) -> "AskedLine":
        return AskedLine(self)


class AskedLine(FakeLine):
    """One of its lines."""

    async def ask(self, reference: str) -> Receipt | None:
        assert isinstance(self.channel, Asked)
        return self.channel.known


@pytest.mark.parametrize(("known", "copies"), [(None, 2), (Receipt("x7", "delivered", "e7"), 1)])
def test_after_a_doubt_a_supplier_that_knows_is_asked_before_a_second_copy_leaves(
    monkeypatch: pytest.MonkeyPatch, known: Receipt | None, copies: int
) -> None:
    monkeypatch.setattr(senders, "UNKNOWN_PAUSE", 0.0)
    asked = Asked(script=[OutcomeUnknown("cut")])
    asked.known = known
    install(monkeypatch, asked)
    queue(1)

    deliver(asked)
    deliver(asked)

    assert len(asked.sent) == copies
    assert states() == {"delivered" if known else "accepted": 1}


def test_what_a_supplier_knows_at_once_needs_no_receipt(fake: FakeSender) -> None:
    fake.script = [Receipt("x7", "delivered", "e7")]
    queue(1)

    deliver(fake)

    assert list(Dispatch.objects.values_list("state", "reference")) == [("delivered", "x7")]


class Gated(FakeSender):
    """Its copies are on the wire until the gate opens."""

    gate: threading.Event

    async def open(self) -> "GatedLine":
        return GatedLine(self)


class GatedLine(FakeLine):
    """One of its lines."""

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        assert isinstance(self.channel, Gated)
        while not self.channel.gate.is_set():
            await asyncio.sleep(0.01)
        return await super().send(envelope)


def test_a_result_after_the_lease_was_lost_is_told_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gated = Gated()
    gated.gate = threading.Event()
    install(monkeypatch, gated)
    queue(1)

    def lose(_engine: Engine) -> None:
        while not beside(lambda: Dispatch.objects.filter(state="sending").update(token="another")):
            time.sleep(0.01)
        gated.gate.set()

    deliver(gated, lose)

    assert "1 results came after their lease was lost" in caplog.text
    assert Dispatch.objects.get().token == "another"


def test_urgent_copies_take_the_next_channel_while_the_first_stays_down(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeSender(down=True)
    install(monkeypatch, fake, FakeSender(key="other"))
    monkeypatch.setattr(channel_queues, "REROUTE_AFTER", 0.0)
    monkeypatch.setattr(engines, "SWEEP_EVERY", 0.05)
    person(("fake", "one"), ("other", "one"), at=clock.now())
    made = message("fake", "other", at=clock.now(), urgent=True)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=clock.now())
    engine = make_engine(fake, drain=False)

    async def run() -> None:
        working = asyncio.create_task(engine.run())
        while not await asyncio.to_thread(beside, Dispatch.objects.filter(channel="other").exists):
            await asyncio.sleep(0.05)
        engine.stop()
        await asyncio.wait_for(working, PATIENCE)

    asyncio.run(run())

    assert sorted(Dispatch.objects.values_list("channel", "state")) == [("fake", "failed"), ("other", "queued")]


def test_a_fault_of_ours_counts_as_a_doubt(fake: FakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "UNKNOWN_PAUSE", 0.0)
    fake.script = [RuntimeError("boom"), Accepted()]
    queue(1)

    deliver(fake)
    deliver(fake)

    assert states() == {"accepted": 1}
    assert list(Attempt.objects.values_list("reason", flat=True)) == ["fault"]


def test_one_failure_does_not_hold_up_the_others(fake: FakeSender) -> None:
    fake.script = [DeliveryFailed("full", temporary=True), DeliveryFailed("gone", temporary=False)]
    queue(20)
    begun = clock.now()

    deliver(fake)

    assert states() == {"accepted": 18, "queued": 1, "failed": 1}
    waiting = Dispatch.objects.get(state="queued")
    assert begun + timedelta(seconds=20) < waiting.due_at < clock.now() + timedelta(seconds=40)
    assert waiting.reason == "full"


def test_a_line_that_breaks_before_the_data_is_nobodys_fault(fake: FakeSender) -> None:
    fake.lines = 1
    fake.script = [ConnectionFailed("cut")]
    queue(3)

    deliver(fake)

    row = Dispatch.objects.get(state="queued")
    assert (row.unknowns, row.reason) == (0, "cut")
    assert fake.opened == 2


def test_a_process_that_is_told_to_stop_gives_back_what_it_has(fake: FakeSender) -> None:
    fake.lines, fake.delay = 3, 0.05
    queue(100)

    async def run() -> None:
        engine = make_engine(fake, drain=False)
        working = asyncio.create_task(engine.run())
        while not fake.sent:
            await asyncio.sleep(0.01)
        engine.stop()
        await asyncio.wait_for(working, 10)

    asyncio.run(run())

    assert states() == {"accepted": len(fake.sent), "queued": 100 - len(fake.sent)}
    assert 0 < len(fake.sent) < 100
    assert not Dispatch.objects.exclude(token="").exists()


def test_a_database_that_is_away_for_a_moment_loses_and_doubles_nothing(
    fake: FakeSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(40)
    calls = iter(range(1000))
    honest = WorkerDatabase.commit

    def commit(self: WorkerDatabase, work: CommitBatch) -> CommitOutcome:
        if next(calls) % 3 == 1:
            raise DatabaseError("away")
        return honest(self, work)

    monkeypatch.setattr(WorkerDatabase, "commit", commit)

    deliver(fake)

    assert states() == {"accepted": 40}
    assert len(fake.sent) == 40


@pytest.mark.parametrize(("copies", "patience"), [(0, (0.0, 60.0)), (1, (60.0, 0.0))], ids=["nothing", "a result"])
def test_a_process_that_is_told_to_stop_ends_although_the_database_stays_away(
    fake: FakeSender, monkeypatch: pytest.MonkeyPatch, copies: int, patience: tuple[float, float]
) -> None:
    queue(copies)
    honest, was_away = WorkerDatabase.commit, threading.Event()

    def commit(self: WorkerDatabase, work: CommitBatch) -> CommitOutcome:
        if len(fake.sent) == copies:
            was_away.set()
            raise DatabaseError("away")
        return honest(self, work)

    async def run() -> None:
        engine = make_engine(fake, drain=False)
        working = asyncio.create_task(engine.run())
        while not was_away.is_set():
            await asyncio.sleep(0.01)
        engine.stop()
        await asyncio.wait_for(working, 30)

    monkeypatch.setattr(WorkerDatabase, "commit", commit)
    monkeypatch.setattr(engines, "STOP_PATIENCE", patience)

    with pytest.raises(DatabaseError):
        asyncio.run(run())

    assert states().get("sending", 0) == copies


def test_what_was_claimed_before_the_database_went_away_goes_back_and_leaves_once(
    fake: FakeSender, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    queue(40)
    calls, honest = iter(range(1000)), CopyLoader.load

    def load(self: CopyLoader, *words: Any) -> Any:
        if next(calls) < 2:
            raise OperationalError("away")
        return honest(self, *words)

    monkeypatch.setattr(CopyLoader, "load", load)

    deliver(fake)

    assert states() == {"accepted": 40}
    assert len(fake.sent) == 40
    assert set(Dispatch.objects.values_list("tries", flat=True)) == {1}  # nobody's try
    assert "what was claimed cannot be read: OperationalError" in caplog.text


def test_what_may_not_leave_is_settled_at_the_claim_outside_its_transaction(fake: FakeSender) -> None:
    made = queue(3)
    store = make_engine(fake).database
    Message.objects.filter(pk=made.pk).update(stopped_at=clock.now())
    open_while_read: list[bool] = []
    honest = store.loader.load

    def load(*words: Any) -> Any:
        open_while_read.append(connection.in_atomic_block)
        return honest(*words)

    store.loader.load = load  # type: ignore[method-assign]

    assert store.commit(CommitBatch(wants=[ClaimRequest("fake", 10, urgent_only=False)])).claimed["fake"] == []
    assert open_while_read == [False]  # others may write while mails are made ready
    assert states() == {"stopped": 3}


# The lane alone


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def item(number: int, *, urgent: bool = False) -> ClaimedCopy:
    envelope: Any = None
    return ClaimedCopy(number, "t", "fake", urgent, 0, 0, envelope)


def test_a_lane_gives_urgent_items_first() -> None:
    lane = ChannelQueues(FakeSender(), 4, Clock())

    lane.add([item(1), item(2), item(3, urgent=True)])

    assert [
        found.id
        for found in (
            lane.pop_next_and_defer_slow_sites(),
            lane.pop_next_and_defer_slow_sites(),
            lane.pop_next_and_defer_slow_sites(),
        )
        if found
    ] == [3, 1, 2]
    assert lane.pop_next_and_defer_slow_sites() is None


def test_a_lane_that_was_found_empty_is_not_asked_again_at_once() -> None:
    now = Clock()
    lane = ChannelQueues(FakeSender(), 4, now)
    want = lane.next_claim(database_changed=True)
    assert want == ClaimRequest("fake", lane.capacity, urgent_only=False)
    lane.postpone_next_claim_if_few_found(want, 0)

    assert lane.next_claim(database_changed=False) is None
    assert lane.next_claim(database_changed=True) == ClaimRequest("fake", lane.capacity, urgent_only=False)
    now.now += channel_queues.CLAIM_AGAIN_AFTER
    assert lane.next_claim(database_changed=False) == ClaimRequest("fake", lane.capacity, urgent_only=False)


def test_an_item_that_comes_as_patience_ends_is_not_lost() -> None:
    async def go() -> ClaimedCopy | None:
        lane = ChannelQueues(FakeSender(), 4, Clock())
        taking = asyncio.create_task(lane.pop(0.0))
        for _turn in range(2):  # until the patience is over in the very turn in which an item comes
            await asyncio.sleep(0)
        lane.add([item(1)])
        return await taking or lane.pop_next_and_defer_slow_sites()

    found = asyncio.run(go())

    assert found is not None
    assert found.id == 1


def test_a_lane_that_closes_lets_go_of_who_waits_and_passes_over_who_does_not_any_more() -> None:
    async def go() -> list[ClaimedCopy | None]:
        lane = ChannelQueues(FakeSender(), 4, Clock())
        takers = [asyncio.create_task(lane.pop(5.0)) for _taker in range(2)]
        await asyncio.sleep(0)
        lane.idle[0].cancel()
        lane.close()
        return await asyncio.gather(*takers, return_exceptions=True)  # type: ignore[return-value]

    gone, free = asyncio.run(go())

    assert isinstance(gone, asyncio.CancelledError)
    assert free is None


def test_a_full_lane_still_looks_for_alarms() -> None:
    now = Clock()
    lane = ChannelQueues(FakeSender(), 4, now)
    lane.add([item(number) for number in range(lane.capacity)])

    assert lane.next_claim(database_changed=True) == ClaimRequest("fake", lane.capacity, urgent_only=True)
    assert lane.next_claim(database_changed=True) is None
    now.now += channel_queues.CLAIM_URGENT_EVERY
    assert lane.next_claim(database_changed=False) == ClaimRequest("fake", lane.capacity, urgent_only=True)


def test_one_outage_is_one_pause_and_one_probe_at_a_time() -> None:
    now = Clock()
    lane = ChannelQueues(FakeSender(), 4, now)
    for _ in range(20):  # twenty lines fail at the same moment
        lane.record_failure(0, "down", grave=True)

    assert lane.suppliers[0].pause == circuit_breakers.FIRST_PAUSE
    assert [health.reason for health in lane.health_changes] == ["down"]
    assert lane.choose_supplier() is None
    now.now += circuit_breakers.FIRST_PAUSE
    assert [lane.choose_supplier(), lane.choose_supplier()] == [0, None]
    lane.record_failure(0, "down", grave=True)
    assert lane.suppliers[0].pause == 2 * circuit_breakers.FIRST_PAUSE
    assert [health.reason for health in lane.health_changes] == ["down", "down"]
    assert lane.next_claim(database_changed=True) is None

    now.now += 1
    assert lane.choose_supplier() == 0
    lane.record_connection(0)
    assert [health.reason for health in lane.health_changes] == ["down", "down", ""]
    assert lane.next_claim(database_changed=True) is not None


def test_lines_that_break_in_a_row_mean_an_outage_a_success_between_them_does_not() -> None:
    lane = ChannelQueues(FakeSender(), 4, Clock())

    for _ in range(circuit_breakers.FEWEST_FAILURES - 1):
        lane.record_failure(0, "cut")
    lane.suppliers[0].record_success()
    lane.record_failure(0, "cut")
    assert lane.down_since is None
    for _ in range(circuit_breakers.FEWEST_FAILURES):
        lane.record_failure(0, "cut")

    assert lane.down_since is not None


def test_a_line_that_keeps_us_waiting_says_nothing_where_others_have_success() -> None:
    now = Clock()
    lane = ChannelQueues(FakeSender(), 4, now)
    lane.suppliers[0].record_success()
    for _ in range(6):  # of twenty lines
        lane.record_failure(0, "slow", grave=True, since=now.now)
    assert lane.down_since is None

    now.now += circuit_breakers.SUCCESS_COUNTS_FOR
    lane.record_failure(0, "slow", grave=True, since=now.now)

    assert lane.down_since is not None


def test_after_an_outage_the_first_copy_is_the_trial() -> None:
    now = Clock()
    lane = ChannelQueues(FakeSender(), 4, now)
    lane.record_failure(0, "429", grave=True, pause_seconds=7)
    now.now += 6
    assert lane.choose_supplier() is None
    now.now += 1
    assert lane.choose_supplier() == 0
    lane.record_connection(0)

    lane.record_failure(0, "cut")

    assert lane.down_since is not None
    assert lane.suppliers[0].pause == 2 * circuit_breakers.FIRST_PAUSE


def test_the_second_supplier_serves_while_the_first_is_down_and_no_longer() -> None:
    now = Clock()
    lane = ChannelQueues(FakePair(), 4, now)
    assert lane.choose_supplier() == 0
    assert lane.is_right_supplier(0) is True
    assert lane.is_right_supplier(1) is False

    lane.record_failure(0, "down", grave=True)
    assert lane.down_since is None
    assert lane.choose_supplier() == 1
    assert lane.is_right_supplier(0) is False
    assert lane.is_right_supplier(1) is True
    now.now += circuit_breakers.FIRST_PAUSE
    assert not lane.is_right_supplier(1)  # one connection leaves it and tries the first
    assert [lane.choose_supplier(), lane.choose_supplier()] == [0, 1]
    lane.record_connection(0)
    assert (lane.is_right_supplier(0), lane.is_right_supplier(1)) == (False, True)  # one copy has to leave first

    lane.record_success(0)
    assert lane.is_right_supplier(0) is True
    assert lane.is_right_supplier(1) is False
    assert [(health.supplier, health.reason) for health in lane.health_changes] == [(0, "down"), (0, "")]


def test_neither_a_copy_in_doubt_nor_a_new_alarm_tries_a_supplier_that_is_down_beside_one_that_is_well() -> None:
    now = Clock()
    lane = ChannelQueues(FakePair(), 4, now)
    doubted, alarm, bulk = item(1)._replace(unknowns=1), item(2)._replace(urgent=True), item(3)
    lane.record_failure(0, "silent", grave=True)
    now.now += circuit_breakers.FIRST_PAUSE
    assert [(lane.is_right_supplier(1, one), lane.can_probe_with(0, one)) for one in (doubted, alarm, bulk)] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert (lane.choose_supplier(doubted), lane.choose_supplier(alarm)) == (1, 1)

    now.now += channel_queues.NEW_OUTAGE
    assert (lane.choose_supplier(doubted), lane.choose_supplier(alarm), lane.choose_supplier(bulk)) == (1, 0, 1)
    lane.record_failure(1, "down", grave=True)
    now.now += circuit_breakers.FIRST_PAUSE
    assert lane.choose_supplier(doubted) == 1  # there is no other way


def test_a_copy_in_doubt_leaves_by_the_other_supplier_although_this_worker_met_no_silence() -> None:
    lane = ChannelQueues(FakePair(), 4, Clock())
    doubted = item(1)._replace(unknowns=1)

    assert lane.choose_supplier(doubted) == 1
    assert lane.is_right_supplier(0, doubted) is False
    assert lane.is_right_supplier(1, doubted) is True
    assert lane.choose_supplier(item(2)) == 0
    assert lane.is_right_supplier(0, item(2)) is True
    assert lane.is_right_supplier(1, item(2)) is False
    lane.record_failure(1, "down", grave=True)
    assert lane.choose_supplier(doubted) == 0
    assert lane.is_right_supplier(0, doubted) is True


def test_a_copy_in_doubt_stays_with_a_supplier_that_can_be_asked() -> None:
    class Knowing(FakePair):
        abilities = Abilities(concurrency=4, asks=True)

    assert ChannelQueues(Knowing(), 4, Clock()).choose_supplier(item(1)._replace(unknowns=1)) == 0


def test_where_no_supplier_is_well_a_line_that_stands_is_enough() -> None:
    now = Clock()
    lane = ChannelQueues(FakePair(), 4, now)
    lane.record_failure(0, "down", grave=True)
    lane.record_failure(1, "down", grave=True)
    now.now += circuit_breakers.FIRST_PAUSE

    assert [lane.choose_supplier(), lane.choose_supplier(), lane.choose_supplier()] == [0, 1, None]
    lane.record_connection(1)
    assert (lane.down_since, lane.best_supplier) == (None, 1)
    lane.record_connection(0)  # its trial goes on: there is a better one now
    assert lane.best_supplier == 1
    lane.record_success(0)
    assert lane.best_supplier == 0


def test_urgent_copies_are_rerouted_only_after_a_while_without_any_supplier() -> None:
    now = Clock()
    lane = ChannelQueues(FakePair(), 4, now)
    lane.record_failure(0, "down", grave=True)
    now.now += channel_queues.REROUTE_AFTER
    assert not lane.must_reroute_urgent()

    lane.record_failure(1, "down", grave=True)
    assert not lane.must_reroute_urgent()
    now.now += channel_queues.REROUTE_AFTER

    assert lane.must_reroute_urgent()


TROUBLE: dict[str, Callable[[], dict[str, Any]]] = {
    "nobody answers": lambda: {"down": True},
    "421": lambda: {"script": [ConnectionFailed("smtp-421") for _ in range(30)]},
    "silence": lambda: {"script": [ConnectionFailed("slow", slow=True) for _ in range(30)]},
    "429": lambda: {"script": [DeliveryFailed("429", temporary=True, after=600, service=True) for _ in range(30)]},
    "a cut after the data": lambda: {"script": [OutcomeUnknown("cut") for _ in range(30)]},
    "silence after the data": lambda: {"script": [OutcomeUnknown("slow", slow=True) for _ in range(30)]},
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_an_alarm_goes_to_the_second_supplier_at_once(monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    pair = FakePair(**TROUBLE[trouble]())
    install(monkeypatch, pair)
    queue(3, urgent=True)
    begun = clock.now()

    _deliver_until_done(pair, lambda _: None)

    last = max(Dispatch.objects.values_list("settled_at", flat=True))
    assert len({envelope.reference for envelope in pair.by_second}) == len(pair.by_second) == 3
    assert last - begun < timedelta(seconds=5) * SLOW
    assert list(Supplier.objects.exclude(suspended_at=None).values_list("number", flat=True)) == [1]


def test_no_copy_is_doubted_twice_at_a_supplier_that_stays_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    silence = [OutcomeUnknown("slow", slow=True) for _ in range(400)]
    pair = FakePair(script=silence, delay=0.05, lines=10)
    monkeypatch.setattr(channel_queues, "NEW_OUTAGE", 0.0)
    install(monkeypatch, pair)
    monkeypatch.setattr(circuit_breakers, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(circuit_breakers, "LONGEST_PAUSE", 0.05)
    queue(150, urgent=True)

    _deliver_until_done(pair, lambda _: None)

    assert states() == {"accepted": 150}
    assert len({envelope.reference for envelope in pair.sent}) == len(pair.sent) > 10  # it was tried again meanwhile
    assert len(pair.by_second) == 150


def test_a_first_supplier_that_is_back_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = FakePair(script=[OutcomeUnknown("slow", slow=True) for _ in range(4)])
    install(monkeypatch, pair)
    monkeypatch.setattr(circuit_breakers, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(senders, "UNKNOWN_PAUSE", 0.1)
    queue(300)

    _deliver_until_done(pair, lambda _: None)

    assert len(pair.sent) - 4 > len(pair.by_second) > 0
    assert list(Supplier.objects.values_list("number", "suspended_at")) == [(1, None)]


def test_a_worker_that_starts_anew_takes_back_what_the_last_one_said_of_a_supplier(fake: FakeSender) -> None:
    Supplier.objects.create(channel="fake", suspended_at=clock.now(), reason="down", changed_at=clock.now())
    queue(1)

    deliver(fake)

    assert list(Supplier.objects.values_list("suspended_at", "reason")) == [(None, "")]


def test_an_outage_that_no_worker_meets_any_more_is_over() -> None:
    at = clock.now()
    for channel, ago in (
        ("email", periodic_tasks.OUTAGE_OUTDATED),
        ("sms", periodic_tasks.OUTAGE_OUTDATED - timedelta(seconds=5)),
    ):
        Supplier.objects.create(channel=channel, suspended_at=at, reason="down", changed_at=at - ago)

    periodic_tasks.task_to_clear_old_outages(lambda: at).run_and_report_more_work()

    rows = Supplier.objects.order_by("channel").values_list("channel", "suspended_at", "reason", "changed_at")
    assert list(rows) == [
        ("email", None, "", at),
        ("sms", at, "down", at - periodic_tasks.OUTAGE_OUTDATED + timedelta(seconds=5)),
    ]


def test_messages_leave_while_a_long_chore_is_under_way(fake: FakeSender) -> None:
    """The first chore fails; the second ends only when all have left."""
    done: list[str] = []
    all_left = threading.Event()

    def fail() -> None:
        raise OperationalError("no")

    def wait_for_messages() -> None:
        done.append("swept" if all_left.wait(PATIENCE) else "given up")

    queue(3)
    engine = make_engine(fake, drain=False)
    engine.tasks = [PeriodicTask(60.0, fail), PeriodicTask(60.0, wait_for_messages)]

    async def run() -> None:
        working = asyncio.create_task(engine.run())
        await _until(lambda: len(fake.sent) == 3 or bool(done))
        all_left.set()
        await _until(lambda: bool(done))
        engine.stop()
        await asyncio.wait_for(working, PATIENCE)

    asyncio.run(run())

    assert done == ["swept"]
    assert states() == {"accepted": 3}


def test_a_frequent_chore_is_done_between_the_parts_of_a_long_one(fake: FakeSender) -> None:
    """The long chore has more to do until the other was done twice: in one piece it would never end."""
    frequent: list[str] = []
    parts: list[int] = []
    engine = make_engine(fake, drain=False)

    def do_a_part() -> bool:
        parts.append(len(frequent))
        return len(frequent) < 2

    engine.tasks = [PeriodicTask(60.0, do_a_part), PeriodicTask(0.0, lambda: frequent.append("looked"))]

    async def run() -> None:
        working = asyncio.create_task(engine.run())
        await _until(lambda: bool(parts) and parts[-1] >= 2)
        engine.stop()
        await asyncio.wait_for(working, PATIENCE)

    asyncio.run(run())

    assert parts[:3] == [0, 1, 2]


def test_long_chores_rest_together_between_their_parts_while_messages_wait(fake: FakeSender) -> None:
    """Else the two thousand partnerships of a country took half of the processor from a message to everybody."""
    done: list[str] = []
    engine = make_engine(fake, drain=False)
    engine.tasks = [
        PeriodicTask(60.0, lambda: done.append("dates") or time.sleep(0.1) or True),
        PeriodicTask(60.0, lambda: done.append("plans") or time.sleep(0.1) or True),
        PeriodicTask(0.0, lambda: done.append("frequent")),
    ]

    async def run() -> None:
        engine.chore = asyncio.get_running_loop().create_future()
        engine.chore.set_result(None)
        begun = asyncio.get_running_loop().time()
        for is_idle in (False,) * 5 + (True,) * 2:
            engine._is_idle = lambda idle=is_idle: idle
            engine._start_most_overdue_task()
            await engine.chore
        assert engine.next_part >= begun + 0.4 + 0.1 * engines.REST

    asyncio.run(run())

    assert done[:5] == ["dates", "plans", "frequent", "frequent", "frequent"]
    assert done[5:] == ["dates", "plans"]


def test_a_worker_whose_clock_is_wrong_does_nothing_and_goes_on_by_itself(fake: FakeSender) -> None:
    """It begins right, is wrong for a while in which people write, and is right again."""
    done: list[str] = []
    wrong = False
    queue(2)
    engine = make_engine(fake, drain=False)
    engine.clock_is_wrong = lambda: wrong
    engine.tasks = [
        PeriodicTask(0.0, lambda: done.append("looked"), always=True),
        PeriodicTask(0.0, lambda: done.append("acted")),
    ]

    async def run() -> list[int]:
        nonlocal wrong
        working, seen = asyncio.create_task(engine.run()), []
        await _until(lambda: len(fake.sent) == 2)
        wrong = True
        await asyncio.sleep(0.3)
        done.clear()
        await asyncio.to_thread(beside, lambda: queue(3, first=2))
        await _until(lambda: len(done) > 5)
        seen.append(len(fake.sent))
        assert set(done) == {"looked"}
        wrong = False
        await _until(lambda: len(fake.sent) == 5)
        engine.stop()
        await asyncio.wait_for(working, PATIENCE)
        return seen

    assert asyncio.run(run()) == [2]
    assert states() == {"accepted": 5}
    assert "acted" in done


async def _until(holds: Callable[[], bool]) -> None:
    """Wait as long as it takes; a test that never comes there is ended by pytest."""
    while not holds():
        await asyncio.sleep(0.01)


class Telling(FakeSender):
    """A supplier that is asked for its receipts; what it told once it takes to be kept at the next question."""

    told: int = 0
    kept: int = 0

    @property
    def abilities(self) -> Abilities:
        """With receipts."""
        return Abilities(concurrency=self.lines, receipts=True)

    async def read_receipts(self) -> list[Receipt]:
        """First it fails, then it tells of each copy that it took."""
        self.told, self.kept = self.told + 1, self.told
        if self.told == 1:
            raise OSError("not yet")
        return [Receipt(envelope.reference, "delivered", f"e{envelope.reference}") for envelope in self.sent]


@pytest.mark.parametrize(("urgent", "least", "most"), [(False, 55, 60), (True, 0, 1)])
def test_a_supplier_that_tells_of_each_copy_may_do_so_before_one_in_doubt_leaves_again(
    monkeypatch: pytest.MonkeyPatch, *, urgent: bool, least: int, most: int
) -> None:
    monkeypatch.setattr(receipt_fetcher, "FETCH_EVERY", 60.0)
    telling = Telling(script=[OutcomeUnknown("cut")])
    install(monkeypatch, telling)
    queue(1, urgent=urgent)
    engine = make_engine(telling)
    honest, due = engine.commit_result, []

    def commit_result(item: ClaimedCopy, result: SendResult) -> None:
        due.append(result.pause)
        engine.stop()
        honest(item, result)

    monkeypatch.setattr(engine, "commit_result", commit_result)
    asyncio.run(asyncio.wait_for(engine.run(), 30))

    assert states() == {"queued": 1}
    assert [least <= pause <= most for pause in due] == [True]
    assert Dispatch.objects.get().unknowns == 1


def test_receipts_are_fetched_and_kept_before_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Telling()
    monkeypatch.setattr(receipt_fetcher, "FETCH_EVERY", 0.01)
    install(monkeypatch, channel)
    queue(3)

    def until_delivered(_engine: Engine) -> None:
        eventually(lambda: not beside(Dispatch.objects.exclude(state="delivered").exists))

    engine = make_engine(channel, drain=False)

    async def run() -> None:
        working = asyncio.create_task(engine.run())
        await asyncio.to_thread(until_delivered, engine)
        engine.stop()
        await asyncio.wait_for(working, PATIENCE)

    asyncio.run(run())

    assert states() == {"delivered": 3}
    assert channel.kept >= 1
