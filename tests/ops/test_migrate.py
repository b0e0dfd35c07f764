"""Setting a database up, for real and in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from plp.ops.commands.test import temporary_postgres
from plp.ops.environment import OWN_COMMAND, environment_with_throw_away_data_folder, repository_root
from proof.harness.system import fresh_database
from tests.samples import SAMPLES

STRUCTURE = """
import gzip, json, sqlite3, sys
from contextlib import closing
from pathlib import Path
from plp.ops.cli import set_up_django
set_up_django()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from plp.ops.commands.migrate import create_tables_as_migrated, migrate_and_report_database

if sys.argv[1] == "at once":
    create_tables_as_migrated()
elif sys.argv[1] == "from there":
    migrate_and_report_database()
elif sys.argv[1].startswith("["):
    MigrationExecutor(connection).migrate(list(dict(json.loads(sys.argv[1])).items()))  # the last one of each room
else:
    content = gzip.decompress(Path(sys.argv[1]).read_bytes()).decode()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
            database.executescript(content)
    else:
        with connection.cursor() as cursor:
            cursor.execute(content)
        connection.close()
look, found = connection.introspection, {}
if sys.argv[1] in {"at once", "from there"}:
    call_command("migrate", "--check", verbosity=0)
else:
    loader = MigrationExecutor(connection).loader
    found["taken"] = sorted(map(list, loader.applied_migrations.keys() & loader.graph.nodes.keys()))
TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
with connection.cursor() as cursor:
    for table in look.table_names(cursor):
        columns = [[str(part) for part in column] for column in look.get_table_description(cursor, table)]
        limits = [[name, str(limit)] for name, limit in look.get_constraints(cursor, table).items()]
        if connection.vendor == "sqlite":  # a limit without a name is numbered
            limits = [[name.strip("_0123456789"), limit] for name, limit in limits]
        kinds = [list(row) for row in look.get_sequences(cursor, table)]
        found[table] = [sorted(columns), sorted(limits), str(kinds)]
    cursor.execute(TRIGGERS[connection.vendor])
    found["triggers"] = sorted(map(str, cursor.fetchall()))
    cursor.execute("SELECT app, name FROM django_migrations WHERE app <> 'plp' ORDER BY app, name")
    found["steps"] = [list(row) for row in cursor.fetchall()]
print(json.dumps(found))
"""
CONTENT = """
import json
import django
django.setup()
from plp.accounts.models import Account
from plp.journal.queries import entries_about, verify_journal
from plp.membership.models import Candidate, Membership
from plp.people.queries import paused_until

mia = Membership.objects.get(state="active").person
account = Account.objects.get()
print(json.dumps({
    "member": [mia.name, [contact.address for contact in mia.contacts.order_by("rank")], str(paused_until(mia))],
    "candidate": Candidate.objects.get().person.name,
    "account": [account.email, account.check_password("four words of nothing")],
    "journal": [entry.verb for entry in entries_about(account)],
    "proven": [verify_journal().entries, len(verify_journal().flaws)],
}))
"""


def test_a_new_database_is_set_up_once(tmp_path: Path) -> None:
    with environment_with_throw_away_data_folder() as environment:
        environment |= {"PLP_HOME": str(tmp_path / "home"), "LC_ALL": "C"}

        def start(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [*OWN_COMMAND, *arguments]
            return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path, check=False)

        before, idle, first, second, after = (
            start("web"),
            start("worker", "--once"),
            start("migrate"),
            start("migrate"),
            start("migrate", "--check"),
        )

    assert (before.returncode, idle.returncode) == (1, 1)
    assert before.stderr.strip().endswith("steps of this version: run ./plp migrate first.")
    assert idle.stderr == before.stderr
    assert (first.returncode, second.returncode, after.returncode) == (0, 0, 0), first.stderr
    assert second.stderr == after.stderr == "plp: The database is up to date.\n"
    assert os.stat(tmp_path / "home").st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "home").glob("plp.sqlite3*")} == {0o600}


CACHE = "cache"  # made beside the steps
LONGER = {"auth_group_permissions"}  # Django's own steps give it longer numbers than its model has; nobody fills it


def answers(script: str, way: str, home: Path, url: str) -> dict[str, list]:
    """What ``script`` prints as JSON, run on a database of its own."""
    with environment_with_throw_away_data_folder() as environment:
        more = {"PLP_HOME": str(home), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}
        database = {"PLP_DATABASE_URL": url} if url else {}
        command = [sys.executable, "-W", "ignore", "-c", script, way]
        printed = subprocess.check_output(command, env=environment | more | database, cwd=repository_root(), text=True)
    values: dict[str, list] = json.loads(printed.splitlines()[-1])
    return values


def structure(way: str, home: Path, server: str) -> dict[str, list]:
    """The structure of a database that came about in this way."""
    with fresh_database(server) as url:
        return answers(STRUCTURE, way, home, url)


@contextmanager
def server_of(vendor: str) -> Iterator[str]:
    """A server of its own; nothing for SQLite."""
    with temporary_postgres() if vendor == "postgresql" else nullcontext("") as server:
        yield server


def refuse_unlike(laid_out: dict[str, list], other: dict[str, list]) -> None:
    assert {name for name in laid_out if laid_out[name] != other[name]} <= LONGER


@pytest.mark.long
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_every_way_to_a_database_leads_to_the_same(vendor: str, tmp_path: Path) -> None:
    """Tables, their limits and triggers, and what is noted of the steps; the order of columns alone may differ.

    One is laid out at once; one comes from 0.2.0, whose steps are replaced by one a room (ADR 41): it gets today's
    tables, and what it holds is read as before. One took those steps from the first on: it is what 0.2.0 was, so the
    steps that came later need not be taken twice. No installation takes these any more, so one kind of server says it.
    """
    sample, home = SAMPLES / "versions" / f"0.2.0.{vendor}.sql.gz", tmp_path / "home"
    (home / "secrets").mkdir(parents=True, mode=0o700)
    shutil.copy(SAMPLES / "versions" / "field_key", home / "secrets")

    with server_of(vendor) as server:
        laid_out = structure("at once", tmp_path / "laid out", server)
        with fresh_database(server) as url:
            given_out = answers(STRUCTURE, str(sample), home, url)
            led_over = answers(STRUCTURE, "from there", home, url)
            content = answers(CONTENT, "", home, url)
        if vendor == "postgresql":
            in_steps = structure(json.dumps(given_out["taken"]), tmp_path / "steps", server)
            assert given_out.keys() - in_steps.keys() == {CACHE}
            refuse_unlike(in_steps, given_out | {"steps": in_steps["steps"]})  # those that they replace are noted, too
            assert {*map(tuple, in_steps["steps"])} <= {*map(tuple, given_out["steps"])}

    assert len(laid_out) > 100
    assert len(laid_out["triggers"]) > 5
    assert len(laid_out["steps"]) > 50
    assert led_over.keys() - laid_out.keys() == {CACHE}
    refuse_unlike(laid_out, led_over)
    assert content == {
        "member": ["Mia Voorbeeld", ["mia@plp.test", "+32470000001"], "2026-12-04 09:00:00+00:00"],
        "candidate": "Mia Voorbeeld",
        "account": ["agent@plp.test", True],
        "journal": ["account.opened"],
        "proven": [content["proven"][0], 0],
    }
    assert content["proven"][0] > 50
