"""The words of progress: each state has one, a reason may say more, and what is only taken is handed out."""

import pytest

from plp.delivery import actions
from plp.delivery.channel import GONE, HEARD, MAILBOX_FULL, MAILBOX_GONE, READ
from plp.delivery.installed import channels
from plp.delivery.models import Dispatch
from plp.delivery.progress_words import OF_STATE, ProgressWord, progress_word
from plp.delivery.queries import Tally, message_tally, sum_tallies
from plp.delivery.states import State
from plp.people.models import Person
from tests.factories.outbox import AT, audience, message, person


def test_every_state_has_a_word_and_every_word_a_figure() -> None:
    assert set(OF_STATE) == set(State)
    assert set(ProgressWord.values) | {"audience"} == set(Tally.__dataclass_fields__)


@pytest.mark.parametrize(
    ("channel", "state", "reason", "word"),
    [
        ("email", State.ACCEPTED, "", ProgressWord.SENT),
        ("email", State.DELIVERED, READ, ProgressWord.READ),
        ("sms", State.DELIVERED, HEARD, ProgressWord.HEARD),
        ("sms", State.QUEUED, "rung-busy", ProgressWord.RUNG),
        ("sms", State.QUEUED, "smtp-450", ProgressWord.WAITING),
        ("email", State.FAILED, MAILBOX_GONE, ProgressWord.GONE),
        ("webpush", State.FAILED, GONE, ProgressWord.GONE),
        ("email", State.FAILED, MAILBOX_FULL, ProgressWord.FULL),
        ("email", State.UNKNOWN, "cut", ProgressWord.UNKNOWN),
        ("calls", State.ACCEPTED, "", ProgressWord.HANDED_OUT),
        ("paper", State.ACCEPTED, "", ProgressWord.HANDED_OUT),
        ("calls", State.QUEUED, "no_answer", ProgressWord.RUNG),
        ("calls", State.DELIVERED, "reached", ProgressWord.HEARD),
        ("calls", State.FAILED, "wrong_number", ProgressWord.GONE),
        ("paper", State.DELIVERED, "delivered", ProgressWord.DELIVERED),
        ("paper", State.FAILED, "no_letterbox", ProgressWord.FAILED),
        ("no-more-installed", State.ACCEPTED, "", ProgressWord.SENT),
    ],
)
def test_what_is_known_of_a_copy_is_one_word(channel: str, state: str, reason: str, word: str) -> None:
    assert progress_word(channel, state, reason) == word


def test_the_word_of_an_outcome_is_one_of_them() -> None:
    words = {outcome.word for channel in channels().values() for outcome in channel.outcomes.values()}

    assert words - {"", *ProgressWord.values} == set()


@pytest.mark.django_db
def test_a_call_counts_when_it_is_ticked_and_not_when_it_is_taken() -> None:
    person(("calls", "+3225551212"))
    person(("calls", "+3225551213"))
    made, by = message("calls"), Person.objects.all()[0]
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    first, second = Dispatch.objects.order_by("id")

    actions.mark_handed_out(message=made, channel="calls", by=by, at=AT)
    taken = message_tally(made)
    first.refresh_from_db()
    actions.record_hand_outcome_and_reroute(dispatch=first, outcome="reached", by=by, at=AT)
    second.refresh_from_db()
    actions.record_hand_outcome_and_reroute(dispatch=second, outcome="no_answer", by=by, at=AT)
    ticked = message_tally(made)

    assert taken == Tally(audience=2, handed_out=2)
    assert (taken.reached, taken.pending) == (0, 2)
    assert ticked == Tally(audience=2, heard=1, rung=1)
    assert (ticked.reached, ticked.pending, ticked.stoppable) == (1, 1, 1)
    assert sum_tallies([taken, ticked]) == Tally(audience=4, handed_out=2, heard=1, rung=1)
    assert sum_tallies([]) == Tally()
