"""The database itself refuses to change what was signed (R93, R103)."""

from django.db import migrations

CLOSED = "('signing', 'signed', 'superseded')"
STATE = "(SELECT state FROM charter_deed WHERE id = {row}.deed_id)"
DEED = (
    "partnership_id kind version languages circular_on drafted_at agreed_at frozen_at signed_at order plan_id "
    "financing_id rules_id contacts_digest fingerprint"
).split()
SIGNATURE = "deed_id slot way name quality signed_on fingerprint scan_id proven_at recorded_at".split()
WORDS = "'what was signed never changes'"


def differ(columns, sign):
    """Whether one of the columns gets another value."""
    return " OR ".join(f'OLD."{column}" {sign} NEW."{column}"' for column in columns)


def rules(sign):
    """Per trigger: name, event, table, and when it refuses."""
    replaced = f"NOT (OLD.state = 'signed' AND NEW.state = 'superseded') OR {differ(DEED, sign)}"
    return [
        ("clause_insert", "INSERT", "charter_clause", f"{STATE.format(row='NEW')} IN {CLOSED}"),
        ("clause_update", "UPDATE", "charter_clause", f"{STATE.format(row='OLD')} IN {CLOSED}"),
        ("clause_delete", "DELETE", "charter_clause", f"{STATE.format(row='OLD')} IN {CLOSED}"),
        ("deed_update", "UPDATE", "charter_deed", f"OLD.state IN ('signed', 'superseded') AND ({replaced})"),
        ("deed_delete", "DELETE", "charter_deed", f"OLD.state IN {CLOSED}"),
        ("file_update", "UPDATE", "charter_storedfile", "true"),
        ("file_delete", "DELETE", "charter_storedfile", "true"),
        ("signature_update", "UPDATE", "charter_signature", differ(SIGNATURE, sign)),
        ("signature_delete", "DELETE", "charter_signature", "true"),
    ]


def on_sqlite():
    """The statements for SQLite, where a condition may look at other tables."""
    for name, event, table, when in rules("IS NOT"):
        yield (
            f"CREATE TRIGGER charter_{name} BEFORE {event} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, {WORDS}); END"
        )


def on_postgresql():
    """The statements for PostgreSQL, where the condition stands in a function."""
    for name, event, table, when in rules("IS DISTINCT FROM"):
        back = "OLD" if event == "DELETE" else "NEW"
        yield (
            f"CREATE FUNCTION charter_{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {when} THEN RAISE EXCEPTION {WORDS}; END IF; RETURN {back}; END $$"
        )
        yield (
            f"CREATE TRIGGER charter_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION charter_{name}()"
        )


def refuse_changes(apps, schema_editor):
    """Install the triggers of this database."""
    for statement in on_sqlite() if schema_editor.connection.vendor == "sqlite" else on_postgresql():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("charter", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
