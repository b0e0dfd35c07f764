"""PostgreSQL tells of new work by NOTIFY, on a connection of its own."""

import asyncio
import logging
from typing import Any

from django.db import connection

from plp.delivery.engine.dialects import PostgresDialect
from plp.delivery.waking import CHANNEL

log = logging.getLogger(__name__)


class Listener:
    """Sets ``dialect.told`` when a NOTIFY comes. Without it workers still look by themselves, four times a second."""

    def __init__(self, dialect: PostgresDialect) -> None:
        self.dialect = dialect
        self.line: Any = None

    def open(self) -> None:
        """Connect and listen. A database that is away is no reason to stop: the engine retries its own connection."""
        import psycopg  # noqa: PLC0415  only where PostgreSQL is used

        try:
            self.line = psycopg.connect(**connection.get_connection_params(), autocommit=True)
            self.line.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error as failure:
            log.warning("no notifications from the database: %s", type(failure).__name__)
            return
        asyncio.get_running_loop().add_reader(self.line.fileno(), self._read)

    def _read(self) -> None:
        import psycopg  # noqa: PLC0415  only where PostgreSQL is used

        try:
            self.line.pgconn.consume_input()
            while self.line.pgconn.notifies():
                self.dialect.told.set()
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Stop listening."""
        line, self.line = self.line, None
        if line is not None:
            asyncio.get_running_loop().remove_reader(line.fileno())
            line.close()
