"""The stage of the proofs, with what only measurements ask."""

from plp.delivery.models import Message
from plp.delivery.queries import ledger
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox


def is_ledger_balanced(message: str) -> bool:
    """Whether the ledger of a message adds up."""
    return ledger(Message.objects.get(pk=message)).as_json()["balanced"]


def queue_another_message(people: int) -> str:
    """Queue one more message for the first so many people; answers its id."""
    made = str(outbox.message(at=clock.now()).pk)
    message_queue.queue_for_people_in_range(made, 0, people)
    return made


def create_message() -> str:
    """One more message, queued for nobody yet; answers its id."""
    return str(outbox.message(at=clock.now()).pk)


PROCEDURES = message_queue.PROCEDURES | {
    one.__name__: one for one in (is_ledger_balanced, queue_another_message, create_message)
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
