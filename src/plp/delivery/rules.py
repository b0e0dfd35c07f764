"""Decisions on values: when to try again, and whether this is a moment to leave somebody alone."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from plp.toolbox.clock import BRUSSELS, local

MOST_TRIES = 12  # of a copy without expiry: the last pauses are an hour each, so about five hours in all
MOST_FAULTS = 3  # of our own code on one copy (poison), then it is parked
FAULT_PAUSE = 30.0  # seconds from one of them to the next try
URGENT_TRIES = 3  # temporary failures of an urgent copy before the person's next channel is tried
TEXTS_KEPT = timedelta(days=30)  # texts of letters after their copies ended: the log needs none (R84)
LOG_KEPT = timedelta(days=3 * 365)  # which message left when by which channel (R84)
DAYTIME = time(8), time(21)  # when letters that can wait may ring a telephone
PAUSE_STEP = timedelta(hours=3)  # a paused copy is looked at again this often: no column tells when the pause ends


def retry_pause(tries: int, *, urgent: bool, random_share: float, requested: float | None = None) -> timedelta:
    """The pause before the next try after ``tries`` failures (1, 2, ...).

    Doubles from 30 s to an hour (urgent: from 5 s to a minute), spread by ``random_share`` in [0, 1) over 80 % to 120 %
    so that copies that failed together do not come back so; never shorter than a supplier ``requested`` (seconds).
    """
    first, most = (5.0, 60.0) if urgent else (30.0, 3600.0)
    seconds = min(first * 2 ** min(tries - 1, 20), most) * (0.8 + 0.4 * random_share)
    return timedelta(seconds=max(seconds, min(requested or 0.0, 86_400.0)))


def end_of_quiet_hours(at: datetime, quiet_from: time | None, quiet_until: time | None) -> datetime | None:
    """When the quiet hours that hold at ``at`` end (UTC), or None if it is not a quiet moment.

    Hours are those of a Belgian clock and may run over midnight. On the night that an hour comes twice the first end
    still ahead counts; an end inside the hour that is skipped comes when the clock has jumped (R115, F24).
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return None
    here = local(at)
    wall = here.time()
    over_midnight = quiet_from > quiet_until
    if not (wall >= quiet_from or wall < quiet_until if over_midnight else quiet_from <= wall < quiet_until):
        return None
    day = here.date() + timedelta(days=1) if over_midnight and wall >= quiet_from else here.date()
    ends = (datetime.combine(day, quiet_until, BRUSSELS).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return min(end for end in ends if end > at)


def next_digest_time(at: datetime, *, hour: int, weekday: int | None) -> datetime:
    """The first moment after ``at`` when it is ``hour`` o'clock in Belgium, on ``weekday`` (0 is Monday) or any day.

    An hour that is skipped comes when the clock has jumped; of an hour that comes twice the first counts (F24).
    """
    today = local(at).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    moments = (
        datetime.combine(day, time(hour), BRUSSELS).astimezone(UTC)
        for day in days
        if weekday is None or day.weekday() == weekday
    )
    return next(moment for moment in moments if moment > at)


def moment_or_next_morning_if_night(at: datetime) -> datetime:
    """``at`` by day in Belgium, else eight o'clock: nobody is woken by what can wait."""
    morning, night = DAYTIME
    return at if morning <= local(at).time() < night else next_digest_time(at, hour=morning.hour, weekday=None)


def next_pause_check(at: datetime, paused_until: str) -> datetime | None:
    """When to look again at a copy for a paused person, or None if there is no pause (``paused_until``: ISO or empty).

    The answer is the next step of a fixed clock, never the end of the pause itself (T14).
    """
    if not paused_until or datetime.fromisoformat(paused_until) <= at:
        return None
    step = int(PAUSE_STEP.total_seconds())
    return datetime.fromtimestamp((int(at.timestamp()) // step + 1) * step, UTC)


class QuietWishes(NamedTuple):
    """When a person wants to be left alone; ``paused_until`` is opened only when asked (it is sealed)."""

    quiet_from: time | None
    quiet_until: time | None
    alarm_breaks_quiet: bool
    paused_until: Callable[[], str]


def copy_held_until(at: datetime, wishes: QuietWishes | None, *, urgent: bool, asked_for: bool) -> datetime | None:
    """Until when a copy must wait, or None if it may go now.

    What the person asked for (``asked_for``: a code) always goes. An urgent copy breaks quiet hours only for those who
    agreed (R115); a pause holds everything (R116).
    """
    if wishes is None or asked_for:
        return None
    quiet = None
    if not (urgent and wishes.alarm_breaks_quiet):
        quiet = end_of_quiet_hours(at, wishes.quiet_from, wishes.quiet_until)
    paused = next_pause_check(at, wishes.paused_until())
    return max((end for end in (quiet, paused) if end), default=None)


MORNING = 9  # o'clock: what waited because the day's money was spent leaves at this hour


def start_of_belgian_day(at: datetime) -> datetime:
    """When the Belgian day of ``at`` began, in UTC: money is counted by day."""
    return datetime.combine(local(at).date(), time(0), BRUSSELS).astimezone(UTC)


def start_of_hour(at: datetime) -> datetime:
    """When the hour of ``at`` began: codes are counted by hour."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def next_morning(at: datetime) -> datetime:
    """The morning after ``at`` on a Belgian clock, in UTC."""
    return datetime.combine(local(at).date() + timedelta(days=1), time(MORNING), BRUSSELS).astimezone(UTC)
