"""Money: counted in the commit that lets a copy leave, never above what may be spent, told when it is (T40, G20)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from plp.delivery import actions
from plp.delivery.channel import Limits
from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.work_items import ClaimedCopy, ClaimRequest, CommitBatch, SendResult
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Dispatch, Spending
from plp.delivery.queries import count_copies_over_budget, daily_budgets, message_tally
from plp.delivery.rules import next_morning, start_of_belgian_day
from plp.delivery.states import State
from plp.journal.models import Entry
from plp.people.models import ContactPoint
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people, person
from tests.factories.senders import FakeMetered, FakeSender, install

pytestmark = pytest.mark.django_db
PLENTY = {"cents": 7, "day": 100, "area": 100, "number": 100, "codes": 100}


def make_store(monkeypatch: pytest.MonkeyPatch, **limits: int) -> WorkerDatabase:
    metered = FakeMetered(most=Limits(**PLENTY | limits))
    install(monkeypatch, metered, FakeSender(key="other"))
    channels: Mapping[str, Any] = {"fake": metered}
    return WorkerDatabase(database_dialect(connection.vendor, clock.now), channels, lease=60.0)


def send(*channels: str, body: str = "x", unconfirmed: bool = False, **more: Any) -> Any:
    made = message(*(channels or ("fake",)), at=clock.now(), body=body, **more)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=clock.now(), unconfirmed=unconfirmed)
    return made


def unproven() -> None:
    """Nobody has proven these contacts yet."""
    ContactPoint.objects.update(confirmed_at=None)


def ready(store: WorkerDatabase) -> list[ClaimedCopy]:
    return store.commit(CommitBatch(wants=[ClaimRequest("fake", 100, urgent_only=False)])).claimed["fake"]


def started(store: WorkerDatabase) -> int:
    """Claim all there is and start it; answers how many may leave."""
    return len(store.commit(CommitBatch(starts=ready(store))).started)


def spent() -> dict[str, int]:
    found: dict[str, int] = {}
    for scope, parts in Spending.objects.values_list("scope", "parts"):
        found[scope] = found.get(scope, 0) + parts
    return found


def test_the_last_part_of_the_day_is_spent_and_not_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, day=7)
    people(5, channel="fake", at=clock.now())
    made = send(body="xx", area="zone/quarter/")

    assert started(store) == 3

    waiting = Dispatch.objects.filter(state=State.HELD)
    assert spent() == {"day": 6, "area": 6, "number": 6}
    assert count_copies_over_budget(made) == {"fake": 2}
    assert (message_tally(made).waiting, message_tally(made).audience) == (5, 5)
    assert {row.due_at for row in waiting} == {next_morning(waiting[0].queued_at)}
    assert [(one.cents, one.most, one.percent) for one in daily_budgets(clock.now())] == [(42, 49, 85)]


def test_what_else_waits_of_a_message_is_held_as_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, area=1)
    people(6, channel="fake", at=clock.now())
    person(("other", "a"), at=clock.now())
    made = send("fake", "other", area="zone/quarter/")
    elsewhere = send(area="zone/other/")
    items = store.commit(CommitBatch(wants=[ClaimRequest("fake", 2, urgent_only=False)])).claimed["fake"]

    assert len(store.commit(CommitBatch(starts=items)).started) == 1

    ours = made.dispatches.filter(channel="fake")
    assert sorted(ours.values_list("state", "reason")) == [("held", "over-budget")] * 5 + [("sending", "")]
    held = ours.filter(state=State.HELD)
    assert {(row.due_at, row.tries) for row in held} == {(next_morning(held[0].queued_at), 0)}
    assert made.dispatches.get(channel="other").state == State.QUEUED
    assert set(elsewhere.dispatches.values_list("state", flat=True)) == {State.QUEUED}


def test_an_alarm_without_money_goes_by_the_next_channel_or_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, day=0)
    person(("fake", "a"), ("other", "b"), at=clock.now())
    person(("fake", "c"), at=clock.now())
    made = send("fake", "other", urgent=True)

    assert started(store) == 0

    assert sorted(Dispatch.objects.values_list("channel", "state", "replaced")) == [
        ("fake", "failed", False),
        ("fake", "failed", True),
        ("other", "queued", False),
    ]
    assert message_tally(made).failed == 1


@pytest.mark.parametrize(("limits", "leave"), [({"number": 3}, 3), ({"codes": 2}, 2), ({"area": 4}, 4)])
def test_a_number_a_range_and_a_quarter_have_their_own_limits(
    monkeypatch: pytest.MonkeyPatch, limits: dict[str, int], leave: int
) -> None:
    store = make_store(monkeypatch, **limits)
    person(("fake", "+32475000001"), at=clock.now())
    unproven()

    left = sum(_one_more(store) for _ in range(6))

    assert left == leave
    assert Dispatch.objects.filter(state=State.FAILED, reason="over-budget").count() == 6 - leave


def _one_more(store: WorkerDatabase) -> int:
    send(unconfirmed=True, area="zone/quarter/")
    return started(store)


def test_a_code_of_several_parts_is_one_code_and_costs_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, codes=2)
    person(("fake", "+32475000001"), at=clock.now())
    unproven()
    for _ in range(3):
        send(unconfirmed=True, body="xx")

    assert started(store) == 2
    assert spent() == {"day": 4, "number": 4, "codes": 2}


def test_where_one_number_has_had_enough_the_others_are_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, number=1)
    person(("fake", "+32475000001"), at=clock.now())
    send()
    assert started(store) == 1
    second = send()
    person(("fake", "+32475000002"), at=clock.now())
    actions.enqueue_copy_for_each_person(message=second, contacts=audience(), at=clock.now())

    items = store.commit(CommitBatch(wants=[ClaimRequest("fake", 1, urgent_only=False)])).claimed["fake"]
    store.commit(CommitBatch(starts=items))

    assert list(second.dispatches.order_by("id").values_list("state", flat=True)) == [State.HELD, State.QUEUED]


def test_codes_of_another_range_are_still_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, codes=1)
    for number in ("+32475000001", "+32475000002", "+32499000001"):
        person(("fake", number), at=clock.now())
    unproven()
    send(unconfirmed=True)

    assert started(store) == 2


def test_numbers_that_strangers_make_up_take_no_code_from_members(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, codes=1)
    for number in ("+32475000001", "+32475000002"):
        person(("fake", number), at=clock.now())
    unproven()
    for number in ("+32475000003", "+32475000004"):
        person(("fake", number), at=clock.now())
    send(unconfirmed=True)

    assert started(store) == 3
    assert spent() == {"day": 3, "number": 3, "codes": 1}


def test_codes_leave_a_quarter_of_the_money_to_what_the_police_send(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, day=8)
    people(7, channel="fake", at=clock.now())
    send(unconfirmed=True)
    assert started(store) == 6

    send()
    assert started(store) == 2


def test_what_did_not_leave_is_given_back_and_what_may_have_left_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch)
    people(4, channel="fake", at=clock.now())
    send()
    items = ready(store)
    ContactPoint.objects.filter(dispatches=items[3].id).update(stopped_at=clock.now())
    store.commit(CommitBatch(starts=items))
    assert spent()["day"] == 3

    refused, doubtful, taken = items[:3]
    busy = SendResult(refused.id, refused.token, State.QUEUED, reason="busy", unsent=True)
    doubt = SendResult(doubtful.id, doubtful.token, State.QUEUED, reason="cut", unknown=1)
    store.commit(CommitBatch(results=[busy, doubt, SendResult(taken.id, taken.token)]))

    assert spent()["day"] == 2
    assert store.meter.spent == {}
    assert started(store) == 2
    assert spent()["day"] == 4


def test_a_code_that_did_not_leave_is_given_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch)
    people(2, channel="fake", at=clock.now())
    unproven()
    send(unconfirmed=True, body="xxx")
    items = ready(store)
    store.commit(CommitBatch(starts=items))
    assert spent() == {"day": 6, "number": 6, "codes": 2}

    store.commit(
        CommitBatch(results=[SendResult(items[0].id, items[0].token, State.QUEUED, reason="busy", unsent=True)])
    )

    assert spent() == {"day": 3, "number": 3, "codes": 1}


def test_half_and_all_of_the_money_are_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(monkeypatch, day=4)
    people(5, channel="fake", at=clock.now())
    send()
    for item in ready(store):
        store.commit(CommitBatch(starts=[item]))

    noted = Entry.objects.filter(verb="delivery.spent").values_list("details", flat=True)
    assert sorted((details["percent"], details["channel"]) for details in noted) == [
        (50, "fake"),
        (80, "fake"),
        (100, "fake"),
    ]


@pytest.mark.parametrize("limit", ["number", "day", "area"])
def test_a_copy_that_never_fits_fails(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    store = make_store(monkeypatch, **{limit: 3})
    people(1, channel="fake", at=clock.now())
    send(body="xxxx", area="zone/quarter/")

    started(store)

    assert Dispatch.objects.get().state == State.FAILED


def test_a_start_costs_the_same_statements_for_one_copy_and_for_many(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    store = make_store(monkeypatch, day=1000)
    people(21, channel="fake", at=clock.now())
    send()
    items = ready(store)

    for some in (items[:1], items[1:]):
        with django_assert_num_queries(6 if connection.vendor == "sqlite" else 8):
            store.commit(CommitBatch(starts=some))


def test_counters_of_numbers_are_forgotten_sums_stay() -> None:
    day = start_of_belgian_day(clock.now())
    for scope in Spending.Scope:
        for since in (day, day - timedelta(days=4)):
            Spending.objects.create(channel="fake", scope=scope, key="k", since=since, parts=1)

    assert actions.delete_old_number_and_code_counters(by=None, at=clock.now()) == 2

    assert sorted(Spending.objects.filter(since__lt=day).values_list("scope", flat=True)) == ["area", "day"]
