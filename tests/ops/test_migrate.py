"""Setting a database up, for real and in a process of its own."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from plp.ops.commands.test import postgres
from plp.ops.house import OWN_COMMAND, checkout, clean_environment
from proof.harness.system import own_database

STRUCTURE = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from plp.ops.commands.migrate import lay_out

lay_out() if sys.argv[1] == "at once" else call_command("migrate", verbosity=0)
call_command("migrate", "--check", verbosity=0)
look, found = connection.introspection, {}
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
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    found["steps"] = [list(row) for row in cursor.fetchall()]
print(json.dumps(found))
"""


def test_a_new_database_is_set_up_once(tmp_path: Path) -> None:
    with clean_environment() as environment:
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


LONGER = {"auth_group_permissions"}  # Django's own steps give it longer numbers than its model has; nobody fills it


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_new_database_is_as_one_that_took_every_step(vendor: str, tmp_path: Path) -> None:
    """Tables, their limits and triggers, and what is noted of the steps; the order of columns alone may differ."""

    def structure(way: str, server: str) -> dict[str, list]:
        with clean_environment() as environment, own_database(server) as url:
            more = {"PLP_HOME": str(tmp_path / way), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}
            database = {"PLP_DATABASE_URL": url} if url else {}
            command = [sys.executable, "-W", "ignore", "-c", STRUCTURE, way]
            told = subprocess.check_output(command, env=environment | more | database, cwd=checkout(), text=True)
        found: dict[str, list] = json.loads(told)
        return found

    with postgres() if vendor == "postgresql" else nullcontext("") as server:
        laid_out, step_by_step = structure("at once", server), structure("in steps", server)

    assert laid_out.keys() == step_by_step.keys()
    assert {name for name in laid_out if laid_out[name] != step_by_step[name]} <= LONGER
    assert (len(laid_out) > 100, len(laid_out["triggers"]) > 5, len(laid_out["steps"]) > 50) == (True, True, True)
