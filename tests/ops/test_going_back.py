"""Every step of the database can be taken back, but for those that are announced; the version before runs on it."""

from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Field

from plp.ops.schema import OLDEST, version_as_comparable_numbers

ANNOUNCED = {"journal.0002_append_only"}  # what makes the journal append-only is not undone by a command
GIVEN_OUT = "0.2.0"  # the last version that was given out, and the last step of each room in it
# They stand behind the first step of each room, which replaces those between (ADR 41).
LAST_STEPS = {
    ("alerts", "0001_initial"),
    ("charter", "0003_signed_never_changes"),
    ("connections", "0001_initial"),
    ("delivery", "0001_initial"),
    ("drafts", "0001_initial"),
    ("evaluation", "0001_initial"),
    ("evening", "0001_initial"),
    ("followup", "0001_initial"),
    ("journal", "0002_append_only"),
    ("launch", "0001_initial"),
    ("mandates", "0001_initial"),
    ("measures", "0001_initial"),
    ("notices", "0001_initial"),
    ("partnership", "0001_initial"),
    ("people", "0001_initial"),
    ("places", "0001_initial"),
    ("protection", "0001_initial"),
    ("sightings", "0001_initial"),
}

type Columns = dict[tuple[str, str], Field]


def test_a_step_that_cannot_be_taken_back_is_announced() -> None:
    steps = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {key: step for key, step in steps.items() if step.__module__.startswith("plp.")}
    final = {
        f"{app}.{name}" for (app, name), step in ours.items() if not all(one.reversible for one in step.operations)
    }

    assert final == ANNOUNCED


def columns(state: ProjectState) -> Columns:
    """Every column of the tables of a state, by table and name."""
    tables = state.apps.get_models(include_auto_created=True)
    return {(table._meta.db_table, field.column): field for table in tables for field in table._meta.concrete_fields}


def unusable(before: Columns, now: Columns) -> list[str]:
    """Columns that the code of before asks for in vain, and new ones of its tables that it would leave unfilled."""
    tables = {table for table, _ in before}
    gone = [f"{table}.{column} is gone" for table, column in before.keys() - now.keys()]
    unfilled = [
        f"{table}.{column} needs null or db_default"
        for table, column in now.keys() - before.keys()
        if table in tables and not now[table, column].null and not now[table, column].has_db_default()
    ]
    return sorted(gone + unfilled)


def test_the_version_that_was_given_out_last_runs_on_the_database() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)

    assert unusable(columns(loader.project_state(sorted(LAST_STEPS))), columns(loader.project_state())) == []
    assert version_as_comparable_numbers(OLDEST) <= version_as_comparable_numbers(GIVEN_OUT)
    assert len(columns(loader.project_state(sorted(LAST_STEPS)))) > 500


def test_what_the_version_before_could_not_use_is_found() -> None:
    kept, text, default = models.TextField(), models.TextField(), models.TextField(db_default="")

    found = unusable(
        {("a", "id"): kept, ("a", "old"): kept},
        {("a", "id"): kept, ("a", "new"): text, ("a", "more"): default, ("b", "id"): text},
    )

    assert found == ["a.new needs null or db_default", "a.old is gone"]
