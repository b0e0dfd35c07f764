"""PostgreSQL tells of new work by NOTIFY, on a connection of its own."""

import asyncio
import logging
from typing import Any

from django.db import connection

from plp.delivery.engine.dialects import PostgresDialect
from plp.delivery.worker_signals import NOTIFY_CHANNEL

log = logging.getLogger(__name__)
RECONNECT_AFTER = 5.0  # seconds after which a connection that broke is opened again


class NotifyListener:
    """Sets ``dialect.notified`` when a NOTIFY comes. Without it workers still look four times a second."""

    def __init__(self, dialect: PostgresDialect) -> None:
        self.dialect = dialect
        self.connection: Any = None
        self.file = -1  # of the connection: one that broke has none any more, and must still be let go
        self.again: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Connect and listen. A database that is away is no reason to stop: it is tried again (F17)."""
        self._listen_or_reconnect_later(self._connect())

    def _connect(self) -> Any:
        import psycopg  # noqa: PLC0415  only where PostgreSQL is used

        try:
            listening = psycopg.connect(**connection.get_connection_params(), autocommit=True)
            listening.execute(f"LISTEN {NOTIFY_CHANNEL}")
        except psycopg.Error as failure:
            log.warning("no notifications from the database: %s", type(failure).__name__)
            return None
        return listening

    def _listen_or_reconnect_later(self, listening: Any) -> None:
        """Listen on ``listening``; without one, try again later."""
        loop = asyncio.get_running_loop()
        if listening is None:
            self.again = loop.create_task(self._reconnect_later())
            return
        self.connection, self.file = listening, listening.fileno()
        loop.add_reader(self.file, self._read_notifications)
        self.dialect.notified.set()  # whatever was said meanwhile

    async def _reconnect_later(self) -> None:
        await asyncio.sleep(RECONNECT_AFTER)
        self._listen_or_reconnect_later(await asyncio.get_running_loop().run_in_executor(None, self._connect))

    def _read_notifications(self) -> None:
        import psycopg  # noqa: PLC0415  only where PostgreSQL is used

        try:
            self.connection.pgconn.consume_input()
            while self.connection.pgconn.notifies():
                self.dialect.notified.set()
        except psycopg.Error:
            self.close()
            self._listen_or_reconnect_later(None)

    def close(self) -> None:
        """Stop listening."""
        if self.again is not None:
            self.again.cancel()
        listening, self.connection = self.connection, None
        if listening is not None:
            asyncio.get_running_loop().remove_reader(self.file)
            listening.close()
