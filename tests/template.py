"""The tables of the tests on SQLite, built by the migrations once and copied from then on: a dozen seconds a process.

The copy stands in a folder of the user's own, by the digest of the migrations: when one changes, it is built anew.
So do the statements that make the tables of a process outside of the tests, by the digest of the whole package.
"""

import fcntl
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import allauth
import django
from django.conf import settings
from django.core.management.commands.migrate import Command
from django.db import connection, transaction

import plp

DAY = 86_400
NOT_REPEATED = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")


def folder() -> Path:
    """Where copies are kept: nobody else may write there."""
    own = Path(tempfile.gettempdir()) / f"plp-test-tables-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    if own.stat().st_uid != os.getuid() or own.stat().st_mode & 0o077:
        raise RuntimeError(f"{own} belongs to somebody else: remove it.")
    return own


def digest(files: str) -> str:
    """Of everything that makes the tables: libraries, apps, and these files of the package."""
    found = sha256(f"{django.__version__} {allauth.__version__} {settings.INSTALLED_APPS}".encode())
    for path in sorted(Path(plp.__file__).parent.glob(files)):
        found.update(path.read_bytes())
    return found.hexdigest()[:20]


def tidy(pattern: str) -> None:
    """Remove what nobody made lately: other trees at work on this machine keep theirs."""
    for old in folder().glob(pattern):
        if old.stat().st_mtime < time.time() - DAY:
            old.unlink(missing_ok=True)


@contextmanager
def copied_tables() -> Iterator[None]:
    """Within, the first ``migrate``, on SQLite, copies the tables that were built before."""
    build = Command.handle

    def handle(command: Command, *arguments: Any, **options: Any) -> None:
        Command.handle = build  # type: ignore[method-assign]  # the next ones are those of a test
        kept = folder() / f"{digest('*/migrations/*.py')}.sqlite3"
        with kept.with_suffix(".lock").open("w") as lock:  # trees with other tables do not wait for each other
            fcntl.flock(lock, fcntl.LOCK_EX)
            if kept.exists():
                with closing(sqlite3.connect(kept)) as source:
                    source.backup(raw())
                return
            build(command, *arguments, **options)
            tidy("*.sqlite3")
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


def repeated(build: Callable[[], None]) -> None:
    """Let ``build`` fill an empty database; from then on, in any process, repeat the statements it gave: a second."""
    if connection.introspection.table_names():
        build()
        return
    kept = folder() / f"{digest('**/*.py')}.{connection.vendor}.json"
    if kept.exists():
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, given in json.loads(kept.read_text(encoding="utf-8")):
                cursor.execute(sql, given)
        return
    said: list[tuple[str, Any]] = []

    def noting(execute: Callable[..., Any], sql: str, given: Any, *more: Any) -> Any:
        if not sql.lstrip().startswith(NOT_REPEATED):
            said.append((sql, given))
        return execute(sql, given, *more)

    with connection.execute_wrapper(noting):
        build()
    tidy("*.json")
    unfinished = kept.with_suffix(f".{os.getpid()}")  # several may build at once: the last one stays
    unfinished.write_text(json.dumps(said, default=str), encoding="utf-8")
    unfinished.rename(kept)
