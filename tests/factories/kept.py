"""What many tests begin with: the actions build it once in a process; from then on its rows are written as they stood.

The rows come back only into tables that are empty, as they were, and under the same keys; anything else is built anew.
"""

import pickle
import re
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from plp.journal.queries import chain_key
from plp.toolbox.keyring import all_keys

WRITES = re.compile(r'(?:INTO|UPDATE|DELETE FROM) "(\w+)"')


@dataclass(frozen=True)
class Rows:
    """All rows of a table, in its order."""

    table: str
    columns: list[str]
    values: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Kept:
    """What the builder held, pickled, and what it wrote."""

    held: bytes
    rows: list[Rows]


_KEPT: dict[object, Kept] = {}


def brought_back(one: object, build: Callable[[], None]) -> None:
    """Let ``build`` fill ``one`` and the database; the second time, bring back what the first time gave."""
    kind = (type(one), all_keys(), chain_key())
    known = _KEPT.get(kind)
    if known and not filled_tables([rows.table for rows in known.rows]):
        _write(known.rows)
        vars(one).update(pickle.loads(known.held))
        return
    before = filled_tables(connection.introspection.django_table_names())
    written: set[str] = set()

    def noting(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        written.update(WRITES.findall(sql))
        return execute(sql, *arguments)

    with connection.execute_wrapper(noting):
        build()
    if not known and not written & before:
        _KEPT[kind] = Kept(pickle.dumps(vars(one)), [_rows(table) for table in sorted(written)])


def filled_tables(tables: Collection[str]) -> set[str]:
    """Those that hold a row: one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables))
        return {table for table, filled in zip(tables, cursor.fetchone(), strict=True) if filled}


def _rows(table: str) -> Rows:
    """As the database keeps them: the sign lets SQLite answer what it holds, not what Python makes of it."""
    bare = "+" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        cursor.execute(f'SELECT {", ".join(f'{bare}"{name}"' for name in columns)} FROM "{table}" ORDER BY 1')
        return Rows(table, columns, cursor.fetchall())


def _write(kept: list[Rows]) -> None:
    """One statement a table; what refers to a row that comes later is checked at the end."""
    with transaction.atomic(), closing(connection.cursor()) as cursor:
        for rows in kept:
            names = ", ".join(f'"{name}"' for name in rows.columns)
            places = ", ".join(["(" + ", ".join(["%s"] * len(rows.columns)) + ")"] * len(rows.values))
            values = [value for row in rows.values for value in row]
            cursor.execute(f'INSERT INTO "{rows.table}" ({names}) VALUES {places}', values)
