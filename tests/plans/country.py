"""A database that looks like the whole country to PostgreSQL's planner: a thousand rows a table, counted as millions.

The planner goes by the statistics that ANALYZE takes. It takes them here of rows whose columns hold what they would
hold; then the number of rows is set to that of ``sizes.toml``. Nothing is read from it but plans.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.core.management import call_command
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from plp.ops.commands.migrate import create_tables_as_migrated
from proof.harness.system import fresh_database

type Field = "models.Field[Any, Any]"

SIZES = Path(__file__).with_name("sizes.toml")
GROWN = 50_000  # rows beyond which a table is never read from end to end
SAMPLE = 300  # rows of a table at most
ZONES, MUNICIPALITIES = 180, 565
WORDS = {"language": "fr nl de en".split(), "channel": "email sms paper webpush voice calls".split()}
PATH = f"'be/z' || i % {ZONES} || '/m' || i % {MUNICIPALITIES} || '/q-' || i || '/'"
AGE = "make_interval(days => (1095 * ({rows} - i) / {rows})::int)"  # the newest last


def read_sizes() -> dict[str, dict[str, Any]]:
    """The tables of ``sizes.toml``."""
    return tomllib.loads(SIZES.read_text(encoding="utf-8"))


def grown_tables() -> set[str]:
    """The tables, as the database names them, that are never read from end to end."""
    return {apps.get_model(label)._meta.db_table for label, rows in read_sizes()["rows"].items() if rows > GROWN}


@contextmanager
def country_database(server: str) -> Iterator[BaseDatabaseWrapper]:
    """A line to such a database on the ``server`` of this address; both gone afterwards."""
    default = connections["default"]
    with fresh_database(server) as url:
        line = default.copy()
        line.settings_dict["NAME"] = urlsplit(url).path.lstrip("/")
        try:
            connections["default"] = line
            try:
                create_tables_as_migrated()
                call_command("createcachetable", verbosity=0)
            finally:
                connections["default"] = default
            fill(line)
            yield line
        finally:
            line.close()


def fill(line: BaseDatabaseWrapper) -> None:
    """Give each table its rows, take the statistics, set the numbers."""
    sizes = read_sizes()
    with line.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no foreign key is checked, no trigger asked
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(";".join(table_statements(model, sizes)))
        cursor.execute("ANALYZE")
        for model in apps.get_models(include_auto_created=True):
            rows = max(sizes["rows"][model._meta.label], 1)
            cursor.execute(
                "UPDATE pg_class SET reltuples = reltuples * %s WHERE oid = %s::regclass"
                " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = %s::regclass)",
                [rows / min(rows, SAMPLE), model._meta.db_table, model._meta.db_table],
            )
        cursor.execute("SET jit = off; SET max_parallel_workers_per_gather = 0")


def table_statements(model: type[models.Model], sizes: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What fills the table of ``model``."""
    table, rows = model._meta.db_table, sizes["rows"][model._meta.label]
    number = min(rows, SAMPLE)
    yield f'ALTER TABLE "{table}" SET (autovacuum_enabled = off)'  # it would count the rows anew
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            yield f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{constraint.name}"'
    fields = model._meta.local_concrete_fields
    for field in fields:
        distinct = distinct_values(field, sizes)
        if distinct:
            yield f'ALTER TABLE "{table}" ALTER COLUMN "{field.column}" SET (n_distinct = {distinct})'
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(column_value(field, number, sizes) for field in fields)
    yield (
        f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {values}'
        f" FROM generate_series(1, {number}) i ON CONFLICT DO NOTHING"
    )


def distinct_values(field: Field, sizes: dict[str, dict[str, Any]]) -> int:
    """How many different values a column holds, where its rows do not say it; 0 where they do."""
    rows = sizes["rows"][field.model._meta.label]
    if isinstance(field, models.ForeignKey):
        others: int = sizes["rows"][field.remote_field.model._meta.label]
        return min(others, rows)
    number: int = sizes["distinct"].get(str(field).replace("_through", ""), 0)
    return number


def column_value(field: Field, rows: int, sizes: dict[str, dict[str, Any]]) -> str:
    """The expression of a column, of the number ``i`` of a row."""
    value = plain_value(field, rows, sizes)
    mostly = sizes["mostly"].get(f"{field.model._meta.label}.{field.name}")
    if mostly == "some":
        return value
    if mostly is not None:
        usual = "NULL" if mostly == "none" else f"'{mostly}'"
        return f"CASE WHEN i % 100 = 0 THEN {value} ELSE {usual} END"
    if field.null and not field.unique:
        return f"CASE WHEN i % 2 = 0 THEN {value} END"
    return value


def plain_value(field: Field, rows: int, sizes: dict[str, dict[str, Any]]) -> str:
    """The same, for rows that hold something."""
    if isinstance(field, models.ForeignKey):
        target = field.target_field
        others = min(max(sizes["rows"][target.model._meta.label], 1), SAMPLE)
        return f"(SELECT {plain_value(target, others, sizes)} FROM (SELECT 1 + i % {others} AS i) other)"
    words = [str(value) for value, _name in field.flatchoices] or WORDS.get(field.name)
    if words and not field.unique:
        numeric = "::int" if "Integer" in field.get_internal_type() else ""
        return f"(ARRAY[{', '.join(f"'{word}'" for word in words)}])[1 + i % {len(words)}]{numeric}"
    return typed_value(field, rows)


def typed_value(field: Field, rows: int) -> str:
    """The same, for a column of which only the kind is known."""
    label = f"'{field.model._meta.label}' || i"
    match field:
        case models.UUIDField():
            return f"md5({label})::uuid"
        case models.BooleanField():
            return "i % 20 = 0"
        case models.DateTimeField():
            return f"now() - {AGE.format(rows=max(rows, 1))}"
        case models.DateField():
            return f"(now() - {AGE.format(rows=max(rows, 1))})::date"
        case models.TimeField():
            return "'09:00'::time"
        case models.JSONField():
            return "'{}'::jsonb"
        case models.BinaryField():
            return "'\\x00'::bytea"
        case models.IntegerField():
            return "i % 32000"
        case models.FloatField() | models.DecimalField():
            return "i % 100"
        case models.DurationField():
            return "make_interval(secs => i)"
        case _ if field.name in {"path", "area"}:
            return PATH
        case _:
            return text_value(field)


def text_value(field: Field) -> str:
    """A word of its own; in a column that may be empty, most are."""
    length = field.max_length or 99
    text = f"left('{field.name} ' || i, {length})" if length > 20 else f"left(i::text, {length})"
    return text if field.unique or not field.blank else f"CASE WHEN i % 5 = 0 THEN {text} ELSE '' END"
