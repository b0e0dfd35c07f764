"""Entries that say who looked may be emptied once their time is over; the database refuses every other change (R84)."""

from django.db import migrations, models

READS = ("members.viewed", "notice.seen", "sighting.read")
KEPT = ("id", "chain", "number", "at", "previous", "hash")
EMPTIED = ("verb", "actor", "area", "target")
IS_EMPTYING = " AND ".join(
    [
        f"OLD.verb IN {READS}",
        *(f"NEW.{name} = OLD.{name}" for name in KEPT),
        *(f"NEW.{name} = ''" for name in EMPTIED),
    ]
)
SQLITE = [
    "DROP TRIGGER IF EXISTS journal_entry_no_update",
    f"CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry WHEN NOT ({IS_EMPTYING} "
    "AND NEW.details = '{}') BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF TG_OP = 'UPDATE' THEN IF {IS_EMPTYING} AND NEW.details = '{{}}'::jsonb THEN RETURN NEW; "
    "END IF; END IF; RAISE EXCEPTION 'the journal is append-only'; END $$",
]


AS_BEFORE_ON_SQLITE = [
    "DROP TRIGGER IF EXISTS journal_entry_no_update",
    "CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
]
AS_BEFORE_ON_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
]


def let_reads_be_emptied(apps, schema_editor):
    """Install the triggers of this database anew."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def refuse_every_change(apps, schema_editor):
    """Install the triggers of the step before."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in AS_BEFORE_ON_SQLITE if is_sqlite else AS_BEFORE_ON_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("verb__in", READS)),
                fields=["at"],
                name="journal_reads",
            ),
        ),
        migrations.RunPython(let_reads_be_emptied, refuse_every_change),
    ]
