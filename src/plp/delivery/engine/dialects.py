"""The few words in which the two databases differ."""

import json
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import connection
from django.db.backends.utils import CursorWrapper

from plp.delivery.worker_signals import COMMIT_LOCK


class DatabaseDialect(Protocol):
    """How one database says it."""

    among: str  # a condition on an id, with one parameter made by ``ids_parameter``
    skip_locked: str  # behind the SELECT of rows to take
    lock: str  # behind the SELECT of rows that others may be writing: wait for them

    def ids_parameter(self, numbers: Sequence[int]) -> Any:
        """The parameter for ``among``."""
        ...

    def lock_commits_shared_and_read_time(self, cursor: CursorWrapper) -> datetime:
        """First words of a transaction: the time by which leases are judged."""
        ...

    def may_have_changed(self) -> bool:
        """Whether somebody else may have written since the last look; cheap."""
        ...


class SqliteDialect:
    """One machine, one writer at a time."""

    among = "IN (SELECT value FROM json_each(%s))"
    skip_locked = lock = ""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.version = -1

    def ids_parameter(self, numbers: Sequence[int]) -> Any:
        """A JSON array."""
        return json.dumps(numbers)

    def lock_commits_shared_and_read_time(self, cursor: CursorWrapper) -> datetime:  # noqa: ARG002  part of the protocol
        """The machine's own clock: all workers share it."""
        return self.clock()

    def may_have_changed(self) -> bool:
        """SQLite counts the commits of other connections."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()[0]
        changed, self.version = version != self.version, version
        return changed


class PostgresDialect:
    """Any number of workers on any machines: time is the database's."""

    among = "= ANY(%s)"
    skip_locked = "FOR UPDATE SKIP LOCKED"
    lock = "FOR UPDATE"

    def __init__(self) -> None:
        self.notified = threading.Event()

    def ids_parameter(self, numbers: Sequence[int]) -> Any:
        """An array."""
        return list(numbers)

    def lock_commits_shared_and_read_time(self, cursor: CursorWrapper) -> datetime:
        """Share the gate with the other workers, so that a stop can shut all of them out, and ask the time."""
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [COMMIT_LOCK])
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment.astimezone(UTC)

    def may_have_changed(self) -> bool:
        """Whether a NOTIFY came (``notify_listener.NotifyListener`` sets ``notified``)."""
        notified = self.notified.is_set()
        self.notified.clear()
        return notified


def database_dialect(database_vendor: str, clock: Callable[[], datetime]) -> DatabaseDialect:
    """The dialect of Django's ``connection.vendor``."""
    return PostgresDialect() if database_vendor == "postgresql" else SqliteDialect(clock)
