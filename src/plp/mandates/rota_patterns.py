"""Pure decisions about a rota: the shifts of a week pattern, what is left of hours, which hours nobody has (ADR 74)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from plp.places.rules.holidays import is_holiday
from plp.toolbox.clock import BRUSSELS

LONGEST = timedelta(days=366)  # a pattern is repeated for a year at most
DAY = timedelta(days=1)
LEAVE, NOBODY, IN_TURN, AS_WEEKDAY = "", "nobody", "turn", "weekday"  # what may stand instead of a person's key

type Hours = tuple[datetime, datetime]


@dataclass(frozen=True)
class WeekPattern:
    """Who is on call on each day of the week, from ``first`` to ``last``; the same hours every day.

    ``weekdays`` from Monday on, and ``holiday``, hold the key of a person or one of ``LEAVE`` (what was there stays),
    ``NOBODY``, ``IN_TURN`` (each week the next of ``people``); ``holiday`` may be ``AS_WEEKDAY``.
    """

    first: date
    last: date
    day_starts: time
    day_ends: time
    weekdays: Sequence[str]
    holiday: str = AS_WEEKDAY
    people: Sequence[UUID] = ()


@dataclass(frozen=True)
class PlannedShift:
    """Hours, and who has them; nobody on purpose without ``person``."""

    starts_at: datetime
    ends_at: datetime
    person: UUID | None


def hours_of_day(day: date, day_starts: time, day_ends: time) -> Hours:
    """The hours that begin on ``day`` on the Belgian clock; until the next day where ``day_ends`` is no later."""
    end = day if day_ends > day_starts else day + DAY
    return (
        datetime.combine(day, day_starts, tzinfo=BRUSSELS),
        datetime.combine(end, day_ends, tzinfo=BRUSSELS),
    )


def days_between(first: date, last: date) -> list[date]:
    """Every day from ``first`` to ``last``, both included."""
    return [first + DAY * number for number in range((last - first).days + 1)]


def planned_shifts(pattern: WeekPattern, *, at: datetime) -> list[PlannedShift]:
    """The shifts of a pattern as far as they lie after ``at``."""
    shifts = []
    for day in days_between(pattern.first, pattern.last):
        choice = _pattern_choice_of_day(day, pattern)
        starts_at, ends_at = hours_of_day(day, pattern.day_starts, pattern.day_ends)
        if choice != LEAVE and ends_at > at:
            shifts.append(PlannedShift(max(starts_at, at), ends_at, _person_on_day(choice, day, pattern)))
    return shifts


def _pattern_choice_of_day(day: date, pattern: WeekPattern) -> str:
    is_special = is_holiday(day) and pattern.holiday != AS_WEEKDAY
    return pattern.holiday if is_special else pattern.weekdays[day.weekday()]


def _person_on_day(choice: str, day: date, pattern: WeekPattern) -> UUID | None:
    if choice == NOBODY:
        return None
    if choice != IN_TURN:
        return UUID(choice)
    monday = pattern.first - DAY * pattern.first.weekday()
    return pattern.people[(day - monday).days // 7 % len(pattern.people)] if pattern.people else None


def subtract_hours(hours: Hours, taken: Iterable[Hours]) -> list[Hours]:
    """What is left of ``hours`` beside the ``taken`` ones, in order."""
    remaining, (starts_at, ends_at) = [], hours
    for taken_from, taken_until in sorted(taken):
        if taken_until <= starts_at or taken_from >= ends_at:
            continue
        if taken_from > starts_at:
            remaining.append((starts_at, taken_from))
        starts_at = max(starts_at, taken_until)
    return [*remaining, (starts_at, ends_at)] if starts_at < ends_at else remaining


def unmanned_hours(wanted: Iterable[Hours], manned: Sequence[Hours]) -> list[Hours]:
    """The hours of each wanted day that nobody has."""
    return [gap for hours in wanted for gap in subtract_hours(hours, manned)]
