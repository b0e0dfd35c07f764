"""The line by which PostgreSQL tells of new work comes back after it broke (F17)."""

import asyncio
import socket
from collections.abc import Iterator

import psycopg
import pytest

from plp.delivery.engine import notify_listener
from plp.delivery.engine.dialects import PostgresDialect
from plp.delivery.engine.notify_listener import NotifyListener


class Line:
    """A line that the server closed: whatever is read from it fails."""

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.pgconn = self
        self.is_lost = False

    def execute(self, words: str) -> None:
        """Take the LISTEN."""

    def fileno(self) -> int:
        """What the loop watches; as in the library, a lost line has none any more."""
        if self.is_lost:
            raise psycopg.OperationalError
        return self.ours.fileno()

    def consume_input(self) -> None:
        """The server is gone."""
        self.ours.recv(1)
        self.is_lost = True
        raise psycopg.OperationalError

    def close(self) -> None:
        """Hang up."""
        self.ours.close()


@pytest.mark.django_db
@pytest.mark.any_database
def test_a_broken_line_is_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[Line] = []
    answers: Iterator[bool] = iter([True, False, True])  # there, away, back

    def connect(**given: object) -> Line:
        if not next(answers):
            raise psycopg.OperationalError
        lines.append(Line())
        return lines[-1]

    async def run() -> bool:
        dialect = PostgresDialect()
        listener = NotifyListener(dialect)
        listener.open()
        dialect.notified.clear()
        lines[0].theirs.close()
        while len(lines) < 2 or listener.connection is not lines[1]:
            await asyncio.sleep(0.01)
        listener.close()
        return dialect.notified.is_set()

    monkeypatch.setattr(psycopg, "connect", connect)
    monkeypatch.setattr(notify_listener, "RECONNECT_AFTER", 0.01)

    assert asyncio.run(asyncio.wait_for(run(), 60))
    assert next(answers, None) is None
