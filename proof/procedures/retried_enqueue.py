"""A stage whose acts are tried again until the database takes them: what it tells has been acknowledged."""

import time

from django.db import DatabaseError, connection

from proof.procedures import message_queue

PATIENCE = 120.0  # seconds


def insist(message: str, first: int, last: int) -> float:
    """Queue the message for the people with these numbers; answers when that was acknowledged.

    Doing it again adds nobody twice, so an answer that got lost does no harm.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            message_queue.enqueue(message, first, last)
        except DatabaseError:
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return time.time()


def obey() -> None:
    """Until standard input ends."""
    message_queue.obey(message_queue.ORDERS | {"insist": insist})
