"""What is due: a thing found in some room, and what the clock does about it now. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True)
class DueMatter:
    """Something that waits. ``matter`` is its row, ``term`` what every hand has for it.

    ``remind_at`` lies before or at ``due_at``. ``roles`` are those that the plan lets act, none named means all.
    ``seen`` tells who opened it and when: whoever opened it has one term from there. ``owner`` is the one person to
    whom it belongs, where no office holds it.
    """

    matter: UUID
    partnership: UUID
    due_at: datetime
    remind_at: datetime
    term: timedelta
    roles: tuple[str, ...] = ()
    seen: Mapping[UUID, datetime] = field(default_factory=dict)
    owner: UUID | None = None


class ClockAct(StrEnum):
    """What the clock does."""

    NOTHING = "nothing"
    REMIND = "remind"
    HAND_ON = "hand_on"


def desk_due_time(matter: DueMatter, given_at: datetime | None) -> datetime:
    """By when the present desk must have acted: as found, but whoever got it from another desk has a whole term."""
    return matter.due_at if given_at is None else max(matter.due_at, given_at + matter.term)


def pass_on_time(matter: DueMatter, *, due_at: datetime, holder: UUID | None, grace: timedelta) -> datetime:
    """When it leaves the desk: after the grace, or a term after this holder opened it, if that is later."""
    opened = matter.seen.get(holder) if holder else None
    moment = due_at + grace
    return max(moment, opened + matter.term) if opened else moment


def next_clock_act(
    matter: DueMatter, *, at: datetime, passes_at: datetime, is_reminded: bool, is_last: bool
) -> ClockAct:
    """What to do at ``at``: pass on what is overdue, else remind once. After a stop of days it is one act, no burst."""
    if not is_last and at >= passes_at:
        return ClockAct.HAND_ON
    return ClockAct.REMIND if not is_reminded and at >= matter.remind_at else ClockAct.NOTHING
