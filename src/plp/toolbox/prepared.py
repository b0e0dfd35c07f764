"""Queries whose words are composed once; from one call to the next only what is asked for changes (ADR 27).

Django composes a query anew each time, and takes ten to twenty times as long for it as the database for its answer.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cached_property, update_wrapper
from typing import Any, NamedTuple, Protocol, Self, overload, runtime_checkable
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

MOST = 40  # values; what asks for more is composed each time
DAY = datetime(1900, 1, 1, tzinfo=UTC)
PATTERN = frozenset("%_\\")  # signs that mean something else in a beginning that is looked for

type Value = UUID | datetime | date | str | int


@runtime_checkable
class Parted(Protocol):
    """Something asked for that is made of values, like the areas of a mandate."""

    def parts(self) -> tuple[Hashable, Sequence[Value]]:
        """What kind it is, and its values."""

    def made_of(self, values: Sequence[Any]) -> Self:
        """The same with other values."""


class Place(NamedTuple):
    """Where a parameter of the SQL comes from: the value of that number, between two texts."""

    number: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Words:
    """A query as it was composed; without ``compiler`` nothing can be found. ``places`` hold constants too."""

    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler | None = None
    sql: str = ""
    places: tuple[Any, ...] = ()

    def rows(self, values: Sequence[Value], ends: tuple[int, int | None] | None = None) -> list[Any]:
        """What the database finds for these values; of that only what lies between two ``ends``."""
        if self.compiler is None:
            return []
        compiler, found = copy(self.compiler), self.queryset.all()
        compiler.connection = connections[found.db]
        sql, parameters = self.filled(values, compiler)
        filled = (f"{sql} {compiler.connection.ops.limit_offset_sql(*ends)}" if ends else sql, parameters)
        compiler.as_sql = lambda *_, **__: filled  # type: ignore[method-assign]
        found.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(found)

    def number(self, values: Sequence[Value]) -> int:
        """How many rows the database finds for these values."""
        if self.compiler is None:
            return 0
        compiler = copy(self.compiler)
        compiler.connection = connections[self.queryset.db]
        sql, parameters = self.filled(values, compiler)
        with compiler.connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS counted", parameters)  # noqa: S608 - composed by Django
            return cursor.fetchone()[0]

    def filled(self, values: Sequence[Value], compiler: SQLCompiler) -> tuple[str, tuple[Any, ...]]:
        """The SQL and its parameters."""
        return self.sql, tuple(self._parameter(place, values, compiler) for place in self.places)

    def _parameter(self, place: Any, values: Sequence[Value], compiler: SQLCompiler) -> Any:
        if not isinstance(place, Place):
            return place
        value = _as_stored(values[place.number], compiler)
        return f"{place.before}{value}{place.after}" if place.before or place.after else value

    def holds_for(self, values: Sequence[Value]) -> bool:
        """Whether no value means something else where it stands within a pattern."""
        within = (values[place.number] for place in self.places if isinstance(place, Place) and place[1:] != ("", ""))
        return all(PATTERN.isdisjoint(str(value)) for value in within)


class Prepared[*Given, Row]:
    """Rows by a query that is composed once for each number of values (``prepared``)."""

    def __init__(self, build: Callable[[*Given], QuerySet[Any, Row]]) -> None:
        update_wrapper(self, build)
        self.build = build
        self._kept: dict[Hashable, Words] = {}

    def words(self, *given: *Given) -> tuple[Words | None, list[Value]]:
        """The query for what is asked for, composed now or before, and the values to put into it.

        None if it is to be composed each time: for many values, or for a beginning that is a pattern by itself.
        """
        values: list[Value] = []
        shape = (connections[DEFAULT_DB_ALIAS].vendor, *(_taken(one, values) for one in given))
        if len(values) > MOST:
            return None, values
        if shape not in self._kept:
            self._kept[shape] = _composed(self.build, given, values)
        words = self._kept[shape]
        return words if words.holds_for(values) else None, values

    def __call__(self, *given: *Given) -> list[Row]:
        """What the database finds."""
        words, values = self.words(*given)
        return list(self.build(*given)) if words is None else words.rows(values)

    def listed(self, *given: *Given) -> "Listed[Row]":
        """The same, of which a page is read at a time."""
        return Listed(self, given)

    @cached_property
    def keys(self) -> "Prepared[*Given, UUID]":
        """The keys of the rows alone, in no order: to be counted."""
        return Prepared(lambda *given: self.build(*given).order_by().values_list("pk", flat=True))


class Listed[Row](Sequence[Row]):
    """Rows of a prepared query for Django's ``Paginator``: how many there are, or those of a page, a query each."""

    def __init__(self, prepared: Prepared[*tuple[Any, ...], Row], given: tuple[Any, ...]) -> None:
        self.prepared, self.given = prepared, given

    def __len__(self) -> int:
        words, values = self.prepared.keys.words(*self.given)
        return self.prepared.build(*self.given).count() if words is None else words.number(values)

    @overload
    def __getitem__(self, part: int) -> Row: ...
    @overload
    def __getitem__(self, part: slice) -> list[Row]: ...
    def __getitem__(self, part: int | slice) -> Row | list[Row]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        words, values = self.prepared.words(*self.given)
        if words is None:
            return list(self.prepared.build(*self.given)[part])
        return words.rows(values, (part.start or 0, part.stop))

    def __iter__(self) -> Iterator[Row]:
        return iter(self[:])


