"""Set the database up, or bring it up to this version: tables, cache, the country's zones and municipalities."""

import argparse
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython

from plp.ops import schema
from plp.ops.cli import SUCCESS, say
from plp.places import actions as places
from plp.places.models import Area
from plp.toolbox import clock

PRIVATE = 0o600
UP_TO_DATE = "plp: The database is up to date."


def create_tables_as_migrated() -> None:
    """Give an empty database its tables as the models stand, and note that every step was taken: all or nothing.

    The steps one by one take ten times as long. What they do beside the tables is done here, too, unless it may be
    left out of a new database (``elidable``: a step that carries rows over).
    """
    executor = MigrationExecutor(connection)
    steps = [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
        for step in steps:
            for operation in step.operations:
                if isinstance(operation, RunPython) and not operation.elidable:
                    operation.code(apps, editor)  # type: ignore[arg-type]  # the models of today are all there is
        executor.recorder.ensure_schema()
        for step in steps:  # with those that it stands for: the version before asks for them by name
            for app, name in ((step.app_label, step.name), *step.replaces):
                executor.recorder.record_applied(app, name)


def restrict_database_file() -> None:
    """Let nobody else on this machine read the file of the database; SQLite gives its log the same mode."""
    file = Path(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not file.is_absolute():
        return
    file.touch(mode=PRIVATE)
    for database_file in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))):
        if database_file.exists():
            database_file.chmod(PRIVATE)


def migrate_and_report_database(*, territory: bool = False) -> None:
    """Do what is missing, say what was done. Doing it again changes nothing. Raises ``Failed`` for a database of a
    newer program; one that a newer program left for this one, too, is left as it is.

    Zones and municipalities are looked through when the database is new or was behind, or when ``territory`` asks.
    """
    restrict_database_file()
    state = schema.read_schema_state()
    schema.refuse_too_new_database(state)
    schema.refuse_too_old_database(state)
    if state.unknown:
        say(f"plp: The database is of version {state.version}, which this one may use: nothing to do.")
        return
    missing = state.missing
    if missing:
        say(f"plp: Setting up the database ({len(missing)} steps) ...")
        if not connection.introspection.table_names():
            create_tables_as_migrated()
        call_command("migrate", interactive=False, verbosity=0)
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)
    schema.record_version_as_migration_mark()
    if territory or missing or not Area.objects.exists():
        places.create_and_correct_territory(by=None, at=clock.now())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--check`` only says whether something is missing."""
    parser.add_argument("--check", action="store_true", help="only look: exit 1 if something is missing")


def run(options: argparse.Namespace) -> int:
    """Bring the database up; with ``--check``, answer 1 if that is needed."""
    if options.check:
        state = schema.read_schema_state()
        schema.refuse_too_new_database(state)
        schema.refuse_too_old_database(state)
        missing = len(state.missing)
        say(f"plp: {missing} steps are missing: run ./plp migrate." if missing else UP_TO_DATE)
        return int(bool(missing))
    migrate_and_report_database(territory=True)
    say(UP_TO_DATE)
    return SUCCESS
