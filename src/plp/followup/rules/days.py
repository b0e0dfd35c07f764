"""Working days in Belgium: no Saturday, no Sunday, none of the ten legal holidays."""

from datetime import date, datetime, timedelta

from plp.places.rules.holidays import is_holiday
from plp.toolbox.clock import BRUSSELS, local

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return day.weekday() < SATURDAY and not is_holiday(day)


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
