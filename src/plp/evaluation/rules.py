"""What is true of figures and of withheld numbers. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from plp.people.small_counts import FEWEST
from plp.toolbox.clock import BRUSSELS, local

type MedianAndLongest = tuple[int, int]  # in minutes

NIGHT_FROM, NIGHT_UNTIL = 22, 6  # hours in Brussels


def is_night(moment: datetime) -> bool:
    """Whether a message left between 22 and 6 o'clock on a Belgian clock, in summer and in winter."""
    hour = local(moment).hour
    return hour >= NIGHT_FROM or hour < NIGHT_UNTIL


def period_bounds(begins: date, until: date) -> tuple[datetime, datetime]:
    """From the first moment of ``begins`` to the first after ``until``, by the Belgian calendar."""
    midnight = time(0, tzinfo=BRUSSELS)
    start, end = datetime.combine(begins, midnight), datetime.combine(until + timedelta(days=1), midnight)
    return start.astimezone(UTC), end.astimezone(UTC)


def months_between(begins: date, until: date) -> list[date]:
    """The first days of all months from that of ``begins`` to that of ``until``."""
    first, last = begins.year * 12 + begins.month - 1, until.year * 12 + until.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


def median_and_longest_minutes(spans: Iterable[timedelta]) -> MedianAndLongest | None:
    """The median and the longest of ``spans`` in whole minutes; ``None`` of none."""
    minutes = sorted(max(0.0, span.total_seconds()) / 60 for span in spans)
    return (round(median(minutes)), round(minutes[-1])) if minutes else None


def parts_withheld_for_anonymity(parts: Mapping[str, int], fewest: int = FEWEST) -> frozenset[str]:
    """The parts of a breakdown that may not be shown, so that none of fewer than ``fewest`` forms can be found.

    The total of all parts is known. A part under the limit is withheld; then the next smallest are too, until at least
    two are withheld that together reach the limit: what subtraction gives is then about ``fewest`` people or more.
    Empty parts tell nothing of anybody and are not withheld.
    """
    filled: Sequence[str] = sorted((key for key, forms in parts.items() if forms), key=lambda key: (parts[key], key))
    hidden = [key for key in filled if parts[key] < fewest]
    if not hidden:
        return frozenset()
    for key in filled[len(hidden) :]:
        if len(hidden) > 1 and sum(parts[one] for one in hidden) >= fewest:
            break
        hidden.append(key)
    return frozenset(hidden)
