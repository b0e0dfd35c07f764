"""The messages of a year in one quarter, each on its whole way: written, released, relayed, delivered, answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle

from plp.followup.actions import clocks, trials
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.ops.demo import journey
from plp.ops.demo.stage import Stage
from plp.ops.demo.story import Told, placed
from plp.ops.demo.year.calendar import Entry, entries
from plp.ops.demo.year.happening import Happening
from plp.ops.demo.year.settling import settle

WRITING = timedelta(minutes=14)  # from the first word to the release
FOUND = timedelta(hours=17)  # until somebody who was missing was found
DUE_IN = 24  # hours: then the clock recalls feedback that did not come
REMINDERS = (timedelta(minutes=8), timedelta(minutes=16))  # when the clock looks at a message that nobody opens


def messages(stage: Stage, *, begins: datetime, ends: datetime, later: int) -> Iterator[Happening]:
    """Every message of the calendar, and a test message; each with what follows from it."""
    streets = cycle(stage.streets())
    found = list(entries(begins, ends, later=later, shops=stage.setting.kind == "plp_i"))
    for moment, entry in found:
        yield from _way(stage, replace(entry, told=placed(entry.told, next(streets))), moment)
    if found:
        middle = found[len(found) // 2][0].replace(hour=9, minute=0) + timedelta(days=4)
        yield middle, lambda at: _try(stage, at)


def _way(stage: Stage, entry: Entry, moment: datetime) -> Iterator[Happening]:
    """One message and its consequences, each at its moment."""
    sent: list[Notice] = []
    relayed = moment + timedelta(minutes=entry.minutes)
    yield moment, lambda at: sent.append(_release(stage, entry.told, at))
    if not entry.opened:
        for pause in REMINDERS:
            yield moment + pause, lambda at: clocks.tick(by=None, at=at)
    yield relayed, lambda at: _relay(stage, sent[0], entry, at)
    if entry.told.kind == "missing_person":
        yield relayed + FOUND, lambda at: _withdraw(stage, sent[0], at)
    if entry.answer:
        told, hours = entry.answer
        if hours > DUE_IN:
            yield relayed + timedelta(hours=DUE_IN), lambda at: clocks.tick(by=None, at=at)
        yield relayed + timedelta(hours=hours), lambda at: _whole(stage, told, sent[0], at)


def _release(stage: Stage, told: Told, at: datetime) -> Notice:
    """Written by the officer, released by the second one."""
    notice = journey.write(stage, told, at=at - WRITING)
    journey.release(stage, notice, at=at)
    return notice


def _relay(stage: Stage, notice: Notice, entry: Entry, at: datetime) -> None:
    """Passed on by whoever has the coordinator's tasks at that moment."""
    by = stage.coordinator if entry.opened and not stage.is_away(at) else stage.deputy
    journey.relay(stage, notice, at=at, by=by)
    settle(notice.relay.message, at=at, carried=entry.carried)


def _whole(stage: Stage, told: Told, alarm: Notice, at: datetime) -> None:
    """Feedback, released at once and passed on some minutes later."""
    notice = journey.write(stage, told, at=at - WRITING, answers=alarm)
    journey.release(stage, notice, at=at - WRITING / 2)
    journey.relay(stage, notice, at=at, by=stage.deputy if stage.is_away(at) else stage.coordinator)
    settle(notice.relay.message, at=at)


def _withdraw(stage: Stage, notice: Notice, at: datetime) -> None:
    """The person was found: everybody whom the message reached hears it."""
    notices.retract(notice=notice, by=stage.officer, at=at, tell=True)


def _try(stage: Stage, at: datetime) -> None:
    """A test message on the whole way (R131)."""
    notice = trials.prepare(partnership=stage.partnership, by=stage.officer, at=at).notice
    journey.release(stage, notice, at=at)
    journey.relay(stage, notice, at=at + timedelta(hours=1))
    settle(notice.relay.message, at=at + timedelta(hours=1))
