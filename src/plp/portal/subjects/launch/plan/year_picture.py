"""A year as a picture: twelve small months with their marked days, and what happens on each of them in words."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plp.launch.queries.dates import DueDate

CELL, SIDE = 10, 8  # a day with the gap beside it, and the square itself
WIDE, HIGH = 7 * CELL, 6 * CELL


@dataclass(frozen=True)
class Day:
    """One date in words: ``look`` is "meeting" for people who come together, "due" for what must be done by then."""

    due: DueDate
    look: str
    is_past: bool


@dataclass(frozen=True)
class Month:
    """One month: its first day, its squares as SVG paths, and its dates."""

    first: date
    days: str
    meetings: str
    dues: str
    dates: tuple[Day, ...]


def months_with_dates(year: int, dates: Sequence[DueDate], today: date) -> list[Month]:
    """The months of ``year``, each with its dates in order."""
    return [_month_with_dates(date(year, month, 1), dates, today) for month in range(1, 13)]


def _month_with_dates(first: date, dates: Sequence[DueDate], today: date) -> Month:
    own = [Day(due, _day_class(due), due.day < today) for due in dates if due.day.month == first.month]
    length = monthrange(first.year, first.month)[1]
    return Month(
        first=first,
        days=_svg_path_of_days(first, range(1, length + 1)),
        meetings=_svg_path_of_days(first, (one.due.day.day for one in own if one.look == "meeting")),
        dues=_svg_path_of_days(first, (one.due.day.day for one in own if one.look == "due")),
        dates=tuple(own),
    )


def _day_class(due: DueDate) -> str:
    return "meeting" if due.starts_at else "due"


def _svg_path_of_days(first: date, days: Iterable[int]) -> str:
    """The path of these days: a week is a row, Monday first."""
    places = (first.weekday() + day - 1 for day in sorted(set(days)))
    return "".join(f"M{CELL * (place % 7)} {CELL * (place // 7)}h{SIDE}v{SIDE}h-{SIDE}z" for place in places)
