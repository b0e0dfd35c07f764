"""Whether rows may wait for somebody: asked of all tables by one query, before lists are made of those that hold some.

The first page asks some thirty lists what waits for its reader, and most of them are empty. Each says here, in SQL, in
which table its rows would stand: a few conditions that every such row meets, and perhaps some others (ADR 43). What
waits, in which order and for whom exactly, is said by the list alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, DateTimeField, UUIDField

from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_of, permissions_of
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local

SCOPE = """
WITH areas AS MATERIALIZED (SELECT id FROM places_area WHERE CONDITION),
partnerships AS MATERIALIZED (SELECT id FROM partnership_partnership WHERE area_id IN (SELECT id FROM areas))"""
SCOPES = {
    "areas": "(SELECT id FROM areas)",
    "partnerships": "(SELECT id FROM partnerships)",
}
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, eq=False)
class OpenRows:
    """Rows that may wait for somebody. ``sql`` begins with FROM and holds places in braces.

    ``{areas}`` and ``{partnerships}`` are those over which the person holds any mandate, ``{person}`` is their own key;
    ``{today}`` is the Belgian day, ``{since}`` the moment ``age`` ago and ``{since_day}`` its day. Without
    ``permission`` nobody is shown the list, so nothing is looked up.
    """

    sql: str
    age: timedelta = timedelta()
    permission: Permission | None = None

    def __post_init__(self) -> None:
        _DECLARED.append(self)

    def may_exist_for(self, person: Person | None) -> bool:
        """Whether there may be such rows, so that the list is asked: unless ``prefetch_open_rows`` found none."""
        answer = _ANSWER.get()
        if answer is None or person is None or answer.person != person.pk:
            return True
        return self in answer.with_rows or self not in answer.candidates


@dataclass(frozen=True)
class _Answer:
    person: UUID
    candidates: frozenset[OpenRows]
    with_rows: frozenset[OpenRows]


_DECLARED: list[OpenRows] = []
_ANSWER: ContextVar[_Answer | None] = ContextVar("open_rows", default=None)


@contextmanager
def prefetch_open_rows(person: Person, *, at: datetime, only: Sequence[OpenRows] = ()) -> Iterator[None]:
    """Ask once, by one query; meanwhile ``may_exist_for`` answers for ``person``, as it was at the beginning."""
    held = permissions_of(person, at=at)
    candidates = tuple(rows for rows in only or _DECLARED if rows.permission is None or rows.permission in held)
    token = _ANSWER.set(_Answer(person.pk, frozenset(candidates), _rows_that_exist(candidates, person, at)))
    try:
        yield
    finally:
        _ANSWER.reset(token)


def _rows_that_exist(candidates: tuple[OpenRows, ...], person: Person, at: datetime) -> frozenset[OpenRows]:
    if not candidates:
        return frozenset()
    mandates = mandates_of(person, at=at)
    quarters = sorted({mandate.area_id for mandate in mandates if mandate.area.kind == Area.Kind.QUARTER})
    paths = sorted({mandate.area.path for mandate in mandates if mandate.area.kind != Area.Kind.QUARTER})
    sql, places = _exists_sql_and_parameters(candidates, len(quarters), len(paths))
    values = [_database_value(quarter) for quarter in quarters] + [f"{path}%" for path in paths]
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [*values, *(_database_value(_query_parameter_value(name, age, person, at)) for name, age in places)]
        )
        return frozenset(candidates[number] for (number,) in cursor.fetchall())


def _query_parameter_value(name: str, age: timedelta, person: Person, at: datetime) -> UUID | date:
    moments: Mapping[str, UUID | date] = {
        "person": person.pk,
        "today": local(at).date(),
        "since": at - age,
        "since_day": local(at - age).date(),
    }
    return moments[name]


def _database_value(value: UUID | date) -> Any:
    """A value as the database wants it."""
    if isinstance(value, UUID):
        return UUIDField().get_db_prep_value(value, connection)
    field = DateTimeField() if isinstance(value, datetime) else DateField()
    return field.get_db_prep_value(value, connection)


@cache
def _exists_sql_and_parameters(
    candidates: tuple[OpenRows, ...], quarter_count: int, path_count: int
) -> tuple[str, list[tuple[str, timedelta]]]:
    """One query for all of them, whose rows are numbers of it; and what stands in its places, in order.

    Nothing lies in a quarter: it is named by its key, each larger area by the beginning of paths.
    """
    places: list[tuple[str, timedelta]] = []

    def sql_with_placeholders(rows: OpenRows) -> str:
        def collect_and_replace_placeholder(place: re.Match[str]) -> str:
            if place[1] in SCOPES:
                return SCOPES[place[1]]
            places.append((place[1], rows.age))
            return "%s"

        return PLACE.sub(collect_and_replace_placeholder, rows.sql)

    areas = [f"id IN ({', '.join(['%s'] * quarter_count)})"] if quarter_count else []
    areas += ["path LIKE %s"] * path_count
    parts = [
        f"SELECT {number} WHERE EXISTS (SELECT 1 {sql_with_placeholders(rows)})"
        for number, rows in enumerate(candidates)
    ]
    scope = SCOPE.replace("CONDITION", " OR ".join(areas) or "1 = 0")
    return f"{scope} {' UNION ALL '.join(parts)}", places
