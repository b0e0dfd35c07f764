"""One worker's transactions: claims, leases, fencing, the last look before data leaves, the unknown rule."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plp.delivery import actions
from plp.delivery.channel import Receipt as News
from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.work_items import (
    ClaimedCopy,
    ClaimRequest,
    CommitBatch,
    CommitOutcome,
    SendResult,
    SupplierHealth,
)
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Attempt, Dispatch, Message, MessageText, Receipt, Supplier
from plp.delivery.queries import outbox_figures_for_operators
from plp.delivery.states import State
from plp.delivery.texts import Slot
from plp.people.models import ContactPoint, Person, Preference
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people, person
from tests.factories.senders import FakeSender, install

pytestmark = pytest.mark.django_db
LEASE = 60.0
THROUGH_ALL = re.compile(r"^SCAN delivery_dispatch(?! USING)|Seq Scan on delivery_dispatch", re.MULTILINE)
BY_OTHERS = re.compile(r"delivery_(dispatch_(once|contact)|claim|lease|held)")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeSender:
    channel = FakeSender()
    install(monkeypatch, channel, FakeSender(key="other"))
    return channel


@pytest.fixture
def store(fake: FakeSender) -> WorkerDatabase:
    return make_store(fake)


def make_store(fake: FakeSender) -> WorkerDatabase:
    channels: Mapping[str, Any] = {"fake": fake}
    return WorkerDatabase(database_dialect(connection.vendor, clock.now), channels, lease=LEASE)


def queue(number: int, **more: Any) -> Message:
    people(number, channel="fake", at=clock.now())
    return send(**more)


def send(*channels: str, at: datetime | None = None, **more: Any) -> Message:
    at = at or clock.now()
    made = message(*(channels or ("fake",)), at=at, **more)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=at)
    return made


def claim(store: WorkerDatabase, number: int = 100, *, urgent_only: bool = False) -> list[ClaimedCopy]:
    return store.commit(CommitBatch(wants=[ClaimRequest("fake", number, urgent_only)])).claimed["fake"]


def start(store: WorkerDatabase, items: list[ClaimedCopy]) -> CommitOutcome:
    return store.commit(CommitBatch(starts=items))


def settle(store: WorkerDatabase, *results: SendResult) -> CommitOutcome:
    return store.commit(CommitBatch(results=list(results)))


def states() -> list[str]:
    return list(Dispatch.objects.order_by("id").values_list("state", flat=True))


def lapse() -> None:
    """Let every lease be over."""
    Dispatch.objects.exclude(lease_until=None).update(lease_until=clock.now() - timedelta(seconds=1))


def test_a_copy_is_claimed_started_and_accepted(store: WorkerDatabase) -> None:
    made = queue(3)

    items = claim(store)
    assert states() == ["claimed"] * 3
    done = start(store, items)
    assert done.started == {item.id for item in items}
    assert states() == ["sending"] * 3
    settle(store, *(SendResult(item.id, item.token) for item in items))

    assert states() == ["accepted"] * 3
    row = Dispatch.objects.first()
    assert row
    assert (row.token, row.lease_until, row.tries, row.unknowns) == ("", None, 1, 0)
    first = items[0].envelope
    assert sorted(item.envelope.address for item in items) == ["+32400000000", "+32400000001", "+32400000002"]
    assert first.values[Slot.NAME] == f"Élise Van den Berghe {int(first.address[-4:])}"
    assert first.written_at.tzinfo is not None
    assert first.values[Slot.CHECK_CODE] == made.check_code
    assert first.reference == f"p{items[0].id}-{made.pk.hex}"


def test_urgent_comes_first_then_fewer_tries_then_age(store: WorkerDatabase) -> None:
    queue(3)
    Dispatch.objects.filter(pk=Dispatch.objects.order_by("id")[0].pk).update(tries=1)
    alarm = send(urgent=True)

    items = claim(store)

    rows = Dispatch.objects.in_bulk()
    assert [(rows[item.id].message_id == alarm.pk, item.tries) for item in items] == [
        *[(True, 0)] * 3,
        *[(False, 0)] * 2,
        (False, 1),
    ]


def test_an_urgent_claim_leaves_bulk_where_it_is(store: WorkerDatabase) -> None:
    queue(2)

    assert claim(store, urgent_only=True) == []
    assert states() == ["queued"] * 2


def test_two_workers_never_hold_the_same_row(store: WorkerDatabase, fake: FakeSender) -> None:
    queue(4)

    one, other = claim(store, 2), claim(make_store(fake))

    assert {item.id for item in one}.isdisjoint(item.id for item in other)
    assert len(one) == len(other) == 2
    assert {item.token for item in one}.isdisjoint(item.token for item in other)


def test_a_result_after_the_lease_was_lost_is_refused(store: WorkerDatabase, fake: FakeSender) -> None:
    queue(1)
    (late,) = claim(store)
    start(store, [late])
    lapse()
    store.commit(CommitBatch(sweep=True))
    (again,) = claim(make_store(fake))

    done = settle(store, SendResult(late.id, late.token))

    assert done.late == 1
    assert states() == ["claimed"]
    assert again.envelope.reference == late.envelope.reference
    assert again.envelope.repeated


def test_a_worker_that_slept_through_its_lease_may_not_start(store: WorkerDatabase) -> None:
    queue(1)
    (item,) = claim(store)
    lapse()

    assert start(store, [item]).started == set()


def test_an_ended_lease_gives_a_claimed_row_back_without_counting_a_try(store: WorkerDatabase) -> None:
    queue(1)
    claim(store)
    lapse()

    store.commit(CommitBatch(sweep=True))

    row = Dispatch.objects.get()
    assert (row.state, row.tries, row.unknowns) == ("queued", 0, 0)


def test_a_worker_that_died_while_sending_leaves_one_more_copy_then_a_question(store: WorkerDatabase) -> None:
    queue(1)
    for expected in ("queued", "unknown"):
        (item,) = claim(store)
        start(store, [item])
        lapse()
        store.commit(CommitBatch(sweep=True))
        assert states() == [expected]

    assert claim(store) == []
    assert Dispatch.objects.get().unknowns == 2
    assert list(Attempt.objects.order_by("id").values_list("state", "reason")) == [
        ("queued", "lease-over"),
        ("unknown", "lease-over"),
    ]


def test_a_receipt_that_overtakes_the_worker_wins(store: WorkerDatabase) -> None:
    queue(1)
    (item,) = claim(store)
    start(store, [item])
    news = actions.receipts.contract.Receipt(item.envelope.reference, "delivered", "event")
    actions.record_receipt_and_move_dispatch(channel="fake", receipt=news, at=clock.now())

    assert settle(store, SendResult(item.id, item.token)).late == 1
    assert states() == ["delivered"]


def test_a_parked_receipt_is_taken_up_with_the_suppliers_reference(store: WorkerDatabase) -> None:
    queue(1)
    (item,) = claim(store)
    start(store, [item])
    news = actions.receipts.contract.Receipt("supplier-5", "delivered", "event")
    actions.record_receipt_and_move_dispatch(channel="fake", receipt=news, at=clock.now())

    settle(store, SendResult(item.id, item.token, reference="supplier-5"))

    assert states() == ["delivered"]
    assert Receipt.objects.get().dispatch_id == item.id


STOPS = {
    "message-stopped": lambda: Message.objects.update(stopped_at=clock.now()),
    "contact-stopped": lambda: ContactPoint.objects.update(stopped_at=clock.now()),
    "unconfirmed": lambda: ContactPoint.objects.update(confirmed_at=None),
    "forgotten": lambda: Person.objects.all().delete(),
    "expired": lambda: Message.objects.update(expires_at=clock.now()),
}


@pytest.mark.parametrize("change", STOPS)
@pytest.mark.parametrize("moment", ["before the claim", "before the data leaves"])
def test_whoever_must_get_nothing_gets_nothing(store: WorkerDatabase, change: str, moment: str) -> None:
    queue(2)
    ready: list[ClaimedCopy] = []
    if moment == "before the data leaves":
        ready = claim(store)
        assert len(ready) == 2
    STOPS[change]()

    if ready:
        assert start(store, ready).started == set()
    else:
        assert claim(store) == []

    assert states() == ["expired" if change == "expired" else "stopped"] * 2


def test_only_those_who_may_go_are_started(store: WorkerDatabase) -> None:
    queue(3)
    items = claim(store)
    ContactPoint.objects.filter(dispatches=items[1].id).update(stopped_at=clock.now())

    done = start(store, items)

    assert done.started == {items[0].id, items[2].id}
    assert states() == ["sending", "stopped", "sending"]


def test_a_code_reaches_an_unconfirmed_paused_contact(store: WorkerDatabase) -> None:
    people(1, channel="fake", at=clock.now())
    ContactPoint.objects.update(confirmed_at=None)
    preference = Preference.objects.get()
    preference.paused_until = (clock.now() + timedelta(days=1)).isoformat()
    preference.save()
    made = message("fake", at=clock.now())
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=clock.now(), unconfirmed=True)

    items = claim(store)

    assert start(store, items).started == {items[0].id}


def test_a_paused_person_is_held_and_released_later(store: WorkerDatabase) -> None:
    person(("fake", "a"), at=clock.now(), paused_until=(clock.now() + timedelta(days=30)).isoformat())
    send(urgent=True)

    assert claim(store) == []
    row = Dispatch.objects.get()
    assert (row.state, row.reason) == ("held", "")
    assert timedelta(0) < row.due_at - clock.now() <= timedelta(hours=3)
    Dispatch.objects.update(due_at=clock.now())
    store.commit(CommitBatch(sweep=True))

    assert states() == ["queued"]


def test_a_copy_that_cannot_be_written_is_parked_after_three_tries(store: WorkerDatabase) -> None:
    queue(1, body="poison")

    for expected in ("queued", "queued", "failed"):
        Dispatch.objects.update(due_at=clock.now())
        assert claim(store) == []
        assert states() == [expected]

    assert Dispatch.objects.get().reason == "fault"


def test_an_address_that_was_tampered_with_stops_nobody_else(store: WorkerDatabase) -> None:
    queue(2)
    first, second = ContactPoint.objects.order_by("digest")
    stolen = ContactPoint.objects.filter(pk=second.pk).values_list("address", flat=True)[0]
    table = ContactPoint._meta.db_table
    with connection.cursor() as cursor:
        key = connection.ops.adapt_unknown_value(first.pk) if connection.vendor == "postgresql" else first.pk.hex
        cursor.execute(f"UPDATE {table} SET address = %s WHERE id = %s", [bytes(stolen), key])

    assert [item.envelope.address for item in claim(store)] == ["+32400000001"]


def test_a_language_without_text_fails_loudly(store: WorkerDatabase) -> None:
    queue(1)
    MessageText.objects.update(language="de")

    assert claim(store) == []
    assert list(Dispatch.objects.values_list("state", "reason")) == [("failed", "no-text")]


def test_a_temporary_failure_waits_and_a_permanent_one_takes_the_next_channel(store: WorkerDatabase) -> None:
    person(("fake", "a"), ("other", "b"), at=clock.now())
    send("fake", "other")
    (item,) = claim(store)
    start(store, [item])
    settle(store, SendResult(item.id, item.token, State.QUEUED, reason="busy", pause=30))
    assert claim(store) == []
    Dispatch.objects.update(due_at=clock.now())
    (item,) = claim(store)
    start(store, [item])
    settle(store, SendResult(item.id, item.token, State.FAILED, reason="gone"))

    assert list(Dispatch.objects.order_by("id").values_list("channel", "state", "tries", "replaced")) == [
        ("fake", "failed", 2, True),
        ("other", "queued", 0, False),
    ]
    assert list(Attempt.objects.order_by("id").values_list("state", "reason")) == [
        ("queued", "busy"),
        ("failed", "gone"),
    ]


@pytest.mark.parametrize("further", [True, False])
def test_an_urgent_copy_that_fails_again_takes_the_next_channel_if_there_is_one(
    store: WorkerDatabase, further: bool
) -> None:
    person(("fake", "a"), *([("other", "b")] if further else []), at=clock.now())
    send("fake", "other", urgent=True)
    (item,) = claim(store)
    start(store, [item])

    settle(store, SendResult(item.id, item.token, State.QUEUED, reason="busy", pause=20, early=True))

    assert states() == (["failed", "queued"] if further else ["queued"])


def test_urgent_copies_of_a_channel_that_is_down_take_the_next(store: WorkerDatabase) -> None:
    person(("fake", "a"), ("other", "b"), at=clock.now())
    person(("fake", "c"), at=clock.now())
    send("fake", "other", urgent=True)
    send("fake", "other")

    send("other", urgent=True)

    store.commit(CommitBatch(reroute=["fake"]))

    found = Dispatch.objects.order_by("id").values_list("urgent", "channel", "state", "reason")
    assert sorted(found) == [
        (False, "fake", "queued", ""),
        (False, "fake", "queued", ""),
        (True, "fake", "failed", "channel-down"),
        (True, "fake", "queued", ""),
        (True, "other", "queued", ""),
        (True, "other", "queued", ""),
    ]
    assert [bool(row.settled_at) for row in Dispatch.objects.order_by("state")] == [True] + [False] * 5


def test_a_copy_that_a_supplier_has_already_is_not_rerouted(store: WorkerDatabase) -> None:
    person(("fake", "a"), ("other", "b"), at=clock.now())
    send("fake", "other", urgent=True)
    start(store, claim(store))

    store.commit(CommitBatch(reroute=["fake"]))

    assert states() == ["sending"]


def test_what_becomes_of_each_supplier_is_kept(store: WorkerDatabase) -> None:
    store.commit(
        CommitBatch(
            health=[
                SupplierHealth("fake", 0, "down"),
                SupplierHealth("fake", 1, "slow"),
                SupplierHealth("other", 0, "down"),
            ]
        )
    )
    first = Supplier.objects.get(channel="other").suspended_at
    store.commit(
        CommitBatch(
            health=[SupplierHealth("fake", 0, ""), SupplierHealth("other", 0, "late"), SupplierHealth("new", 0, "")]
        )
    )

    rows = Supplier.objects.order_by("channel", "number")
    assert [(row.channel, row.number, row.reason, bool(row.suspended_at)) for row in rows] == [
        ("fake", 1, "", False),
        ("fake", 2, "slow", True),
        ("other", 1, "late", True),
    ]
    other = rows[2]
    assert other.suspended_at == first < other.changed_at


def test_receipts_that_were_fetched_are_kept_with_the_rest(store: WorkerDatabase) -> None:
    queue(1)
    (item,) = claim(store)
    start(store, [item])
    settle(store, SendResult(item.id, item.token, reference="s1"))

    store.commit(
        CommitBatch(receipts=[("fake", News("s1", "delivered", "e1", "read")), ("other", News("s1", "failed", "e2"))])
    )

    rows = Receipt.objects.order_by("event").values_list("channel", "reference", "state", "reason", "dispatch")
    assert list(rows) == [("fake", "s1", "delivered", "read", item.id), ("other", "s1", "failed", "", None)]
    assert Receipt.objects.filter(at__lte=clock.now()).count() == 2
    assert states() == ["delivered"]


def test_what_comes_too_late_is_counted_and_the_rest_is_settled(store: WorkerDatabase) -> None:
    queue(6)
    items = claim(store)
    start(store, items)

    done = settle(
        store,
        *(SendResult(item.id, "stolen") for item in items[:2]),
        *(SendResult(item.id, "stolen", State.FAILED, reason="gone") for item in items[2:4]),
        SendResult(items[4].id, items[4].token, State.FAILED, reason="gone"),
        SendResult(items[5].id, items[5].token),
    )

    assert done.late == 4
    assert states() == ["sending"] * 4 + ["failed", "accepted"]
    assert list(Attempt.objects.values_list("dispatch", flat=True)) == [items[4].id]


def test_the_moment_of_the_end_is_kept_and_of_nothing_else(store: WorkerDatabase) -> None:
    queue(4)
    items = claim(store)
    start(store, items)
    before = clock.now()

    settle(
        store,
        SendResult(items[0].id, items[0].token),
        SendResult(items[1].id, items[1].token, State.FAILED, reason="gone"),
        SendResult(items[2].id, items[2].token, State.QUEUED, reason="busy", pause=20),
        SendResult(items[3].id, items[3].token, State.HELD, tried=0, pause=20),
    )

    ends = list(Dispatch.objects.order_by("id").values_list("settled_at", flat=True))
    assert ends[2:] == [None, None]
    assert all(before <= end <= clock.now() for end in ends[:2])


def test_a_start_holds_the_lease_for_its_whole_length(store: WorkerDatabase) -> None:
    queue(1)
    items = claim(store)
    Dispatch.objects.update(lease_until=clock.now() + timedelta(seconds=1))
    before = clock.now()

    start(store, items)

    lease = Dispatch.objects.get().lease_until
    assert lease
    assert before + timedelta(seconds=LEASE) <= lease <= clock.now() + timedelta(seconds=LEASE)


def test_starts_of_two_claims_are_judged_each_by_itself(store: WorkerDatabase) -> None:
    queue(4)
    first, second = claim(store, 2), claim(store, 2)
    ContactPoint.objects.filter(pk=Dispatch.objects.get(pk=first[0].id).contact_id).update(stopped_at=clock.now())

    done = start(store, [*first, *second])

    assert done.started == {item.id for item in [first[1], *second]}
    assert states() == ["stopped", "sending", "sending", "sending"]


def test_a_row_that_another_worker_claimed_meanwhile_is_left_to_it(store: WorkerDatabase, fake: FakeSender) -> None:
    queue(2)
    items = claim(store)
    lapse()
    store.commit(CommitBatch(sweep=True))
    others = claim(make_store(fake))

    assert start(store, items).started == set()
    assert states() == ["claimed"] * 2
    assert start(store, others).started == {item.id for item in others}


def test_an_early_result_of_a_lease_that_was_lost_takes_no_next_channel(store: WorkerDatabase) -> None:
    person(("fake", "a"), ("other", "b"), at=clock.now())
    send("fake", "other", urgent=True)
    (item,) = claim(store)
    start(store, [item])

    done = settle(store, SendResult(item.id, "stolen", State.QUEUED, reason="busy", pause=20, early=True))

    assert (done.late, states()) == (1, ["sending"])


def test_expiry_is_swept(store: WorkerDatabase) -> None:
    queue(2, expires_at=clock.now() + timedelta(minutes=1))
    Message.objects.update(expires_at=clock.now())

    store.commit(CommitBatch(sweep=True))

    assert states() == ["expired"] * 2


def test_no_look_at_what_waits_goes_through_what_is_settled(store: WorkerDatabase) -> None:
    queue(3)
    person(("other", "b"), at=clock.now())
    with CaptureQueriesContext(connection) as asked:
        store.commit(
            CommitBatch(
                sweep=True, reroute=["fake"], wants=[ClaimRequest("fake", 1, False), ClaimRequest("fake", 1, True)]
            )
        )
        outbox_figures_for_operators(clock.now())
    looks = [one["sql"] for one in asked if "delivery_dispatch" in one["sql"] and "state" in one["sql"]]

    assert len(looks) >= 9
    assert [look for look in looks if THROUGH_ALL.search(_plan(look))] == []


def test_a_copy_that_is_known_is_found_by_its_number_alone(store: WorkerDatabase) -> None:
    queue(300)
    taken = claim(store, 40)
    with CaptureQueriesContext(connection) as asked:
        start(store, taken[:20])
        settle(store, *(SendResult(item.id, item.token) for item in taken[:20]))
        settle(store, *(back for item in taken[20:] for back in item.results_returning_to_outbox()))
    looks = [one["sql"] for one in asked if "UPDATE delivery_dispatch" in one["sql"]]

    assert len(looks) == 3
    assert [look for look in looks if BY_OTHERS.search(_plan(look))] == []


def _plan(look: str) -> str:
    """How the database would find the rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # of a small table it would read all
        cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + look)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_giving_back_leaves_no_trace(store: WorkerDatabase) -> None:
    queue(1)
    before = Dispatch.objects.values().get()
    (item,) = claim(store)

    settle(store, SendResult(item.id, item.token, State.QUEUED, tried=0))

    assert Dispatch.objects.values().get() == before


def test_a_commit_costs_the_same_statements_for_one_copy_and_for_many(
    store: WorkerDatabase, django_assert_num_queries: Any
) -> None:
    queue(41)
    one, many = claim(store, 1), claim(store, 40)

    for items in (one, many):
        with django_assert_num_queries(3 if connection.vendor == "sqlite" else 5):
            start(store, items)
        with django_assert_num_queries(3 if connection.vendor == "sqlite" else 5):
            settle(store, *(SendResult(item.id, item.token) for item in items))
