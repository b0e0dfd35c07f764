"""For whom somebody acts: said by whoever knows it (mandates), and noted with what they do at that moment."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Acting:
    """``person`` acts at ``at``; ``find`` looks up for whom, once something is noted."""

    person: UUID
    at: datetime
    find: Callable[[], UUID | None]


_ACTING: ContextVar[Acting | None] = ContextVar("acting", default=None)


def set_who_acts_for_whom(acting: Acting | None) -> None:
    """What holds until the next right is asked for; it says nothing of another person or another moment."""
    _ACTING.set(acting)


def represented_person(person: UUID, at: datetime) -> UUID | None:
    """For whom ``person`` acts at ``at``, if for somebody else."""
    acting = _ACTING.get()
    if acting is None or (acting.person, acting.at) != (person, at):
        return None
    whom = acting.find()
    return None if whom == person else whom
