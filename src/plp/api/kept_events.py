"""What suppliers bring while the database is away: each kept sealed in a file, and taken in once it is back.

A supplier that asks once would never come again, and a STOP would be lost. A file holds one event whose signature was
looked at; whatever comes twice is known as one by the rooms below.
"""

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from plp.toolbox import clock
from plp.toolbox.crypto import seal, unseal
from plp.toolbox.moves import Refused

log = logging.getLogger(__name__)
CONTEXT = "api.kept_events"
AT_ONCE = 50  # files that one request takes in
SUPPLIER_WAITS, PAGE_WAITS = 5_000, 200  # milliseconds for a locked SQLite file: a supplier gives up before a writer
DATABASE_AWAY = (OperationalError, InterfaceError)

HANDLERS: dict[str, Callable[..., Any]] = {}  # kind of event -> what takes it in


def event_folder() -> Path:
    """Where the files are, below the data folder."""
    return Path(settings.HOME) / "events"


def handle_event_or_save_if_db_away(kind: str, **event: Any) -> Any:
    """Take an event in now, and answer what its handler says; ``None`` where the database is away and it was kept.

    ``event`` is what the handler of ``kind`` takes, as JSON can hold it. Raises the fault of the database where no file
    can be written.
    """
    try:
        with _sqlite_lock_wait_limited_to(SUPPLIER_WAITS):
            return HANDLERS[kind](**event)
    except DATABASE_AWAY:
        if not _try_to_save_event(seal(json.dumps([kind, event]), context=CONTEXT)):
            raise
        return None


@contextmanager
def _sqlite_lock_wait_limited_to(milliseconds: int) -> Iterator[None]:
    """On SQLite, wait so long and no longer while another process holds the file."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    line = connection.connection
    usual = line.execute("PRAGMA busy_timeout").fetchone()[0]
    line.execute(f"PRAGMA busy_timeout={milliseconds}")
    try:
        yield
    finally:
        line.execute(f"PRAGMA busy_timeout={usual}")


def _try_to_save_event(content: bytes) -> bool:
    """Whether the content could be written to a file."""
    try:
        _save_event_file(content)
    except OSError as error:
        log.error("an event of a supplier could not be kept: %s", error.strerror)
        return False
    return True


def _save_event_file(content: bytes) -> None:
    """A file that is whole or not there, named by its moment."""
    folder = event_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{int(clock.now().timestamp() * 1_000_000):020d}-{uuid4().hex}"
    file = os.open(path.with_suffix(".part"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    path.with_suffix(".part").rename(path)


def handle_saved_events_until_db_away() -> int:
    """Take in what waits, the oldest first, until the database is away again; answer how many."""
    count = 0
    for path in sorted(path for path in event_folder().glob("*-*") if not path.suffix)[:AT_ONCE]:
        with _locked_file_content(path) as content:
            if content is None:
                continue
            try:
                kind, event = json.loads(unseal(content, context=CONTEXT))
                with _sqlite_lock_wait_limited_to(PAGE_WAITS):
                    HANDLERS[kind](**event)
            except DATABASE_AWAY:
                return count
            except (InvalidTag, ValueError, KeyError, TypeError, DatabaseError, Refused):
                log.error("a kept event of a supplier cannot be taken in: %s", path.name)
                path.rename(path.with_suffix(".unread"))
                continue
            path.unlink()
            count += 1
    return count


@contextmanager
def _locked_file_content(path: Path) -> Iterator[bytes | None]:
    """What a file holds, for this process alone; ``None`` where another has it or was first."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield None
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield os.pread(file, os.fstat(file).st_size, 0) if path.exists() else None
    except BlockingIOError:
        yield None
    finally:
        os.close(file)


def has_kept_events() -> bool:
    """Whether a file waits: one look at a folder that is mostly not there."""
    with suppress(OSError), os.scandir(event_folder()) as files:
        return any(not file.name.endswith((".part", ".unread")) for file in files)
    return False
