"""A large commit ends with its log; a line of its own lays the log into the database."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.db import connections
from django.db.transaction import atomic

from plp.delivery import wal_checkpoint
from plp.delivery.wal_checkpoint import AUTOCHECKPOINT_PAGES, checkpoint_sqlite_in_thread_after_commit

pytestmark = pytest.mark.any_database
LARGE = 5_000_000  # bytes: more pages than SQLite lets stand in its log


@pytest.fixture
def disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Any]:
    """A database on the disk: the tests' own has no log."""
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}
    made = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "disk.sqlite3", "OPTIONS": options}
    monkeypatch.setitem(connections.databases, "disk", made)
    connections.configure_settings(connections.databases)
    line = connections["disk"]
    monkeypatch.setattr(wal_checkpoint, "connection", line)
    with django_db_blocker.unblock():
        line.cursor().execute("CREATE TABLE pages (words BLOB)")
        assert says(line, "wal_checkpoint(TRUNCATE)") == (0, 0, 0)
        yield line
        line.close()
    del connections["disk"]


def says(line: Any, pragma: str) -> tuple[int, ...]:
    return tuple(line.cursor().execute(f"PRAGMA {pragma}").fetchone())


def write(line: Any) -> None:
    line.cursor().execute("INSERT INTO pages VALUES (zeroblob(%s))", [LARGE])


def laid_in(line: Any) -> bool:
    return Path(line.settings_dict["NAME"]).stat().st_size > LARGE


def test_a_commit_lays_its_log_in_itself_unless_told(disk: Any) -> None:
    with atomic(using="disk"):
        write(disk)

    assert laid_in(disk)


def test_a_commit_leaves_its_log_to_another_line(disk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begin, seen = threading.Thread.start, []

    def start(thread: threading.Thread) -> None:
        seen.append((thread, laid_in(disk)))
        begin(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    with atomic(using="disk"):
        write(disk)
        checkpoint_sqlite_in_thread_after_commit()
        assert says(disk, "wal_autocheckpoint") == (0,)

    [(thread, already)] = seen
    thread.join(20)
    assert not already
    assert laid_in(disk)
    assert says(disk, "wal_autocheckpoint") == (AUTOCHECKPOINT_PAGES,)
    assert says(disk, "quick_check(1)") == ("ok",)


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_fork_waits_until_the_log_is_laid_in(disk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_in = wal_checkpoint._checkpoint

    def slowly(database: dict[str, Any]) -> None:
        time.sleep(0.5)
        lay_in(database)

    monkeypatch.setattr(wal_checkpoint, "_checkpoint", slowly)
    with atomic(using="disk"):
        write(disk)
        checkpoint_sqlite_in_thread_after_commit()

    child = os.fork()
    if child == 0:
        os._exit(0 if laid_in(disk) else 1)
    assert os.waitpid(child, 0) == (child, 0)
    assert not wal_checkpoint.FORKING.locked()


def test_a_log_that_cannot_be_laid_in_is_read_all_the_same(disk: Any) -> None:
    where = {**disk.get_connection_params(), "database": Path(disk.settings_dict["NAME"]).parent / "none" / "x"}
    with atomic(using="disk"):
        write(disk)
        checkpoint_sqlite_in_thread_after_commit()
        disk.get_connection_params = lambda: where

    assert disk.cursor().execute("SELECT length(words) FROM pages").fetchone() == (LARGE,)
    assert not laid_in(disk)


def test_after_a_roll_back_the_next_large_commit_sets_it_right(disk: Any) -> None:
    with suppress(KeyError), atomic(using="disk"):
        checkpoint_sqlite_in_thread_after_commit()
        raise KeyError

    with atomic(using="disk"):
        checkpoint_sqlite_in_thread_after_commit()

    assert says(disk, "wal_autocheckpoint") == (AUTOCHECKPOINT_PAGES,)
