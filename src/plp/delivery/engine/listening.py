"""PostgreSQL tells of new work by NOTIFY, on a connection of its own."""

import asyncio
import logging
from typing import Any

from django.db import connection

from plp.delivery.engine.dialects import PostgresDialect
from plp.delivery.waking import CHANNEL

log = logging.getLogger(__name__)
AGAIN = 5.0  # seconds after which a line that broke is opened again


class Listener:
    """Sets ``dialect.told`` when a NOTIFY comes. Without it workers still look by themselves, four times a second."""

    def __init__(self, dialect: PostgresDialect) -> None:
        self.dialect = dialect
        self.line: Any = None
        self.file = -1  # of the line: one that broke has none any more, and must still be let go
        self.again: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Connect and listen. A database that is away is no reason to stop: it is tried again (F17)."""
        self._listen(self._connect())

    def _connect(self) -> Any:
        import psycopg  # noqa: PLC0415  only where PostgreSQL is used

        try:
            line = psycopg.connect(**connection.get_connection_params(), autocommit=True)
            line.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error as failure:
            log.warning("no notifications from the database: %s", type(failure).__name__)
            return None
        return line

    def _listen(self, line: Any) -> None:
        """Listen on ``line``; without one, try again later."""
        loop = asyncio.get_running_loop()
        if line is None:
            self.again = loop.create_task(self._try_again())
            return
        self.line, self.file = line, line.fileno()
        loop.add_reader(self.file, self._read)
        self.dialect.told.set()  # whatever was said meanwhile

    async def _try_again(self) -> None:
        await asyncio.sleep(AGAIN)
        self._listen(await asyncio.get_running_loop().run_in_executor(None, self._connect))

    def _read(self) -> None:
        import psycopg  # noqa: PLC0415  only where PostgreSQL is used

        try:
            self.line.pgconn.consume_input()
            while self.line.pgconn.notifies():
                self.dialect.told.set()
        except psycopg.Error:
            self.close()
            self._listen(None)

    def close(self) -> None:
        """Stop listening."""
        if self.again is not None:
            self.again.cancel()
        line, self.line = self.line, None
        if line is not None:
            asyncio.get_running_loop().remove_reader(self.file)
            line.close()
