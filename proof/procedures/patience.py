"""Procedures that are tried again until the database takes them: what they answer has been acknowledged."""

import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection

PATIENCE = 120.0  # seconds


def retry_while_database_away(procedure: Callable[..., Any]) -> Callable[..., Any]:
    """The procedure, done again for as long as the database is away."""

    def call_until_database_answers(*arguments: Any) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return procedure(*arguments)
            except DatabaseError:
                connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    return call_until_database_answers
