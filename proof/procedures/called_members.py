"""The other side of the proof of calls: members with a landline and nothing else, and an alarm for all of them.

A process with the database under test; each line of JSON calls a procedure (``message_queue.serve_procedure_calls``).
"""

from django.db.models import Count

from plp.delivery import actions
from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import ledger
from plp.delivery.states import State
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox

WORDS = "Attention."


def create_members_with_landline(number: int) -> None:
    """Tables, and so many members."""
    outbox.make_database()
    outbox.people(number, channel="calls", at=clock.now())


def queue_voice_alarm() -> str:
    """Queue an alarm for everybody; answers its id."""
    message = outbox.message("voice", "calls", at=clock.now(), body=WORDS, urgent=True)
    actions.enqueue_copy_for_each_person(message=message, contacts=outbox.audience(), at=clock.now())
    return message.pk.hex


def count_calls_in_progress() -> int:
    """How many calls a worker has in hand."""
    return Dispatch.objects.filter(channel="voice", state=State.SENDING).count()


def is_call_waiting_or_in_progress() -> bool:
    """Whether a call is still to be made or in progress."""
    return Dispatch.objects.filter(
        channel="voice", state__in=[State.QUEUED, State.CLAIMED, State.SENDING, State.HELD]
    ).exists()


def call_outcomes_of_message(message: str) -> dict:
    """How many calls ended how, how many members are to be called by a person, and whether the ledger adds up."""
    rows = Dispatch.objects.filter(message=message, channel="voice")
    counts = rows.values_list("state", "reason").annotate(n=Count("id")).order_by("state", "reason")
    return {
        "calls": [[state, reason, number] for state, reason, number in counts],
        "by_hand": Dispatch.objects.filter(message=message, channel="calls").count(),
        "is_balanced": ledger(Message.objects.get(pk=message)).is_balanced,
    }


PROCEDURES = {
    function.__name__: function
    for function in (
        create_members_with_landline,
        queue_voice_alarm,
        count_calls_in_progress,
        is_call_waiting_or_in_progress,
        call_outcomes_of_message,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
