"""Stop, expiry, receipts, fall-back, what is carried by hand, and the ledger that must add up."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plp.delivery import actions
from plp.delivery.channel import GONE, Receipt
from plp.delivery.links import stop_link
from plp.delivery.models import Attempt, Dispatch, Message
from plp.delivery.models import Receipt as KeptReceipt
from plp.delivery.queries import (
    contact_by_stop_link,
    contacts_perhaps_reached,
    find_message,
    ledger,
    message_tally,
    outbox_figures_for_operators,
    subjects_of_hand_carried_messages,
    unreached_persons,
)
from plp.delivery.references import parse_reference, reference_of
from plp.delivery.states import MOVES, State
from plp.delivery.texts import Text
from plp.people.models import ContactPoint, Person
from plp.toolbox.moves import WrongState
from tests.factories.outbox import AT, BODY, audience, message, people, person

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=1)


def queued(*contacts: tuple[str, str], channels: tuple[str, ...] = ("email",), **more: Any) -> Dispatch:
    person(*(contacts or (("email", "a@example.be"),)))
    made = message(*channels, **more)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    return Dispatch.objects.get(message=made)


def put(row: Dispatch, state: str, **more: Any) -> Dispatch:
    in_hand = {"token": "t", "lease_until": LATER} if state in {State.CLAIMED, State.SENDING} else {}
    Dispatch.objects.filter(pk=row.pk).update(state=state, **{"token": "", "lease_until": None, **in_hand, **more})
    row.refresh_from_db()
    return row


def told(row: Dispatch, state: str, *, event: str = "") -> bool:
    news = Receipt(reference_of(row.pk, row.message_id), state, event or f"event:{state}")
    moved = actions.record_receipt_and_move_dispatch(channel=row.channel, receipt=news, at=LATER)
    row.refresh_from_db()
    return moved


# Stop and expiry


@pytest.mark.parametrize("state", State.values)
def test_a_stop_takes_what_has_not_left(state: str) -> None:
    row = put(queued(), state)

    stopped = actions.stop_message(message=row.message, by=None, at=AT)

    row.refresh_from_db()
    seen = {"queued": (1, "stopped"), "claimed": (1, "stopped"), "held": (0, "stopped")}  # who is away is not counted
    assert (stopped, row.state) == seen.get(state, (0, state))
    assert actions.stop_message(message=row.message, by=None, at=LATER) == 0
    assert Message.objects.get().stopped_at == AT


def test_expiry_ends_only_what_waits_and_only_when_its_time_is_over() -> None:
    row = queued(expires_at=LATER)

    assert actions.expire_waiting_copies(at=AT) == 0
    assert actions.expire_waiting_copies(at=LATER) == 1
    assert actions.expire_waiting_copies(at=LATER) == 0

    row.refresh_from_db()
    assert (row.state, row.reason) == ("expired", "expired")


def test_a_members_stop_takes_that_contact_out_at_once() -> None:
    row = queued(("email", "a@example.be"), ("sms", "+32470000001"), channels=("email", "sms"))

    assert actions.stop_contact(contact=row.contact, how="mail", at=LATER) == 1

    row.refresh_from_db()
    assert (row.state, row.reason) == ("stopped", "contact-stopped")
    assert ContactPoint.objects.filter(stopped_at=LATER).count() == 1
    assert Dispatch.objects.count() == 1


@pytest.mark.parametrize(("before", "after"), [("queued", "failed"), ("claimed", "failed"), ("sending", "sending")])
def test_an_address_that_is_gone_is_removed_and_what_else_goes_there_takes_the_next_one(
    before: str, after: str
) -> None:
    """F16: nothing more is tried there, and nothing is lost by it."""
    first = queued(("sms", "+32470000001"), ("email", "a@example.be"), channels=("sms", "email"))
    later = message("sms", "email")
    actions.enqueue_copy_for_each_person(message=later, contacts=audience(), at=AT)
    put(Dispatch.objects.get(message=later), before)
    put(first, State.FAILED, reason=GONE)

    replaced = actions.requeue_failed_by_next_contact(dispatches=[first.pk], at=LATER)

    assert [row.channel for row in ContactPoint.objects.all()] == ["email"]
    assert len(replaced) == 2
    rows = Dispatch.objects.order_by("message", "channel").values_list("message", "channel", "state", "replaced")
    assert set(rows) == {
        (one.pk, *rest)
        for one, state in ((first.message, "failed"), (later, after))
        for rest in (("sms", state, True), ("email", "queued", False))
    }


def test_a_stop_link_belongs_to_one_contact() -> None:
    people(2)
    one, other = ContactPoint.objects.order_by("digest")
    _, key, signature = stop_link(one.pk).rsplit("/", 2)

    assert contact_by_stop_link(key, signature) == one
    assert contact_by_stop_link(other.pk.hex, signature) is None
    assert contact_by_stop_link(key, "0" * 32) is None
    assert contact_by_stop_link("not-a-key", signature) is None


# Receipts


@pytest.mark.parametrize("order", list(permutations(["accepted", "failed", "delivered"])))
def test_receipts_in_any_order_have_one_end(order: tuple[str, ...]) -> None:
    row = put(queued(), State.SENDING)

    for state in order:
        told(row, state)

    assert row.state == "delivered"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(news=st.lists(st.sampled_from(["accepted", "failed", "delivered"]), min_size=1, max_size=6))
def test_the_end_is_that_of_the_furthest_receipt(news: list[str]) -> None:
    Person.objects.all().delete()
    Message.objects.all().delete()
    row = put(queued(), State.SENDING)

    for number, state in enumerate(news):
        told(row, state, event=f"{row.pk}:{number}")

    assert row.state == max(news, key=["accepted", "failed", "delivered"].index)
    assert row.token == ""


def test_a_repeated_receipt_is_one() -> None:
    row = put(queued(), State.ACCEPTED)

    assert told(row, "delivered")
    assert not told(row, "delivered")
    assert KeptReceipt.objects.count() == 1


def test_a_receipt_for_what_never_left_changes_nothing() -> None:
    row = queued()

    assert not told(row, "delivered")
    assert row.state == "queued"


def test_a_receipt_settles_a_copy_that_waits_for_its_second_try() -> None:
    row = put(queued(), State.QUEUED, unknowns=1)

    assert told(row, "accepted")
    assert row.state == "accepted"


def test_a_receipt_for_an_unknown_reference_is_parked_and_taken_up() -> None:
    row = put(queued(), State.ACCEPTED)
    news = Receipt("supplier-77", "delivered", "event-77")

    assert not actions.record_receipt_and_move_dispatch(channel="email", receipt=news, at=AT)
    assert KeptReceipt.objects.get().dispatch is None
    Dispatch.objects.update(reference="supplier-77")
    assert actions.receipts.apply_parked_receipts(["supplier-77"], at=LATER) == 1

    row.refresh_from_db()
    assert row.state == "delivered"


def test_what_is_parked_for_a_copy_that_never_was_stays_parked() -> None:
    actions.record_receipt_and_move_dispatch(
        channel="email", receipt=Receipt("supplier-78", "delivered", "event-78"), at=AT
    )

    assert actions.receipts.apply_parked_receipts(["supplier-78"], at=LATER) == 0
    assert KeptReceipt.objects.get().dispatch is None


def test_a_receipt_of_another_channel_is_not_believed() -> None:
    row = put(queued(), State.ACCEPTED)
    news = Receipt(reference_of(row.pk, row.message_id), "failed", "event")

    assert not actions.record_receipt_and_move_dispatch(channel="sms", receipt=news, at=AT)


@pytest.mark.parametrize(
    "name", ["", "p", "p1", "p1-", "p1-xyz", "px-" + "0" * 32, "p" + "9" * 30 + "-" + "0" * 32, "7"]
)
def test_what_is_not_our_reference_is_not_read_as_one(name: str) -> None:
    assert parse_reference(name) is None


# Fall-back


def test_a_failure_gives_the_message_to_the_persons_next_channel() -> None:
    row = put(queued(("sms", "+32470000001"), ("email", "a@example.be"), channels=("sms", "email")), State.SENDING)

    told(row, "failed")

    second = Dispatch.objects.exclude(pk=row.pk).get()
    assert (second.channel, second.state, second.person) == ("email", "queued", row.person)
    assert row.replaced
    assert ledger(row.message).as_json() == {
        "message": str(row.message_id),
        "purpose": "notice.advice",
        "audience": 1,
        "by_channel": {"sms": {"failed": 1}, "email": {"queued": 1}},
        "by_state": {"queued": 1},
        "balanced": True,
    }


def test_the_last_channel_that_fails_leaves_the_person_unreached() -> None:
    row = put(queued(("sms", "+32470000001"), ("email", "a@example.be"), channels=("sms", "email")), State.SENDING)
    told(row, "failed")
    last = put(Dispatch.objects.exclude(pk=row.pk).get(), State.SENDING)

    told(last, "failed", event="second")

    assert Dispatch.objects.count() == 2
    assert unreached_persons(row.message).by_channel == {"email": 1}
    assert unreached_persons(row.message).persons == (row.person,)
    assert ledger(row.message).is_balanced


def test_a_call_list_borrows_the_mobile_number_of_whom_no_sms_reaches() -> None:
    row = put(queued(("sms", "+32470000001"), channels=("sms", "calls")), State.SENDING)

    told(row, "failed")

    call = Dispatch.objects.exclude(pk=row.pk).get()
    assert (call.channel, call.contact_id, call.state) == ("calls", row.contact_id, "queued")


@pytest.mark.parametrize("change", [{"stopped_at": AT}, {"confirmed_at": None}])
def test_a_contact_that_must_not_be_used_is_no_next_channel(change: dict[str, Any]) -> None:
    row = put(queued(("sms", "+32470000001"), ("email", "a@example.be"), channels=("sms", "email")), State.FAILED)
    ContactPoint.objects.filter(channel="email").update(**change)

    assert actions.requeue_failed_by_next_contact(dispatches=[row.pk], at=AT) == []


def test_a_code_goes_by_no_other_channel_for_it_proves_one_address() -> None:
    """Read from the telephone it would prove a mailbox that is dead."""
    row = put(queued(("sms", "+32470000001"), ("email", "a@example.be"), channels=("sms", "email")), State.FAILED)
    Message.objects.update(unconfirmed=True)

    assert actions.requeue_failed_by_next_contact(dispatches=[row.pk], at=AT) == []


def test_a_stopped_or_expired_message_falls_back_on_nothing() -> None:
    row = put(queued(("sms", "+32470000001"), ("email", "a@example.be"), channels=("sms", "email")), State.FAILED)

    Message.objects.update(stopped_at=AT)
    assert actions.requeue_failed_by_next_contact(dispatches=[row.pk], at=AT) == []
    Message.objects.update(stopped_at=None, expires_at=AT)
    assert actions.requeue_failed_by_next_contact(dispatches=[row.pk], at=LATER) == []


# By hand


def test_a_call_is_handed_out_tried_again_and_answered() -> None:
    row = queued(("calls", "+3225551212"), channels=("calls",))
    by = Person.objects.get()

    assert actions.mark_handed_out(message=row.message, channel="calls", by=by, at=AT) == [row.pk]
    row.refresh_from_db()
    assert row.state == "accepted"
    actions.record_hand_outcome_and_reroute(dispatch=row, outcome="no_answer", by=by, at=AT)
    assert row.state == "queued"
    actions.mark_handed_out(message=row.message, channel="calls", by=by, at=LATER)
    row.refresh_from_db()
    actions.record_hand_outcome_and_reroute(dispatch=row, outcome="reached", by=by, at=LATER)

    assert (row.state, row.reason) == ("delivered", "reached")
    assert [attempt.reason for attempt in Attempt.objects.order_by("id")] == ["no_answer", "reached"]
    with pytest.raises(WrongState):
        actions.record_hand_outcome_and_reroute(dispatch=row, outcome="wrong_number", by=by, at=LATER)


def test_of_several_calls_those_that_are_named_are_handed_out() -> None:
    people(2, channel="calls")
    made = message("calls")
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    first, second = Dispatch.objects.order_by("id")

    handed = actions.mark_handed_out(
        message=made, channel="calls", by=Person.objects.all()[0], at=AT, copy_ids=[second.pk]
    )

    first.refresh_from_db()
    assert (handed, first.state) == ([second.pk], "queued")


@pytest.mark.parametrize(
    ("place", "titles"),
    [
        ("be/z1/m23077/q/", ["Vergadering"] * 2 + ["Réunion"]),  # Flanders
        ("be/z1/m63049/q/", ["Réunion"] * 3),
        ("be/z1/m63023/q/", ["Réunion"] * 3),  # no German text: the second language of the region
        ("", ["Réunion"] * 3),
    ],
)
def test_what_is_carried_is_named_in_the_language_of_the_reader_or_of_the_region(place: str, titles: list[str]) -> None:
    texts = [Text("paper", "fr", "Réunion", BODY), Text("calls", "nl", "Vergadering", BODY)]
    carried = actions.create_message(
        purpose="evening.invitation", texts=texts, channels=["paper", "calls"], on_behalf_of=place, by=None, at=AT
    )

    assert [
        subjects_of_hand_carried_messages([carried.pk], language)[carried.pk] for language in ("de", "en", "fr")
    ] == titles
    assert subjects_of_hand_carried_messages([carried.pk], "nl") == {carried.pk: "Vergadering"}


def test_a_call_that_was_tried_before_it_was_handed_out_stays_on_the_list_and_counts() -> None:
    row = queued(("calls", "+3225551212"), channels=("calls",))

    actions.record_hand_outcome_and_reroute(dispatch=row, outcome="no_answer", by=Person.objects.get(), at=AT)

    row.refresh_from_db()
    assert (row.state, row.reason, row.tries, Attempt.objects.count()) == ("queued", "no_answer", 1, 1)


def test_an_outcome_that_the_channel_does_not_know_is_refused() -> None:
    row = queued(("calls", "+3225551212"), channels=("calls",))

    with pytest.raises(actions.by_hand.NoSuchOutcome):
        actions.record_hand_outcome_and_reroute(dispatch=row, outcome="eaten by dog", by=Person.objects.get(), at=AT)


def test_nothing_is_handed_out_of_a_stopped_message_or_by_a_sending_channel() -> None:
    row = queued(("calls", "+3225551212"), channels=("calls",))
    by = Person.objects.get()

    with pytest.raises(actions.by_hand.NoSuchOutcome):
        actions.mark_handed_out(message=row.message, channel="email", by=by, at=AT)
    actions.stop_message(message=row.message, by=by, at=AT)
    with pytest.raises(actions.by_hand.NotWaiting):
        actions.mark_handed_out(message=row.message, channel="calls", by=by, at=AT)


def test_a_pause_leaves_no_gap_in_what_is_handed_out() -> None:
    person(("calls", "+3225551212"), paused_until=(AT + timedelta(days=3)).isoformat())
    made = message("calls")
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)

    assert len(actions.mark_handed_out(message=made, channel="calls", by=Person.objects.get(), at=AT)) == 1


# Unknown, and the figures


def test_a_person_settles_what_ended_unknown() -> None:
    row = put(queued(), State.UNKNOWN, unknowns=2)

    actions.resolve_unknown_copy(dispatch=row, state="delivered", by=Person.objects.get(), at=AT)

    assert row.state == "delivered"
    with pytest.raises(actions.receipts.NotUnknown):
        actions.resolve_unknown_copy(dispatch=row, state="failed", by=Person.objects.get(), at=AT)


def test_an_unknown_end_that_was_a_failure_gives_the_message_to_the_next_channel() -> None:
    row = put(queued(("sms", "+32470000001"), ("email", "a@example.be"), channels=("sms", "email")), State.UNKNOWN)

    actions.resolve_unknown_copy(dispatch=row, state="failed", by=Person.objects.get(), at=AT)

    assert sorted(Dispatch.objects.values_list("channel", "state")) == [("email", "queued"), ("sms", "failed")]


def test_a_paused_member_looks_like_the_others() -> None:
    people(2)
    made = message("email", expires_at=LATER)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    away, there = Dispatch.objects.order_by("id")
    put(there, State.ACCEPTED)
    put(away, State.ACCEPTED)
    as_if_both = message_tally(made)

    put(away, State.HELD, due_at=LATER)
    assert message_tally(made) == as_if_both
    actions.expire_waiting_copies(at=LATER)

    assert message_tally(made) == as_if_both
    assert as_if_both.sent == 2
    assert set(contacts_perhaps_reached(made).values_list("pk", flat=True)) == {away.contact_id, there.contact_id}


def test_a_paused_member_looks_like_the_others_when_receipts_came_and_when_it_is_taken_back() -> None:
    people(2)
    made = message("email")
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    away, there = Dispatch.objects.order_by("id")
    put(there, State.DELIVERED)
    put(away, State.DELIVERED)
    as_if_both = message_tally(made)

    put(away, State.HELD, due_at=LATER)
    assert message_tally(made) == as_if_both
    assert actions.stop_message(message=made, by=None, at=AT) == 0

    assert message_tally(made) == as_if_both
    assert Dispatch.objects.get(pk=away.pk).state == State.STOPPED


def test_a_scheduled_message_waits_for_all_to_see() -> None:
    people(1)
    made = message("email")
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT, due_at=LATER)

    assert (message_tally(made).waiting, message_tally(made).sent) == (1, 0)


def test_the_queue_and_the_names_of_a_message() -> None:
    row = queued()
    figures = outbox_figures_for_operators(AT + timedelta(seconds=90))

    assert figures["waiting"] == 1
    assert figures["by_channel"] == {"email": {"queued": 1}}
    assert figures["oldest_seconds"] == 90.0
    assert find_message(str(row.message_id)) == row.message
    assert find_message(row.message.check_code.upper()) == row.message
    assert find_message("nonsense") is None


def test_a_correction_goes_to_those_whom_the_first_may_have_reached() -> None:
    people(5)
    made = message("email")
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    for row, state in zip(
        Dispatch.objects.order_by("id"), ["accepted", "queued", "unknown", "stopped", "sending"], strict=True
    ):
        put(row, state)

    found = Dispatch.objects.filter(contact__in=contacts_perhaps_reached(made)).values_list("state", flat=True)

    assert sorted(found) == ["accepted", "sending", "unknown"]


def test_every_way_ends_and_an_end_stays_an_end() -> None:
    assert MOVES.table[State.DELIVERED] == ()
    assert all(State.QUEUED not in MOVES.table[state] for state in ("failed", "unknown", "expired", "stopped"))
    assert MOVES.source_states(State.CLAIMED) == ["queued"]
    assert MOVES.source_states(State.SENDING) == ["claimed"]
