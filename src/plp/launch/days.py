"""Days that somebody types: neither to come nor before the partnership began."""

from datetime import date, datetime

from plp.launch.refusals import NotYet, TooEarly
from plp.partnership.models import Partnership
from plp.toolbox.clock import local


def refuse_bad_day(day: date, partnership: Partnership, *, at: datetime) -> None:
    """Raise ``NotYet`` for a day to come and ``TooEarly`` for one before the partnership began."""
    refuse_day_outside(day, local(partnership.founded_at).date(), at=at)


def refuse_day_outside(day: date, first: date | None, *, at: datetime) -> None:
    """Raise ``NotYet`` for a day to come and ``TooEarly`` for one before ``first``."""
    if day > local(at).date():
        raise NotYet
    if first is not None and day < first:
        raise TooEarly
