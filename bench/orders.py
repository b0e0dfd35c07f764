"""The stage of the proofs, with what only measurements ask."""

from plp.delivery.models import Message
from plp.delivery.queries import ledger
from proof.stand import stage


def balanced(message: str) -> bool:
    """Whether the ledger of a message adds up."""
    return ledger(Message.objects.get(pk=message)).as_json()["balanced"]


def obey() -> None:
    """Until standard input ends."""
    stage.obey(stage.ORDERS | {"balanced": balanced})
