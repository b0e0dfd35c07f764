"""The first beat of every action here: may they lead a meeting of this partnership."""

from datetime import datetime
from typing import Any

from plp.evening.models import Meeting
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.people.models import Person


def must_lead(by: Person | None, meeting: Meeting, *, at: datetime) -> None:
    """Raise ``NotAllowed`` unless ``by`` leads evenings there; the machine (``None``) may."""
    if by is not None:
        require(by, Permission.EVENING_LEAD, meeting.partnership.area, at=at)


def noted(verb: str, meeting: Meeting, *, by: Person | None, at: datetime, target: Any = None, **details: Any) -> None:
    """A line in the journal of the quarter: ``evening.<verb>``, about the meeting or the ``target`` in it."""
    note(verb=f"evening.{verb}", by=by, at=at, area=meeting.partnership.area.path, target=target or meeting, **details)
