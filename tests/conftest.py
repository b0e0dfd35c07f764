"""Test set-up: an own data folder and keys per process, nothing from elsewhere, both databases, no silent skip."""

import gc
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
import pytest_django
from django.utils import translation

from plp.ops.environment import find_program
from plp.toolbox import clock
from tests import isolation, statements
from tests.plans.recorder import PlanRecorder

# Settings read the environment once, when pytest-django loads them after this file: hence no DJANGO_SETTINGS_MODULE
# in pyproject.toml, and none inherited by the xdist workers (pytest_xdist_setupnodes below).
if "plp.server.settings" in sys.modules:
    raise RuntimeError("Unset DJANGO_SETTINGS_MODULE: the settings were loaded before the tests got their own folder.")

gc.disable()  # until the tests are found: what they are found with stays, a fifth of that time was spent on looking
KEPT = {"PLP_TEST_STRICT", "PLP_DATABASE_URL"}
for _name in [name for name in os.environ if name.startswith("PLP_") and name not in KEPT]:
    del os.environ[_name]
HOME = Path(tempfile.mkdtemp(prefix="plp-test-"))
os.environ["PLP_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "plp.server.settings"
isolation.enforce()
django.setup()  # before tests, and the conftest of a folder, import models: whoever set the settings loads the rooms

STRICT = os.environ.get("PLP_TEST_STRICT") == "1"
NEEDS = {  # marker: the programs its tests start
    "browser": ["chromium", "chromium-headless-shell"],
    "kannel": ["bearerbox", "smsbox", "fakesmsc"],
    "voice": ["baresip", "espeak-ng", "sipp"],
    "imap": ["dovecot", "/usr/lib/dovecot/imap"],
    "spamassassin": ["spamassassin"],
    "poppler": ["pdftotext", "pdftoppm"],
    "libreoffice": ["soffice"],
    "w3m": ["w3m"],
    "promtool": ["promtool"],
}
APART = ("browser", "crash")  # markers with runs of their own
LAID_DOWN = {"auth_permission", "django_content_type"}  # filled by the steps of Django, read by nobody here
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes get no name of their own: archives hold the time at which they are made, and each process of a run must
    find the same tests.
    """
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """The language of a page that a test asked for ends with the test, and so does the clock that a worker followed."""
    translation.deactivate()
    clock._reading = clock._base = None
    clock._asked = 0.0  # else a test that follows the database lets each later one ask it now and then


def pytest_configure(config: pytest.Config) -> None:
    """Say how examples are made up; note what is sent to the database if a second one is to be asked it; with
    ``--plans`` read the plans of what is sent.
    """
    folder = config.getoption("--statements")
    if folder and not config.getoption("--only-database"):
        config.pluginmanager.register(statements.StatementNotes(Path(folder)))
    if config.getoption("--plans"):
        config.pluginmanager.register(PlanRecorder(os.environ["PLP_DATABASE_URL"]))
    hypothesis.settings.register_profile(  # the same examples in each run, and no clock: a slow machine fails nobody
        "steady", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--only-database``: the tests that touch a database, for the second run on PostgreSQL. ``--shuffled SEED``.

    ``--plans``, on PostgreSQL: a test fails that is the first to send what reads the whole country (ADR 78).
    ``--statements FOLDER``: note there what each test sends to the database, or with ``--only-database`` go by it.
    """
    parser.addoption(
        "--only-database", action="store_true", help="only tests that the choice of a database could change"
    )
    parser.addoption("--plans", action="store_true", help="read the plan of each statement that the product sends")
    parser.addoption("--statements", metavar="FOLDER", help="notes of what each test asks the database")
    parser.addoption(
        "--shuffled", type=int, metavar="SEED", help="in an order that chance chooses, beginning with SEED"
    )


def _names(path: Path, marker: str) -> bool:
    return f"mark.{marker}" in path.read_text(encoding="utf-8")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A run of one marker need not load the files that do not name it: hundreds."""
    marker = config.option.markexpr
    is_test = marker in APART and collection_path.suffix == ".py"
    return True if is_test and not _names(collection_path, marker) else None


def _refuse_unnamed(items: list[pytest.Item]) -> None:
    """No test is marked from elsewhere: the run of its marker would not load its file."""
    for path, marker in {(item.path, marker) for item in items for marker in APART if item.get_closest_marker(marker)}:
        if not _names(path, marker):
            raise pytest.UsageError(f"{path} holds tests marked {marker}: let it name pytest.mark.{marker} itself.")


def _touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "crash"))
    return bool(marked or names & DATABASE_FIXTURES)


def _is_worth_repeating(item: pytest.Item) -> bool:
    """Whether a second database could answer otherwise."""
    return _touches_database(item) and not any(item.get_closest_marker(name) for name in ("browser", "any_database"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin the long ones; leave out what cannot run here, saying so, and what the second run need not repeat."""
    _refuse_unnamed(items)
    long = [item for item in items if item.get_closest_marker("long")]
    short = [item for item in items if not item.get_closest_marker("long")]
    middle = len(short) // 2  # two processes begin with a half each: neither is left with the long ones alone
    items[:] = [*long[::2], *short[:middle], *long[1::2], *short[middle:]]
    for item in items:
        for marker in [marker for marker in NEEDS if item.get_closest_marker(marker)]:
            lacking = [name for name in NEEDS[marker] if not find_program(name)]
            if lacking:
                item.add_marker(pytest.mark.skip(reason=f"without {', '.join(lacking)}: ./plp test says how to get it"))
    if config.getoption("--only-database"):
        kept = [item for item in items if _is_worth_repeating(item)]
        if folder := config.getoption("--statements"):
            kept = statements.needed_items(kept, statements.read_notes(Path(folder)))
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept
    if config.getoption("--shuffled") is not None:
        random.Random(config.getoption("--shuffled")).shuffle(items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded stays, and a test makes thousands of small things that end with it: look less often for litter."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """With ``PLP_TEST_STRICT=1`` a skipped test is a failed one."""
    report = yield
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and PLP_TEST_STRICT=1 allows no skip: {call.excinfo}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """With ``PLP_TEST_STRICT=1`` a skipped file is a failed one."""
    report = yield
    if STRICT and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and PLP_TEST_STRICT=1 allows no skip."
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker load the settings itself, after this file gave it its own folder."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure() -> None:
    """Remove the data folder."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Lay the tables out at once, as in a new installation (``tests/ops/test_migrate.py`` compares with the steps)."""
    from django.core.management.commands.migrate import Command  # noqa: PLC0415 - after the settings
    from django.db import connection  # noqa: PLC0415

    from plp.ops.commands.migrate import create_tables_as_migrated  # noqa: PLC0415

    if connection.vendor == "sqlite" and any(item.get_closest_marker("browser") for item in request.session.items):
        _put_on_disk(connection.settings_dict)
    take_steps = Command.handle

    def handle(command: Command, *arguments: Any, **options: Any) -> None:
        patch.undo()  # the next ones are those of a test
        create_tables_as_migrated()
        take_steps(command, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", handle)
        yield


def _put_on_disk(settings: dict[str, Any]) -> None:
    """A browser asks for several things at once, each with a connection of its own: in memory there is but one."""
    settings["TEST"]["NAME"] = str(HOME / "tests.sqlite3")
    settings["OPTIONS"]["init_command"] = settings["OPTIONS"]["init_command"].replace("=FULL", "=OFF")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """Let the cast be built once before any test could change what it is built with (``tests/factories/kept.py``)."""
    from django.db import transaction  # noqa: PLC0415 - after the settings found their folder

    from tests.factories.cast import Cast  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        Cast()
        transaction.set_rollback(True)


@pytest.fixture
def english() -> Iterator[None]:
    """The language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Any:
    """Everybody."""
    from tests.factories.cast import Cast  # noqa: PLC0415 - after the settings

    return Cast()


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Let passwords be hashed as in earnest, with less work: what it costs in earnest is the library's own figure."""
    from plp.accounts.passwords import PasswordHasher  # noqa: PLC0415 - after the settings

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(PasswordHasher, name, value)
        yield


@pytest.fixture(scope="session", autouse=True)
def _readable_pdfs() -> Iterator[None]:
    """Whatever paper a test prints, it is one that a screen reader can read (PDF/UA-1)."""
    from plp.documents import tagged_pdf  # noqa: PLC0415 - after the settings
    from tests.readable_pdfs import split_and_validate  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagged_pdf, "_split_pdfs", split_and_validate)
        yield


@pytest.fixture(autouse=True)
def _nobody_acts_for_others_yet() -> None:
    """Who acted for whom in the test before is forgotten: in both, people and moments may be the same."""
    from plp.journal.principals import set_who_acts_for_whom  # noqa: PLC0415 - after the settings

    set_who_acts_for_whom(None)


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once() -> None:
    """What one client's server finds on the disk is kept for the others."""
    from tests.factories.static_files import keep_static_files  # noqa: PLC0415 - after the settings

    keep_static_files()


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """Let a test that commits be cleaned up after: on SQLite the journal's triggers refuse that too.

    They are set aside for the clean-up alone, so every test finds them in place. Emptied are the tables that it filled;
    what Django lays down beside the tables stays, instead of being worked out anew.
    """
    from django.core.cache import cache  # noqa: PLC0415
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import OperationalError, connection, transaction  # noqa: PLC0415
    from django.test import TransactionTestCase  # noqa: PLC0415 - after the settings found their folder

    from tests.factories.kept import filled_tables  # noqa: PLC0415

    def patiently(act: Callable[[], object]) -> None:
        """A page that the closed browser had still asked for may hold a table for a moment."""
        for _ in range(40):
            with suppress(OperationalError):
                act()
                return
            time.sleep(0.25)
        act()

    def empty_tables() -> None:
        tables = sorted(filled_tables(connection.introspection.django_table_names(only_existing=True)) - LAID_DOWN)
        if connection.vendor == "postgresql":
            delete_rows(tables)
        else:
            connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))

    def delete_rows(tables: list[str]) -> None:
        """On PostgreSQL, row by row: TRUNCATE lays new files for each table and index that could refer to one of them.

        No trigger is asked meanwhile: all that a row could refer to goes too.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')

    def without_triggers(_case: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            empty_tables()
            cache.clear()
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                patiently(partial(cursor.execute, f'DROP TRIGGER IF EXISTS "{name}"'))
        patiently(empty_tables)
        patiently(cache.clear)  # a table of no model
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@pytest.fixture(scope="session", autouse=True)
def _tasks_as_without_looking_up() -> Iterator[None]:
    """Wherever a test asks what waits for somebody, the lists that were not asked would have held nothing (ADR 43)."""
    from django.db import connection  # noqa: PLC0415 - after the settings found their folder

    from plp.partnership.open_rows import OpenRows  # noqa: PLC0415
    from plp.portal.shell import offers  # noqa: PLC0415

    def compared(person: Any, at: Any) -> list[Any]:
        tasks = asked(person, at)
        is_counting, connection.force_debug_cursor = connection.force_debug_cursor, False
        try:
            with pytest.MonkeyPatch.context() as every_list:
                every_list.setattr(OpenRows, "may_exist_for", lambda _rows, _person: True)
                assert tasks == asked(person, at)
        finally:
            connection.force_debug_cursor = is_counting
        return tasks

    asked = offers.tasks_of_person
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offers, "tasks_of_person", compared)
        yield
