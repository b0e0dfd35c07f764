"""Days that somebody types: neither to come nor before the partnership began."""

from datetime import date, datetime

from plp.launch.refusals import DayToCome, DayTooEarly, FutureDay
from plp.partnership.models import Partnership
from plp.toolbox.clock import local


def refuse_day_before_founding_or_future(day: date, partnership: Partnership, *, at: datetime) -> None:
    """Raise ``DayToCome`` for a day to come and ``DayTooEarly`` for one before the partnership began."""
    refuse_day_outside(day, local(partnership.founded_at).date(), at=at)


def refuse_day_outside(day: date, first: date | None, *, at: datetime) -> None:
    """Raise ``DayToCome`` for a day to come and ``DayTooEarly`` for one before ``first``."""
    if day > local(at).date():
        raise DayToCome
    if first is not None and day < first:
        raise DayTooEarly


def refuse_future_day_or_return_it(day: date, field: str, *, at: datetime) -> date:
    """The day, when it is not after that of ``at`` on a Belgian clock. Raises ``FutureDay`` of ``field``."""
    if day > local(at).date():
        raise FutureDay(field=field)
    return day
