"""When a message leaves and when it ends, for the pages of who writes, releases and relays it."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from plp.charter.queries import NoPlan
from plp.notices.models import Notice
from plp.notices.queries import end_of_notice
from plp.notices.queries.sending_times import day_words_of_another_day, leaving_time


def leaving_and_expiry_times(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """``leaves_at``: the hour that was set, moved into those of the plan; ``ends_at``: after which it is not sent.

    With what ``day_words`` says.
    """
    leaves_at = notice.send_at if notice.send_at and notice.send_at > at else None
    if leaves_at:
        with suppress(NoPlan):
            leaves_at = leaving_time(notice, at=at)
    return {"leaves_at": leaves_at, "ends_at": end_of_notice(notice, at=at), **day_words(notice, at=at)}


def day_words(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """The ``day_words`` of a message, *hier*, that leaves on another day, and that day; empty where all is well."""
    with suppress(NoPlan):
        if words := day_words_of_another_day(notice, at=at):
            return {"day_words": words, "leaves_on": leaving_time(notice, at=at)}
    return {}
