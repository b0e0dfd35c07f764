"""Looks at the names of members: each is an entry of the journal (R80)."""

from datetime import datetime

from plp.journal.actions import note
from plp.partnership.models import Partnership
from plp.people.models import Person


def note_look_at_members(
    partnership: Partnership, list_name: str, number: int, *, by: Person | None, at: datetime
) -> None:
    """Note that ``by`` was shown ``number`` members of ``partnership``, on the list or paper ``list_name``."""
    note(
        verb="members.viewed",
        by=by,
        at=at,
        area=partnership.area.path,
        target=partnership,
        list=list_name,
        count=number,
    )
