"""What is true of measures, without a database: until when one may appeal, when a file is erased."""

from datetime import date, datetime, time, timedelta

from plp.toolbox.clock import BRUSSELS, local

MOST_WORDS = 3000  # of the person concerned, each time
MOST_TIMES = 3  # that they write between two letters: what they write stops no decision for ever
OLDEST = timedelta(days=366)  # a talk or a fact lies at most this long back


def last_appeal_day(taken_at: datetime, days: int) -> date:
    """The last day on which an appeal may be sent: ``days`` days after the day of the decision, by the calendar."""
    return local(taken_at).date() + timedelta(days=days)


def appeal_closing_time(taken_at: datetime, days: int) -> datetime:
    """The midnight in Brussels that ends the last day, whatever the clocks did in between."""
    return datetime.combine(last_appeal_day(taken_at, days) + timedelta(days=1), time(0), tzinfo=BRUSSELS)


def appeal_days_left(taken_at: datetime, days: int, *, at: datetime) -> int:
    """How many days remain to send an appeal, today included but not the day of the decision; 0 when it is over."""
    return max(0, min(days, (last_appeal_day(taken_at, days) - local(at).date()).days + 1))


def is_within_past_year(day: date, *, at: datetime) -> bool:
    """Whether a day lies in the past year, or is today."""
    today = local(at).date()
    return today - OLDEST <= day <= today
