"""The stage of the proofs, with what only measurements ask."""

from plp.delivery.models import Message
from plp.delivery.queries import ledger
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox


def balanced(message: str) -> bool:
    """Whether the ledger of a message adds up."""
    return ledger(Message.objects.get(pk=message)).as_json()["balanced"]


def another(people: int) -> str:
    """Queue one more message for the first so many people; answers its id."""
    made = str(outbox.message(at=clock.now()).pk)
    message_queue.enqueue(made, 0, people)
    return made


def compose() -> str:
    """One more message, queued for nobody yet; answers its id."""
    return str(outbox.message(at=clock.now()).pk)


def obey() -> None:
    """Until standard input ends."""
    message_queue.obey(message_queue.ORDERS | {"balanced": balanced, "another": another, "compose": compose})
