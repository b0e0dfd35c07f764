"""The messages of a year in one quarter, each on its whole way: written, released, relayed, delivered, answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle

from plp.demo.message_texts import DemoMessage, with_street
from plp.demo.notice_journey import relay_notice, release_notice, write_and_submit
from plp.demo.quarter import Quarter
from plp.demo.year.copy_outcomes import settle_copies_of_message
from plp.demo.year.message_calendar import DatedAct, DueMessage, due_messages_between
from plp.followup.actions import clocks, trials
from plp.notices import actions as notices
from plp.notices.models import Notice

WRITING = timedelta(minutes=14)  # from the first word to the release
FOUND = timedelta(hours=17)  # until somebody who was missing was found
DUE_IN = 24  # hours: then the clock recalls feedback that did not come
REMINDERS = (timedelta(minutes=8), timedelta(minutes=16))  # when the clock looks at a message that nobody opens


def message_acts(quarter: Quarter, *, begins: datetime, ends: datetime, days_later: int) -> Iterator[DatedAct]:
    """Every message of the calendar, and a test message; each with what follows from it."""
    streets, for_shops = cycle(quarter.streets_with_most_doors()), quarter.setting.is_for_shops
    year_entries = list(due_messages_between(begins, ends, days_later=days_later, for_shops=for_shops))
    for moment, entry in year_entries:
        yield from _acts_of_message(quarter, replace(entry, message=with_street(entry.message, next(streets))), moment)
    if year_entries:
        middle = year_entries[len(year_entries) // 2][0].replace(hour=9, minute=0) + timedelta(days=4)
        yield middle, lambda at: _send_test_message(quarter, at)


def _acts_of_message(quarter: Quarter, entry: DueMessage, moment: datetime) -> Iterator[DatedAct]:
    """One message and its consequences, each at its moment."""
    notices_sent: list[Notice] = []
    relayed = moment + timedelta(minutes=entry.minutes)
    yield moment, lambda at: notices_sent.append(_write_and_release(quarter, entry.message, at))
    if not entry.opened:
        for pause in REMINDERS:
            yield moment + pause, lambda at: clocks.remind_or_pass_on_due_matters(by=None, at=at)
    yield relayed, lambda at: _relay_and_settle_copies(quarter, notices_sent[0], entry, at)
    if entry.message.kind == "missing_person":
        yield relayed + FOUND, lambda at: _retract_notice(quarter, notices_sent[0], at)
    if entry.answer:
        feedback, hours = entry.answer
        if hours > DUE_IN:
            yield relayed + timedelta(hours=DUE_IN), lambda at: clocks.remind_or_pass_on_due_matters(by=None, at=at)
        yield relayed + timedelta(hours=hours), lambda at: _send_feedback(quarter, feedback, notices_sent[0], at)


def _write_and_release(quarter: Quarter, message: DemoMessage, at: datetime) -> Notice:
    """Written by the officer, released by the second one."""
    notice = write_and_submit(quarter, message, at=at - WRITING)
    release_notice(quarter, notice, at=at)
    return notice


def _relay_and_settle_copies(quarter: Quarter, notice: Notice, entry: DueMessage, at: datetime) -> None:
    """Passed on by whoever has the coordinator's tasks at that moment."""
    by = quarter.coordinator if entry.opened and not quarter.is_coordinator_away(at) else quarter.deputy
    relay_notice(quarter, notice, at=at, by=by)
    settle_copies_of_message(notice.relay.message, sent_at=at, sms_supplier_up=entry.sms_supplier_up)


def _send_feedback(quarter: Quarter, message: DemoMessage, alarm: Notice, at: datetime) -> None:
    """Feedback, released at once and passed on some minutes later."""
    notice = write_and_submit(quarter, message, at=at - WRITING, answers=alarm)
    release_notice(quarter, notice, at=at - WRITING / 2)
    relay_notice(quarter, notice, at=at, by=quarter.deputy if quarter.is_coordinator_away(at) else quarter.coordinator)
    settle_copies_of_message(notice.relay.message, sent_at=at)


def _retract_notice(quarter: Quarter, notice: Notice, at: datetime) -> None:
    """The person was found: everybody whom the message reached hears it."""
    notices.retract_notice_everywhere(notice=notice, by=quarter.officer, at=at, tell=True)


def _send_test_message(quarter: Quarter, at: datetime) -> None:
    """A test message on the whole way (R131)."""
    notice = trials.submit_trial(partnership=quarter.partnership, by=quarter.officer, at=at).notice
    release_notice(quarter, notice, at=at)
    relay_notice(quarter, notice, at=at + timedelta(hours=1))
    settle_copies_of_message(notice.relay.message, sent_at=at + timedelta(hours=1))
