"""The tables of the tests on SQLite, built by the migrations once and copied from then on: a dozen seconds a process.

The copy stands in a folder of the user's own, by the digest of the migrations: when one changes, it is built anew.
"""

import fcntl
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import allauth
import django
from django.conf import settings
from django.core.management.commands.migrate import Command
from django.db import connection

import plp

DAY = 86_400


def folder() -> Path:
    """Where copies are kept: nobody else may write there."""
    own = Path(tempfile.gettempdir()) / f"plp-test-tables-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    if own.stat().st_uid != os.getuid() or own.stat().st_mode & 0o077:
        raise RuntimeError(f"{own} belongs to somebody else: remove it.")
    return own


def name() -> str:
    """The digest of everything that makes the tables."""
    found = sha256(f"{django.__version__} {allauth.__version__} {settings.INSTALLED_APPS}".encode())
    for path in sorted(Path(plp.__file__).parent.glob("*/migrations/*.py")):
        found.update(path.read_bytes())
    return f"{found.hexdigest()[:20]}.sqlite3"


@contextmanager
def copied_tables() -> Iterator[None]:
    """Within, the first ``migrate``, on SQLite, copies the tables that were built before."""
    build = Command.handle

    def handle(command: Command, *arguments: Any, **options: Any) -> None:
        Command.handle = build  # type: ignore[method-assign]  # the next ones are those of a test
        kept = folder() / name()
        with kept.with_suffix(".lock").open("w") as lock:  # trees with other tables do not wait for each other
            fcntl.flock(lock, fcntl.LOCK_EX)
            if kept.exists():
                with closing(sqlite3.connect(kept)) as source:
                    source.backup(raw())
                return
            build(command, *arguments, **options)
            for old in kept.parent.glob("*.sqlite3"):  # other trees at work on this machine keep theirs
                if old.stat().st_mtime < time.time() - DAY:
                    old.unlink(missing_ok=True)
            unfinished = kept.with_suffix(".part")
            unfinished.unlink(missing_ok=True)
            with closing(sqlite3.connect(unfinished)) as target:
                raw().backup(target)
            unfinished.rename(kept)

    def raw() -> sqlite3.Connection:
        connection.ensure_connection()
        found: sqlite3.Connection = connection.connection
        return found

    Command.handle = handle  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Command.handle = build  # type: ignore[method-assign]
