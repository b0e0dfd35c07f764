"""When a message leaves and when it ends, for the pages of who writes, releases and relays it."""

from contextlib import suppress
from datetime import datetime

from plp.charter.queries import NoPlan, required_plan_rule
from plp.charter.rules import next_sending_time
from plp.notices.models import Notice
from plp.notices.queries import end_of_notice


def leaving_and_expiry_times(notice: Notice, *, at: datetime) -> dict[str, datetime | None]:
    """``leaves_at``: the hour that was set, moved into those of the plan; ``ends_at``: after which it is not sent."""
    leaves_at = notice.send_at if notice.send_at and notice.send_at > at else None
    if leaves_at:
        with suppress(NoPlan):
            leaves_at = next_sending_time(required_plan_rule(notice.partnership, notice.kind, at=at), leaves_at)
    return {"leaves_at": leaves_at, "ends_at": end_of_notice(notice, at=at)}
