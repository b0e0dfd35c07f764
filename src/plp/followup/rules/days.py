"""Working days in Belgium: no Saturday, no Sunday, none of the ten legal holidays."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil.easter import easter

from plp.toolbox.clock import BRUSSELS, local

FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))  # month and day
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension Day, Whit Monday
SATURDAY = 5


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The ten legal holidays of a year (royal decree of 18 April 1974, article 1)."""
    moving = {easter(year) + timedelta(days=days) for days in AFTER_EASTER}
    return frozenset({date(year, month, day) for month, day in FIXED} | moving)


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_days_after(at: datetime, number: int) -> datetime:
    """The same hour on the Belgian clock, ``number`` working days (at least one) after ``at``.

    Counted by days, not by hours, so both changes of the hour leave the hour on the clock as it was.
    """
    here, left = local(at), number
    day = here.date()
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return datetime.combine(day, here.time(), tzinfo=BRUSSELS).astimezone(at.tzinfo)


def days_after(at: datetime, number: int) -> datetime:
    """The same hour on the Belgian clock, ``number`` days after ``at``."""
    here = local(at)
    return datetime.combine(here.date() + timedelta(days=number), here.time(), tzinfo=BRUSSELS).astimezone(at.tzinfo)
