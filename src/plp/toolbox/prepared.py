"""Queries whose words are composed once; from one call to the next only what is asked for changes (ADR 27, 28).

Django composes a query anew each time, and takes ten to twenty times as long for it as the database for its answer.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cached_property, update_wrapper
from types import SimpleNamespace
from typing import Any, NamedTuple, Protocol, Self, cast, overload, runtime_checkable
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler

MOST = 40  # values; what asks for more is composed each time
DAY = datetime(1900, 1, 1, tzinfo=UTC)
OF_QUERYSET = ("db", "model", "_fields", "_fetch_mode", "_known_related_objects")
OF_QUERY = ("selected", "extra_select", "values_select", "annotation_select")
OF_COMPILER = ("select", "klass_info", "annotation_col_map")
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

    def of(self, stored: Sequence[Any]) -> Any:
        """The parameter for these values."""
        value = stored[self.number]
        return f"{self.before}{value}{self.after}" if self.before or self.after else value


class Answer(SimpleNamespace):
    """Rows that are here already, for those parts of Django that make of them what was asked for.

    To them it is the queryset, its query and its compiler in one, as they stood when the query was composed.
    """

    rows: Iterable[Sequence[Any]]

    @property
    def query(self) -> Self:
        """What a queryset calls its query."""
        return self

    def get_compiler(self, *_: Any, **__: Any) -> Self:
        """What a query calls its compiler."""
        return self

    def execute_sql(self, **_: Any) -> None:
        """The database was asked already."""

    def results_iter(self, *_: Any, tuple_expected: bool = False, **__: Any) -> Iterable[Sequence[Any]]:
        """The rows."""
        return map(tuple, self.rows) if tuple_expected else self.rows


@dataclass(frozen=True, eq=False)
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
        connection, queryset = connections[DEFAULT_DB_ALIAS], cast("Any", self.queryset)
        sql, parameters = self.filled(values, connection)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} {connection.ops.limit_offset_sql(*ends)}" if ends else sql, parameters)
            rows = cursor.fetchall()
        if not rows:
            return []
        made = list(queryset._iterable_class(Answer(rows=self._converted(rows, connection), **self._seen)))
        if lookups := queryset._prefetch_related_lookups:
            prefetch_related_objects(made, *lookups)
        return made

    @cached_property
    def _seen(self) -> dict[str, Any]:
        """What is looked at by those who make models, tuples or mappings of rows."""
        parts = ((self.queryset, OF_QUERYSET), (self.queryset.query, OF_QUERY), (self.compiler, OF_COMPILER))
        return {name: getattr(part, name) for part, names in parts for name in names}

    def _converted(self, rows: list[Any], connection: BaseDatabaseWrapper) -> Iterable[Sequence[Any]]:
        """The values as Python has them. How is found out once for each connection, and lives as long as it does."""
        known = vars(connection).setdefault("of_prepared_queries", {})
        if self not in known:
            compiler = copy(cast("SQLCompiler", self.compiler))
            compiler.connection = connection
            columns = compiler.select[: compiler.col_count]
            known[self] = compiler, compiler.get_converters([column for column, *_ in columns])
        compiler, converters = known[self]
        if compiler.has_extra_select:
            rows = [row[: compiler.col_count] for row in rows]
        return compiler.apply_converters(rows, converters) if converters else rows

    def number(self, values: Sequence[Value]) -> int:
        """How many rows the database finds for these values."""
        if self.compiler is None:
            return 0
        connection = connections[DEFAULT_DB_ALIAS]
        sql, parameters = self.filled(values, connection)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS counted", parameters)  # noqa: S608 - composed by Django
            return cursor.fetchone()[0]

    def filled(self, values: Sequence[Value], connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """The SQL and its parameters."""
        stored = [_as_stored(value, connection) for value in values]
        return self.sql, [place.of(stored) if isinstance(place, Place) else place for place in self.places]

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


def _as_stored(value: Value, connection: BaseDatabaseWrapper) -> Any:
    """A value as the database gets it."""
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
        made.append((queryset, compiler, sql, parameters, [_as_stored(sign, compiler.connection) for sign in signs]))
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
