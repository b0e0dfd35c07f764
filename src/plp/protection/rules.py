"""The terms of the law, and what is still to be done about a breach. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from plp.protection.states import Risk

NOTIFY_WITHIN = timedelta(hours=72)  # to the authority, from the moment it was noticed (GDPR art. 33(1))
REMIND_AFTER = timedelta(hours=24)
KEPT = timedelta(days=5 * 365)  # the record of a breach, for the authority's control (GDPR art. 33(5))


@dataclass(frozen=True)
class BreachFacts:
    """Where a breach stands."""

    noticed_at: datetime
    risk: str
    authority_told_at: datetime | None
    persons_told_at: datetime | None
    has_reason: bool  # why the persons are not told, or why nobody is
    is_closed: bool


def notification_deadline(noticed_at: datetime) -> datetime:
    """By when the authority must know."""
    return noticed_at + NOTIFY_WITHIN


def missing_steps(facts: BreachFacts) -> list[str]:
    """What must be done before it can be closed: ``decide``, ``authority``, ``persons``; empty when all is done."""
    if not facts.risk:
        return ["decide"]
    todo = []
    if facts.risk != Risk.NONE and facts.authority_told_at is None:
        todo.append("authority")
    if facts.risk == Risk.HIGH and facts.persons_told_at is None and not facts.has_reason:
        todo.append("persons")
    return todo


def is_deadline_running(facts: BreachFacts) -> bool:
    """Whether the clock of 72 hours runs: nothing decided, or the authority not told."""
    return not facts.is_closed and bool({"decide", "authority"} & set(missing_steps(facts)))
