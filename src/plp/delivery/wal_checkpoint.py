"""SQLite's write-ahead log: what a large commit wrote is laid into the database beside the commit, not within it."""

import os
import sqlite3
from contextlib import closing, suppress
from threading import Lock, Thread
from typing import Any
from weakref import WeakSet

from django.db import connection

AUTOCHECKPOINT_PAGES = 1000  # pages after which a commit lays the log into the database itself: SQLite's own number
CHECKPOINTS: WeakSet[Thread] = WeakSet()
FORKING = Lock()  # held from before a fork until it is done


def checkpoint_sqlite_in_thread_after_commit() -> None:
    """Let the commit of this transaction end as soon as its log is on the disk; a line of its own does the rest.

    Nothing is promised less: with the log on the disk the commit outlives a power cut, and a log that nobody laid into
    the database (the process was killed, the disk is full) is read like the database and laid in by a later commit, or
    by whoever opens the file next. After a roll-back it is the commits of the other lines that lay the log in, until
    this line is closed or writes much again. PostgreSQL has such a process of its own.
    """
    if connection.vendor == "sqlite":
        _set_autocheckpoint(0)
        connection.on_commit(_start_checkpoint_thread)


def _start_checkpoint_thread() -> None:
    _set_autocheckpoint(AUTOCHECKPOINT_PAGES)
    with FORKING:
        thread = Thread(target=_checkpoint, args=[connection.get_connection_params()], daemon=True)
        thread.start()
        CHECKPOINTS.add(thread)


def _await_checkpoint_before_fork() -> None:
    """A copy of this process would hold the line without its locks, and break the database or wait for ever."""
    FORKING.acquire()
    for thread in tuple(CHECKPOINTS):
        thread.join()


os.register_at_fork(
    before=_await_checkpoint_before_fork, after_in_parent=FORKING.release, after_in_child=FORKING.release
)


def _set_autocheckpoint(pages: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_autocheckpoint={pages}")


def _checkpoint(database: dict[str, Any]) -> None:
    """As much of the log as nobody reads at the moment; waits for nobody, and nobody waits for it."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(**database)) as line:
        line.execute("PRAGMA wal_checkpoint(PASSIVE)")
