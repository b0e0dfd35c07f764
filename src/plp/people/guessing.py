"""Somebody tries codes until one is right: noted at the limit of everybody, so that the watch tells (T5)."""

from datetime import datetime, timedelta

from plp.journal.actions import note
from plp.journal.queries import is_noted
from plp.people.models import Person

VERB, TARGET = "codes.guessed", "codes"
SHUT = timedelta(hours=1)


def note_guessing(*, by: Person | None, at: datetime) -> None:
    """So many wrong codes came in within an hour that no code is taken for a while."""
    note(verb=VERB, by=by, at=at, target=TARGET)


def is_guessed(at: datetime) -> bool:
    """Whether that was so within the past hour."""
    return is_noted(VERB, target=TARGET, since=at - SHUT)
