"""When a message leaves and when it ends, for the pages of who writes, releases and relays it."""

from datetime import datetime

from plp.charter.queries import NoPlan, plan_rule_for
from plp.charter.rules import next_sending_time
from plp.notices.models import Notice
from plp.notices.queries import end_of_notice
from plp.notices.states import State

UNDER_WAY = {State.DRAFT, State.SUBMITTED, State.RELEASED}


def leaving_times(notice: Notice, *, at: datetime) -> dict[str, datetime | None]:
    """``leaves_at``: the hour that was set, moved into those of the plan; ``ends_at``: after which it is not sent."""
    leaves_at, ends_at = notice.send_at, notice.expires_at
    try:
        if leaves_at and leaves_at > at:
            leaves_at = next_sending_time(plan_rule_for(notice.partnership, notice.kind, at=at), leaves_at)
        if notice.state in UNDER_WAY:
            ends_at = end_of_notice(notice, at=at)
    except NoPlan:
        pass
    return {"leaves_at": leaves_at if leaves_at and leaves_at > at else None, "ends_at": ends_at}
