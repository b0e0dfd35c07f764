"""A stage whose acts are tried again until the database takes them: what it tells has been acknowledged."""

import time

from proof.procedures import message_queue
from proof.procedures.patience import retry_while_database_away


@retry_while_database_away
def queue_for_people_and_get_time(message: str, first: int, last: int) -> float:
    """Queue the message for the people with these numbers; answers when that was acknowledged.

    Doing it again adds nobody twice, so an answer that got lost does no harm.
    """
    message_queue.queue_for_people_in_range(message, first, last)
    return time.time()


PROCEDURES = message_queue.PROCEDURES | {"queue_for_people_and_get_time": queue_for_people_and_get_time}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