def prepared[*Given, Row](build: Callable[[*Given], QuerySet[Any, Row]]) -> Prepared[*Given, Row]:
    """Compose what ``build`` says once for each number of values; the list of its rows is the answer.

    ``build`` must depend on nothing but what it is given: identifiers, moments, days, texts, numbers, sequences of
    them and what is ``Parted``; ``None``, truth values and members of an enumeration make another query each.
    A value goes into the query as it is: what is computed (a day before) is computed by whoever asks. What is read
    elsewhere (the language, the clock) would stay as it was the first time. Raises ``TypeError`` when asked for
    something else, or if ``build`` computes.
    """
    return Prepared(build)


def _taken(one: Any, values: list[Value]) -> Hashable:
    """Put the values of ``one`` to the others; answers what else tells it from other things."""
    if one is None or isinstance(one, bool | Enum):
        return ("", one)
    if isinstance(one, UUID | datetime | date | str | int):
        values.append(one)
        return type(one).__name__
    if isinstance(one, Parted):
        kind, parts = one.parts()
        values.extend(parts)
        return (kind, len(parts))
    if isinstance(one, list | tuple):
        return (type(one), *(_taken(part, values) for part in one))
    raise TypeError(f"A query is not prepared for {type(one)}.")


def _with(one: Any, values: list[Value]) -> Any:
    """The same thing with the next of ``values``, which are taken away from the list."""
    if one is None or isinstance(one, bool | Enum):
        return one
    if isinstance(one, UUID | datetime | date | str | int):
        return values.pop(0)
    if isinstance(one, Parted):
        return one.made_of([values.pop(0) for _ in one.parts()[1]])
    return type(one)(_with(part, values) for part in one)


def _sign(value: Value, number: int) -> Value:
    """A value of the same kind that nobody asks for."""
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, datetime):
        return DAY + timedelta(days=number, hours=number % 20, microseconds=number)
    if isinstance(value, date):
        return (DAY + timedelta(days=number)).date()
    return f"asked-{number:05}" if isinstance(value, str) else number


def _as_stored(value: Value, compiler: SQLCompiler) -> Any:
    """A value as the database gets it."""
    connection = compiler.connection
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _composed(build: Callable[..., QuerySet[Any, Any]], given: Sequence[Any], values: Sequence[Value]) -> Words:
    """Compose with signs in place of the values, twice: what differs between both is asked for, the rest is not.

    The second time the signs stand in the other order, so that no comparison of them stays unseen.
    """
    made = []
    for numbers in (range(10_000, 10_000 + len(values)), range(20_000, 20_000 - len(values), -1)):
        signs = [_sign(value, number) for value, number in zip(values, numbers, strict=True)]
        left = list(signs)
        queryset = build(*(_with(one, left) for one in given))
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return Words(queryset)
        made.append((queryset, compiler, sql, parameters, [_as_stored(sign, compiler) for sign in signs]))
    (queryset, compiler, sql, first, signs), (_, _, again, second, others) = made
    if sql != again:
        raise TypeError(f"{build.__qualname__} composes another query for other values.")
    places = tuple(_place(one, signs, other, others) for one, other in zip(first, second, strict=True))
    compiler.connection = None  # it belongs to this thread, and would stay open after its end
    return Words(queryset, compiler, sql, places)


def _place(one: Any, signs: Sequence[Any], other: Any, others: Sequence[Any]) -> Any:
    """Which value stands in a parameter, or the constant that it is. Raises ``TypeError`` if it was computed."""
    for number, (sign, sign_again) in enumerate(zip(signs, others, strict=True)):
        if one == sign and other == sign_again:
            return Place(number)
        if isinstance(one, str) and isinstance(sign, str) and sign in one:
            before, _, after = one.partition(sign)
            if other == f"{before}{sign_again}{after}":
                return Place(number, before, after)
    if one != other:
        raise TypeError(f"{one!r} and {other!r} are computed from what is asked for: ask for the result.")
    return one
