"""When a message leaves and when it ends, for the pages of who writes, releases and relays it."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from plp.charter.queries import NoPlan
from plp.notices.models import Notice
from plp.notices.preview import end_before_letters_arrive
from plp.notices.queries import time_notice_ends
from plp.notices.queries.sending_times import first_time_notice_may_leave, relative_day_words_that_would_be_wrong


def leaving_and_expiry_times(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """``leaves_at``: the hour that was set, moved into those of the plan; ``ends_at``: after which it is not sent.

    With what ``wrong_day_words_context`` says.
    """
    leaves_at = notice.send_at if notice.send_at and notice.send_at > at else None
    if leaves_at:
        with suppress(NoPlan):
            leaves_at = first_time_notice_may_leave(notice, at=at)
    return {
        "leaves_at": leaves_at,
        "ends_at": time_notice_ends(notice, at=at),
        **wrong_day_words_context(notice, at=at),
    }


def wrong_day_words_context(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """The ``day_words`` of a message, *hier*, that leaves on another day, and that day; empty where all is well."""
    with suppress(NoPlan):
        if words := relative_day_words_that_would_be_wrong(notice, at=at):
            return {"day_words": words, "leaves_on": first_time_notice_may_leave(notice, at=at)}
    return {}


def end_before_letters_context(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """``ends_before_letters``: when a message ends before letters can be carried; empty where all is well."""
    with suppress(NoPlan):
        if ends_at := end_before_letters_arrive(notice, at=at):
            return {"ends_before_letters": ends_at}
    return {}
