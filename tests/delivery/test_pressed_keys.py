"""Numbers given for calls are rung by a machine first, where there is one; what somebody presses is heeded."""

from datetime import timedelta
from typing import Any

import pytest

from plp.channels.voice import Voice
from plp.delivery import actions
from plp.delivery.actions.pressed_keys import refuse_channel_and_reroute, refuse_unwanted_calls_and_notify_listeners
from plp.delivery.channel import HEARD, HELP_WANTED, NO_MORE_CALLS
from plp.delivery.engine.senders import result_of_unknown_outcome
from plp.delivery.installed import add_preceding_channels, planned_channels, usable_channels
from plp.delivery.models import Dispatch
from plp.delivery.progress_words import ProgressWord, progress_word
from plp.delivery.queries import ledger
from plp.delivery.states import State
from plp.people import actions as people
from plp.people.models import ContactPoint
from tests.factories.outbox import AT, audience, message, person

LANDLINE, MOBILE = "+3281555001", "+32475123456"
LATER = AT + timedelta(minutes=1)
TRUNK = "sip://plp:secret@127.0.0.1:5060"
ALARM = ("sms", "voice", "calls", "paper")
database = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trunk(settings: Any) -> None:
    settings.VOICE_URL = TRUNK


def _alarm() -> list[tuple[str, str]]:
    """Queue an alarm for everybody: the channel and address of each copy."""
    alarm = message(*ALARM, urgent=True)
    actions.enqueue_copy_for_each_person(message=alarm, contacts=audience(), at=AT)
    rows = Dispatch.objects.filter(message=alarm).select_related("contact").order_by("id")
    return [(row.channel, row.contact.address if row.contact else "") for row in rows]


def _called(reason: str = "", state: str = State.DELIVERED) -> Dispatch:
    """A copy that a machine read to somebody with a landline."""
    person(("calls", LANDLINE))
    _alarm()
    Dispatch.objects.update(state=state, reason=reason)
    return Dispatch.objects.select_related("contact", "message").get()


def test_a_machine_rings_before_people_do_where_the_operator_has_a_trunk(settings: Any) -> None:
    assert add_preceding_channels(("sms", "calls", "paper")) == ["sms", "voice", "calls", "paper"]
    assert add_preceding_channels(("email", "paper")) == ["email", "paper"]
    assert "voice" in usable_channels()

    settings.VOICE_URL = ""

    assert add_preceding_channels(("sms", "calls", "paper")) == ["sms", "calls", "paper"]
    assert "voice" not in usable_channels()
    assert "voice" not in planned_channels(), "no plan names it: it goes before the calls that it names"


@database
def test_who_gave_a_landline_is_called_by_the_machine_and_who_gave_more_as_they_chose() -> None:
    person(("calls", LANDLINE))
    person(("sms", MOBILE), ("calls", "+3281555002"))
    person(("paper", "Rue Haute 1, 5150 Floreffe"))

    assert sorted(_alarm()) == [("paper", "Rue Haute 1, 5150 Floreffe"), ("sms", MOBILE), ("voice", LANDLINE)]


@database
def test_whoever_the_machine_does_not_reach_is_called_by_a_person() -> None:
    row = _called("rung-no-key", State.FAILED)

    actions.requeue_failed_by_next_contact(dispatches=[row.pk], at=LATER)

    following = Dispatch.objects.exclude(pk=row.pk).get()
    assert (following.channel, following.contact_id, following.state) == ("calls", row.contact_id, State.QUEUED)
    assert ledger(row.message).is_balanced


@database
def test_a_number_given_for_an_sms_is_rung_where_the_sms_fails() -> None:
    person(("sms", MOBILE))
    _alarm()

    actions.requeue_failed_by_next_contact(dispatches=[Dispatch.objects.get().pk], at=LATER)

    assert Dispatch.objects.order_by("id").last().channel == "voice"  # type: ignore[union-attr]


@database
def test_nine_stops_the_machine_at_that_number_and_nobody_else() -> None:
    row = _called(NO_MORE_CALLS)
    other = message(*ALARM, urgent=True)
    actions.enqueue_copy_for_each_person(message=other, contacts=audience(), at=AT)

    refuse_unwanted_calls_and_notify_listeners(dispatches=[row.pk], at=LATER)

    assert row.contact is not None
    own = ContactPoint.objects.get(channel="voice")
    assert (own.address, own.stopped_at) == (LANDLINE, LATER)
    row.contact.refresh_from_db()
    assert row.contact.stopped_at is None, "a person may still call"
    waiting = Dispatch.objects.filter(message=other).order_by("id").values_list("channel", "state", "replaced")
    assert list(waiting) == [("voice", State.STOPPED, True), ("calls", State.QUEUED, False)]
    assert _alarm() == [("calls", LANDLINE)]
    people.resume_contact(contact=own, by=None, at=LATER)
    assert _alarm() == [("voice", LANDLINE)]


@database
def test_an_sms_that_fails_rings_no_machine_for_who_refused_it() -> None:
    person(("sms", MOBILE))
    refuse_channel_and_reroute(contact=ContactPoint.objects.get(), channel="voice", at=AT)
    _alarm()

    actions.requeue_failed_by_next_contact(dispatches=[Dispatch.objects.get().pk], at=LATER)

    assert Dispatch.objects.order_by("id").last().channel == "calls"  # type: ignore[union-attr]


@pytest.mark.parametrize("reason", [HEARD, HELP_WANTED, NO_MORE_CALLS])
def test_whoever_presses_a_key_has_heard(reason: str) -> None:
    assert progress_word("voice", State.DELIVERED, reason) == ProgressWord.HEARD


@pytest.mark.parametrize(
    ("tries", "unknowns", "state"),
    [(0, 0, State.QUEUED), (1, 0, State.UNKNOWN), (0, 1, State.UNKNOWN)],
)
def test_a_call_that_was_cut_is_made_again_only_where_a_try_is_left(tries: int, unknowns: int, state: str) -> None:
    result = result_of_unknown_outcome(Voice(), 1, "t", "worker-died", tries=tries, unknowns=unknowns, urgent=True)

    assert result.state == state


@database
def test_a_call_by_machine_waits_for_its_moment_and_an_alarm_does_not() -> None:
    person(("calls", LANDLINE))
    opening = AT + timedelta(hours=3)
    until = {ContactPoint.objects.get().pk: opening}
    calm, alarm = message("voice", "calls"), message("voice", "calls", urgent=True)
    ends = message("voice", "calls", expires_at=AT + timedelta(hours=1))

    for one in (calm, alarm, ends):
        actions.enqueue_copy_for_each_person(message=one, contacts=audience(), at=AT, spoken_from=until)

    rows = [Dispatch.objects.get(message=one) for one in (calm, alarm, ends)]
    assert [(row.state, row.due_at) for row in rows] == [(State.HELD, opening), (State.QUEUED, AT), (State.QUEUED, AT)]
