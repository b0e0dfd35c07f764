"""On which day a message leaves, and whether its words were written for that day."""

from datetime import date, datetime, timedelta

from plp.charter.kinds import KINDS
from plp.charter.queries import required_plan_rule
from plp.charter.rules import next_sending_time
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.rules.release import earliest_sending_time
from plp.toolbox.clock import local
from plp.wording.catalogue.dated_days import relative_day_words

UNTIL_RELAYED = timedelta(hours=2)  # what a release and a relay take where nothing is urgent


def first_time_notice_may_leave(notice: Notice, *, at: datetime) -> datetime:
    """The first moment at which a message that is relayed ``at`` leaves. Raises ``NoPlan``."""
    rule = required_plan_rule(notice.partnership, notice.kind, at=at)
    return next_sending_time(rule, earliest_sending_time(notice.send_at, at))


def may_leave_on_another_day(notice: Notice, *, written_on: date, at: datetime) -> bool:
    """Whether a message that is offered ``at`` leaves on its day only if all goes fast, or not at all. ``NoPlan``."""
    relayed_at = at if KINDS[notice.kind].urgent else at + UNTIL_RELAYED
    return local(first_time_notice_may_leave(notice, at=relayed_at)).date() != written_on


def relative_day_words_that_would_be_wrong(notice: Notice, *, at: datetime) -> list[str]:
    """The words *today*, *hier* … of a message that is still to leave, on another day than it was offered.

    Raises ``NoPlan``.
    """
    written_on = local(notice.submitted_at or at).date()
    if notice.relayed_at is not None or local(first_time_notice_may_leave(notice, at=at)).date() == written_on:
        return []
    day_words = (
        word
        for language, words in title_core_and_more_by_language(notice).items()
        for word in relative_day_words(" ".join(words), language)
    )
    return list(dict.fromkeys(day_words))
