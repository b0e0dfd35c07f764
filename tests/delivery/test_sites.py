"""Sites that keep our lines waiting: they share a quarter of the lines, and the others leave meanwhile (F10)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from plp.delivery import actions
from plp.delivery.channel import Envelope
from plp.delivery.engine import senders
from plp.delivery.engine.channel_queues import DEFER, DEFER_URGENT, REROUTE_AFTER, ChannelQueues
from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.engine import Engine
from plp.delivery.engine.slow_sites import FORGOTTEN_AFTER, SHARE, TIMEOUTS_OF_SLOW_SITE, SlowSites
from plp.delivery.engine.work_items import ClaimedCopy, ClaimRequest, CommitBatch, SendResult
from plp.delivery.engine.worker_database import SLOW_SITE, WorkerDatabase
from plp.delivery.models import Attempt, Dispatch
from plp.toolbox import clock
from tests.factories.outbox import audience, message, person
from tests.factories.senders import FakeSender, FakeSited, FakeSitedPair, install

LINES = 8


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def item(number: int, site: str, *, urgent: bool = False, waited: float = 0.0) -> ClaimedCopy:
    words: Any = None
    written = clock.now() - timedelta(seconds=waited)
    return ClaimedCopy(number, "t", "fake", urgent, 0, 0, Envelope("r", f"member{number}@{site}", words, {}, written))


def slow(sites: SlowSites, site: str = "deaf.example.be") -> None:
    for _ in range(TIMEOUTS_OF_SLOW_SITE):
        sites.record_timeout(item(0, site))


def test_a_site_that_hangs_again_and_again_shares_a_quarter_of_the_lines() -> None:
    sites = SlowSites(FakeSited(), LINES, Clock())
    slow(sites)
    slow(sites, "mute.example.be")

    admitted = [
        sites.acquire_connection(item(1, "deaf.example.be")),
        sites.acquire_connection(item(2, "mute.example.be")),
    ]
    assert admitted == [True, True]
    assert not sites.acquire_connection(item(3, "deaf.example.be"))
    assert sites.acquire_connection(item(4, "well.example.be"))

    sites.release_connection(item(2, "mute.example.be"))
    assert sites.acquire_connection(item(3, "deaf.example.be"))


def test_one_hang_says_nothing_and_an_answer_takes_all_back() -> None:
    sites = SlowSites(FakeSited(), 2, Clock())
    sites.record_timeout(item(0, "deaf.example.be"))
    assert all(sites.acquire_connection(item(number, "deaf.example.be")) for number in range(5))

    slow(sites)
    sites.record_answer(item(0, "well.example.be"))
    assert [sites.acquire_connection(item(number, "deaf.example.be")) for number in range(2)] == [True, False]
    sites.record_answer(item(0, "deaf.example.be"))
    assert all(sites.acquire_connection(item(number, "deaf.example.be")) for number in range(5))


def test_what_hung_long_ago_is_forgotten() -> None:
    now = Clock()
    sites = SlowSites(FakeSited(), 2, now)
    slow(sites)
    now.now += FORGOTTEN_AFTER + 1

    assert all(sites.acquire_connection(item(number, "deaf.example.be")) for number in range(5))
    sites.record_timeout(item(0, "mute.example.be"))
    assert list(sites.timeouts) == ["mute.example.be"]
    sites.record_timeout(item(0, "deaf.example.be"))
    assert all(sites.acquire_connection(item(number, "deaf.example.be")) for number in range(5))


def test_a_channel_without_sites_has_none_that_is_slow() -> None:
    sites = SlowSites(FakeSender(), 2, Clock())
    slow(sites)

    assert all(sites.acquire_connection(item(number, "deaf.example.be")) for number in range(5))


def test_a_lane_defers_what_finds_no_line_and_gives_the_others() -> None:
    lane = ChannelQueues(FakeSited(), 2, Clock())
    slow(lane.sites)
    waits, long = item(3, "deaf.example.be", urgent=True), item(4, "deaf.example.be", urgent=True, waited=REROUTE_AFTER)
    lane.add([waits._replace(id=1), waits, long, item(5, "deaf.example.be"), item(6, "well.example.be")])

    assert [
        found.id for found in (lane.pop_next_and_defer_slow_sites(), lane.pop_next_and_defer_slow_sites()) if found
    ] == [1, 6]
    put_off = [(back.id, back.tried, back.pause, back.early) for back in lane.give_back_deferred_or_reroute_urgent()]
    assert put_off == [(3, 0, DEFER_URGENT, False), (4, 0, DEFER_URGENT, True), (5, 0, DEFER, False)]
    assert lane.give_back_deferred_or_reroute_urgent() == []


def test_lines_that_wait_stay_as_they_are_when_all_that_comes_is_deferred() -> None:
    async def wait() -> ClaimedCopy | None:
        lane = ChannelQueues(FakeSited(), 2, Clock())
        slow(lane.sites)
        lane.add([item(1, "deaf.example.be")])
        lane.pop_next_and_defer_slow_sites()
        waiting = asyncio.create_task(lane.pop(30))
        await asyncio.sleep(0)
        lane.add([item(2, "deaf.example.be")])
        await asyncio.sleep(0)
        assert not waiting.done()
        lane.add([item(3, "well.example.be")])
        return await waiting

    found = asyncio.run(wait())
    assert found is not None
    assert found.id == 3


def test_a_lane_that_goes_down_gives_back_what_it_deferred_too() -> None:
    lane = ChannelQueues(FakeSited(), 2, Clock())
    slow(lane.sites)
    lane.add([item(1, "deaf.example.be"), item(2, "deaf.example.be"), item(3, "well.example.be")])
    lane.pop_next_and_defer_slow_sites()
    lane.pop_next_and_defer_slow_sites()

    assert [left.id for left in lane.take_out_all()] == [2]
    assert lane.give_back_deferred_or_reroute_urgent() == []


def test_an_item_that_is_put_back_holds_no_line() -> None:
    lane = ChannelQueues(FakeSited(), 2, Clock())
    slow(lane.sites)
    lane.add([item(1, "deaf.example.be"), item(2, "deaf.example.be")])

    taken = lane.pop_next_and_defer_slow_sites()
    assert taken
    lane.put_back(taken)
    assert lane.pop_next_and_defer_slow_sites() == taken


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("urgent", [False, True])
def test_healthy_copies_leave_while_a_site_hangs(monkeypatch: pytest.MonkeyPatch, urgent: bool) -> None:
    fake = FakeSited(lines=LINES)
    install(monkeypatch, fake, FakeSender(key="other"))
    monkeypatch.setattr(senders, "URGENT_PAUSE", 0.01)
    monkeypatch.setattr(senders, "BROKEN_PAUSE", 0.01)
    for number in range(40):
        person(("fake", f"member{number}@deaf.example.be"), ("other", f"telephone{number}"), at=clock.now())
    for number in range(40):
        person(("fake", f"member{number}@well.example.be"), at=clock.now())
    made = message("fake", "other", at=clock.now(), urgent=urgent)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience().filter(channel="fake"), at=clock.now())
    engine = Engine(
        WorkerDatabase(database_dialect(connection.vendor, clock.now), {"fake": fake}, lease=60),
        {"fake": fake},
        connections=LINES,
    )

    async def run() -> None:
        working = asyncio.create_task(engine.run())
        async with asyncio.timeout(30):
            while len(fake.sent) < 40 or len(fake.waiting) < 3 * LINES:
                await asyncio.sleep(0.01)
        engine.stop()
        await asyncio.wait_for(working, 30)

    asyncio.run(run())
    assert max(fake.waiting) <= LINES
    assert max(fake.waiting[2 * LINES :]) <= LINES // SHARE
    assert Dispatch.objects.filter(channel="fake", state="accepted").count() == 40


@pytest.mark.django_db
def test_an_urgent_copy_that_waits_for_too_long_takes_the_next_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeSited()
    install(monkeypatch, fake, FakeSender(key="other"))
    person(("fake", "member@deaf.example.be"), ("other", "telephone"), at=clock.now())
    person(("fake", "lonely@deaf.example.be"), at=clock.now())
    made = message("fake", "other", at=clock.now(), urgent=True)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience().filter(channel="fake"), at=clock.now())
    store = WorkerDatabase(database_dialect(connection.vendor, clock.now), {"fake": fake}, lease=60)
    claimed = store.commit(CommitBatch(wants=[ClaimRequest("fake", 10, urgent_only=False)])).claimed["fake"]

    store.commit(
        CommitBatch(results=[SendResult(one.id, one.token, "queued", tried=0, pause=60, early=True) for one in claimed])
    )

    found = Dispatch.objects.order_by("channel", "state").values_list("channel", "state", "reason", "tries")
    assert list(found) == [("fake", "failed", SLOW_SITE, 0), ("fake", "queued", "", 0), ("other", "queued", "", 0)]
    assert list(Attempt.objects.values_list("state", "reason")) == [("failed", SLOW_SITE)]
    assert not store.commit(CommitBatch(wants=[ClaimRequest("fake", 10, urgent_only=False)])).claimed["fake"]


@pytest.mark.parametrize(("fake", "down"), [(FakeSited(), False), (FakeSitedPair(), True)])
def test_a_slow_site_takes_the_blame_where_no_other_supplier_could_do_better(fake: FakeSited, down: bool) -> None:
    now = Clock()
    lane = ChannelQueues(fake, LINES, now)
    slow(lane.sites)

    lane.record_timeout(0, item(1, "deaf.example.be"), "no-answer", now())
    assert (lane.suppliers[0].open_since is not None) is down
    lane.record_timeout(0, item(1, "well.example.be"), "no-answer", now())
    assert lane.suppliers[0].open_since is not None
