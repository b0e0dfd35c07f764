"""The clock: read in portal, api and ops only; every action is told the time (``at``).

PostgreSQL is shared by machines, so its clock is that of all of them: a process asks it now and then
(``follow_database_time``), and goes on from there by a counter that nobody can set. SQLite has no clock but that of its
machine; what can be seen there is that it jumped, and a process that follows takes no time from a clock that just did.
"""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import Error, connection

BRUSSELS = ZoneInfo("Europe/Brussels")
MOST_AHEAD = 60.0  # seconds by which the clock of a machine may differ from that of the database
AGAIN = 30.0  # seconds until a process that answers pages asks again
BELIEVED = 600.0  # seconds after which a clock that jumped is believed, where there is none to compare it with
COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # the first goes on while a machine sleeps


class Reading(NamedTuple):
    """At ``counted`` by the counter it was ``moment`` by the database, and ``ahead`` seconds later by the machine."""

    moment: datetime
    counted: float
    ahead: float


class Base(NamedTuple):
    """By how much a machine's clock differs from its counter, and since when (by the counter) it differs otherwise."""

    difference: float
    jumped: float | None = None


_reading: Reading | None = None
_base: Base | None = None
_asked = 0.0


def now() -> datetime:
    """The present moment, aware, in UTC: by the database, once it was followed; else by the machine.

    Whoever follows SQLite goes on by the counter while a jump is not believed: what was begun before it ends in time.
    """
    if _reading is None:
        machine = machine_time()
        jump = _seconds_jumped(machine) if _base else 0.0
        return machine - timedelta(seconds=jump) if abs(jump) > MOST_AHEAD else machine
    return _reading.moment + timedelta(seconds=monotonic_seconds() - _reading.counted)


def local(moment: datetime) -> datetime:
    """The same moment on a Belgian clock."""
    return moment.astimezone(BRUSSELS)


def machine_time() -> datetime:
    """What the clock of this machine says, right or wrong."""
    return datetime.now(UTC)


def monotonic_seconds() -> float:
    """Seconds that pass evenly, whatever anybody does to the clock."""
    return time.clock_gettime(COUNTER)


def follow_database_time() -> float:
    """Go by the database from now on: ask it the time. Raises ``django.db.Error``.

    Answers by how many seconds the machine's clock is ahead of it; on SQLite, by how many it jumped lately.
    """
    global _reading, _asked  # noqa: PLW0603 - a process has one clock
    _asked = monotonic_seconds()
    if connection.vendor == "sqlite":
        return _seconds_jumped(machine_time())
    _reading = ask_database_time()
    return _reading.ahead


def ask_database_time() -> Reading:
    """What PostgreSQL says the time is, beside our own. Raises ``django.db.Error``."""
    with connection.cursor() as cursor:
        begun = monotonic_seconds()
        cursor.execute("SELECT clock_timestamp()")
        here = machine_time()
        moment, ended = cursor.fetchone()[0].astimezone(UTC), monotonic_seconds()
    return Reading(moment, (begun + ended) / 2, (here - moment).total_seconds())


def refresh_database_time() -> None:
    """Ask again after a while, in a process that follows the database. One that is away is asked the next time."""
    if _asked and monotonic_seconds() - _asked > AGAIN:
        with suppress(Error):
            follow_database_time()


def machine_seconds_ahead() -> float:
    """By how many seconds the machine's clock is ahead now, as far as is known without asking anybody."""
    return _seconds_jumped(machine_time()) if _reading is None else (machine_time() - now()).total_seconds()


def is_machine_clock_wrong() -> bool:
    """Whether the machine's clock differs by more than a minute from that of the database, which was asked."""
    return _reading is not None and abs(machine_seconds_ahead()) > MOST_AHEAD


def _seconds_jumped(machine_now: datetime) -> float:
    """By how many seconds the clock, which says ``machine_now``, jumped.

    0 where it goes on evenly, or stayed where it jumped for ten minutes.
    """
    global _base  # noqa: PLW0603 - as above
    difference = machine_now.timestamp() - monotonic_seconds()
    jump = difference - _base.difference if _base else 0.0
    if _base is None or abs(jump) <= MOST_AHEAD:
        _base = Base(difference)
        return jump
    jumped = _base.jumped or monotonic_seconds()
    if monotonic_seconds() - jumped > BELIEVED:
        _base = Base(difference)
        return 0.0
    _base = Base(_base.difference, jumped)
    return jump
