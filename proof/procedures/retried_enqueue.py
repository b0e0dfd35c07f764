"""A stage whose acts are tried again until the database takes them: what it tells has been acknowledged."""

import time

from proof.procedures import message_queue
from proof.procedures.patience import retry_while_database_away


@retry_while_database_away
def enqueue_and_return_time(message: str, first: int, last: int) -> float:
    """Queue the message for the people with these numbers; answers when that was acknowledged.

    Doing it again adds nobody twice, so an answer that got lost does no harm.
    """
    message_queue.enqueue(message, first, last)
    return time.time()


def obey() -> None:
    """Until standard input ends."""
    message_queue.obey(message_queue.ORDERS | {"insist": enqueue_and_return_time})
