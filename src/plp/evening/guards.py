"""The first beat of every action here: may they lead a meeting of this partnership, and not flood its people."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from plp.evening.models import Meeting
from plp.evening.refusals import TooManyLettersToday
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

DAY, MOST_A_DAY = timedelta(hours=24), 2  # letters of one kind to everybody (T39)


def require_leader(by: Person | None, meeting: Meeting, *, at: datetime) -> None:
    """Raise ``NotAllowed`` unless ``by`` leads evenings there; the machine (``None``) may."""
    require_unless_machine(by, Permission.EVENING_LEAD, meeting.partnership.area, at=at)


def require_texts_pass_check(
    meeting: Meeting,
    *texts: str,
    accepted: Iterable[str] = (),
    is_name: bool = False,
) -> None:
    """Raise ``HeldWords`` for a text of an evening that accuses, tells an origin or calls to patrol: many read it.

    Each text is read by itself: two that stand in different fields make no sentence.
    """
    language, earlier = meeting.languages[0], "\n".join(accepted)
    for text in texts:
        require_text_passes_check(text, language=language, rules=PUBLIC_RULES, accepted=earlier, is_name=is_name)


def refuse_third_meeting_letter_in_a_day(meeting: Meeting, sent_at_field: str, *, at: datetime) -> None:
    """Raise ``TooManyLettersToday`` if everybody got letters about two meetings of the partnership within a day
    already.

    ``sent_at_field``: the field that says when they left. One asks at a time, so that none passes beside another.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=meeting.partnership_id)
    told = Meeting.objects.filter(partnership=meeting.partnership_id, **{f"{sent_at_field}__gt": at - DAY}).exclude(
        pk=meeting.pk
    )
    if told.distinct().count() >= MOST_A_DAY:
        raise TooManyLettersToday


def note_in_journal(
    verb: str, meeting: Meeting, *, by: Person | None, at: datetime, target: Any = None, **details: Any
) -> None:
    """A line in the journal of the quarter: ``evening.<verb>``, about the meeting or the ``target`` in it."""
    note(verb=f"evening.{verb}", by=by, at=at, area=meeting.partnership.area.path, target=target or meeting, **details)
