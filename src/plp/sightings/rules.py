"""Pure decisions about a sighting: is it urgent, can its day be, does it say anything, when does it go."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from plp.sightings import refusals
from plp.toolbox.clock import BRUSSELS, local

PLATE_WORDS = ("plaque", "immatricul", "plaat", "kenteken", "kennzeichen", "nummernschild", "plate", "registration")
URGENT = timedelta(hours=1)  # younger than this is for the telephone: 101 or 112 (R121)
OLDEST = timedelta(days=365)  # older facts are for the police station
KEPT = timedelta(days=30)  # words, pictures and reporter after the answer, the taking over or the closing (R84, R85)
LONGEST = timedelta(days=365)  # nothing stays longer, ended or not: neither a sighting nor an answered question
ANSWER_WITHIN = timedelta(days=7)  # a question waits no longer; a sighting is urgent on the desk from then on


def moment_of(day: date, clock: time | None) -> datetime | None:
    """When it was, on a Belgian clock; ``None`` when only the day is known."""
    return None if clock is None else datetime.combine(day, clock, tzinfo=BRUSSELS)


def is_urgent(day: date, clock: time | None, *, at: datetime) -> bool:
    """Whether the facts are so fresh that only the telephone helps."""
    moment = moment_of(day, clock)
    return moment is not None and at - URGENT < moment <= at


def is_in_future(day: date, clock: time | None, *, at: datetime) -> bool:
    """Whether the facts would be in the future."""
    moment = moment_of(day, clock)
    return day > local(at).date() or (moment is not None and moment > at)


def is_too_old(day: date, *, at: datetime) -> bool:
    """Whether the facts are older than a form can serve."""
    return day < (local(at) - OLDEST).date()


def check_moment(day: date, clock: time | None, *, at: datetime) -> None:
    """Refuse a moment that cannot be or is not for a form. Raises ``StillToCome``, ``StillUrgent`` or ``TooOld``."""
    if is_in_future(day, clock, at=at):
        raise refusals.StillToCome
    if is_urgent(day, clock, at=at):
        raise refusals.StillUrgent
    if is_too_old(day, at=at):
        raise refusals.TooOld


def holds_any_fact(facts: Mapping[str, str]) -> bool:
    """Whether any fact is told at all."""
    return any(value for value in facts.values())


def is_about_number_plate(excerpt: str) -> bool:
    """Whether words that name a country speak of a number plate: that is a fact, and says nothing of a person."""
    folded = excerpt.casefold()
    return any(word in folded for word in PLATE_WORDS)


def must_be_erased(filed_at: datetime, ended_at: datetime | None, *, at: datetime) -> bool:
    """Whether what was told has to go: ``KEPT`` after its end, and ``LONGEST`` after it came in any case."""
    return filed_at + LONGEST <= at or (ended_at is not None and ended_at + KEPT <= at)
