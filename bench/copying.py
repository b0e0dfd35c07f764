"""Rows by the million: PostgreSQL's COPY, of rows that are like an example but for a few columns."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


def copy_rows(example: models.Model, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows like ``example``. ``rows`` hold the values of the columns ``names``, sealed where they are sealed."""
    fields = [field for field in example._meta.local_concrete_fields if not _counts_by_itself(field, names)]
    values = [field.get_db_prep_save(field.pre_save(example, add=True), connection) for field in fields]
    places = [[field.column for field in fields].index(name) for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{example._meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            for place, value in zip(places, row, strict=True):
                values[place] = value
            copy.write_row(values)


def _counts_by_itself(field: models.Field, names: Sequence[str]) -> bool:
    return isinstance(field, models.AutoField) and field.column not in names


@contextmanager
def indexes_set_aside(model: type[models.Model]) -> Iterator[None]:
    """Without the indexes of a table but that of its key: they are made at the end, in one go."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
            " AND contype = 'u'",
            [table],
        )
        unique = cursor.fetchall()
        for name, _words in unique:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes JOIN pg_index ON indexrelid = indexname::regclass"
            " WHERE tablename = %s AND NOT indisprimary",
            [table],
        )
        plain = cursor.fetchall()
        for name, _words in plain:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, words in plain:
            cursor.execute(words)
        for name, words in unique:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {words}')
