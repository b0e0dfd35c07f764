"""The legal holidays of Belgium."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))  # month and day
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension Day, Whit Monday


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The ten legal holidays of a year (royal decree of 18 April 1974, article 1)."""
    moving = {easter(year) + timedelta(days=days) for days in AFTER_EASTER}
    return frozenset({date(year, month, day) for month, day in FIXED} | moving)


def is_holiday(day: date) -> bool:
    """Whether ``day`` is a legal holiday."""
    return day in holidays(day.year)
