"""Pure decisions about a sighting: is it urgent, can its day be, does it say anything, when does it go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from plp.sightings import refusals
from plp.toolbox.clock import BRUSSELS, local

PLATE_WORDS = ("plaque", "immatricul", "plaat", "kenteken", "kennzeichen", "nummernschild", "plate", "registration")
URGENT = timedelta(hours=1)  # younger than this is for the telephone: 101 or 112 (R121)
OLDEST = timedelta(days=365)  # older facts are for the police station
KEPT = timedelta(days=30)  # words, pictures and reporter after the answer, the taking over or the closing (R84, R85)
LONGEST = timedelta(days=365)  # nothing stays longer, ended or not: neither a sighting nor an answered question
TAKE_WITHIN = timedelta(days=1)  # whoever has it opens it; else the next officer has it, and the others hear of it
ANSWER_WITHIN = timedelta(days=7)  # a question waits no longer; a sighting is urgent on the desk from then on


def sighting_moment(day: date, clock: time | None) -> datetime | None:
    """When it was, on a Belgian clock; ``None`` when only the day is known."""
    return None if clock is None else datetime.combine(day, clock, tzinfo=BRUSSELS)


def is_too_fresh_for_form(day: date, clock: time | None, *, at: datetime) -> bool:
    """Whether the facts are so fresh that only the telephone helps."""
    moment = sighting_moment(day, clock)
    return moment is not None and at - URGENT < moment <= at


def is_in_future(day: date, clock: time | None, *, at: datetime) -> bool:
    """Whether the facts would be in the future."""
    moment = sighting_moment(day, clock)
    return day > local(at).date() or (moment is not None and moment > at)


def is_too_old(day: date, *, at: datetime) -> bool:
    """Whether the facts are older than a form can serve."""
    return day < (local(at) - OLDEST).date()


def refuse_unfit_moment(day: date, clock: time | None, *, at: datetime) -> None:
    """Refuse a moment that cannot be or is not for a form. Raises ``StillToCome``, ``StillUrgent`` or ``TooOld``."""
    if is_in_future(day, clock, at=at):
        raise refusals.StillToCome
    if is_too_fresh_for_form(day, clock, at=at):
        raise refusals.StillUrgent
    if is_too_old(day, at=at):
        raise refusals.TooOld


def has_any_fact(facts: Mapping[str, str]) -> bool:
    """Whether any fact is told at all."""
    return any(value for value in facts.values())


def is_about_number_plate(excerpt: str) -> bool:
    """Whether words that name a country speak of a number plate: that is a fact, and says nothing of a person."""
    folded = excerpt.casefold()
    return any(word in folded for word in PLATE_WORDS)


@dataclass(frozen=True)
class OfficerLoad:
    """What an officer has: how many open reports, and since when the last one was given to them."""

    officer: UUID
    open_reports: int = 0
    last_given: datetime | None = None
    is_away: bool = False
    is_on_call: bool = False


def next_officer(loads: Iterable[OfficerLoad]) -> UUID | None:
    """Whose turn it is: who is on call, else there; has the fewest open ones, waited longest, else who stands first.

    ``None`` without any.
    """
    loads = list(loads)
    present = [load for load in loads if not load.is_away] or loads
    present = [load for load in present if load.is_on_call] or present
    never = datetime.min.replace(tzinfo=UTC)
    ordered = sorted(present, key=lambda load: (load.open_reports, load.last_given or never))
    return ordered[0].officer if ordered else None


def must_whole_desk_be_told(
    filed_at: datetime,
    assigned_at: datetime | None,
    escalated_at: datetime | None,
    *,
    is_read: bool,
    at: datetime,
) -> bool:
    """Whether the others of a desk must hear of a report that nobody has ended.

    Unread: a day after it was given to somebody, each time. Read: once, when its answer is overdue.
    """
    due_at = filed_at + ANSWER_WITHIN
    if due_at <= at:
        return escalated_at is None or escalated_at < due_at
    return not is_read and (assigned_at or filed_at) + TAKE_WITHIN <= at


def must_be_erased(filed_at: datetime, ended_at: datetime | None, *, at: datetime, term: timedelta = KEPT) -> bool:
    """Whether what was told has to go: ``term`` after its end, and ``LONGEST`` after it came in any case."""
    return filed_at + LONGEST <= at or (ended_at is not None and ended_at + term <= at)
