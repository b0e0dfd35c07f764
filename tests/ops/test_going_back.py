"""Every step of the database can be taken back, but for those that are announced."""

from django.db.migrations.loader import MigrationLoader

ANNOUNCED = {"journal.0002_append_only"}  # what makes the journal append-only is not undone by a command


def test_a_step_that_cannot_be_taken_back_is_announced() -> None:
    steps = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {key: step for key, step in steps.items() if step.__module__.startswith("plp.")}
    final = {
        f"{app}.{name}" for (app, name), step in ours.items() if not all(one.reversible for one in step.operations)
    }

    assert final == ANNOUNCED
