"""What registered people are told about a meeting, each in their own language and by their own channels."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import Slot, strip_slots
from plp.documents.dates import date_format
from plp.evening.models import Meeting
from plp.membership.queries import member_and_applicant_contacts
from plp.partnership.letters import public_contact_text
from plp.people.models import ContactPoint, Person
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"
INVITATION = LetterTemplate(TEXTS, "invitation", "evening.invitation")
MEMBERS_INVITATION = LetterTemplate(TEXTS, "members_invitation", "evening.invitation", by_hand=True, by_day=True)
REMINDER = LetterTemplate(TEXTS, "reminder", "evening.reminder")
PLACE_FREE = LetterTemplate(TEXTS, "place_free", "evening.place_free")
CHANGED = LetterTemplate(TEXTS, "changed", "evening.changed", by_hand=True)
CANCELLED = LetterTemplate(TEXTS, "cancelled", "evening.cancelled", by_hand=True)
MINUTES_READY = LetterTemplate(TEXTS, "minutes_ready", "evening.minutes_ready")


def public_meeting_url(meeting: Meeting) -> str:
    """The address of the public page of a meeting, as it stands in QR codes, letters and calendars."""
    return pages.EVENING_PUBLIC.link(meeting.token)


def moment_in_words(moment: datetime, language: str) -> str:
    """Day and hour on a Belgian clock, in words of ``language``."""
    with translation.override(language):
        return date_format(local(moment), "WEEKDAY_DATETIME_FORMAT")


def day_in_words(day: date, language: str) -> str:
    """A day in words of ``language``."""
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")


def agenda_in_lines(meeting: Meeting, language: str) -> str:
    """The points of the agenda, one a line, for a reader of ``language``, which is active."""
    return "\n".join(f"- {strip_slots(point.title_in(language, meeting.languages))}" for point in meeting.points.all())


def letter_values(meeting: Meeting, language: str) -> dict[str, str]:
    """What every letter about a meeting says: quarter, when, where, the address of its page."""
    return {
        "partnership": meeting.partnership.name(language),
        "when": moment_in_words(meeting.starts_at, language),
        "day": day_in_words(local(meeting.starts_at).date(), language),
        "place": meeting.place_in(language),
        "street": meeting.street_in(language),
        "link": public_meeting_url(meeting),
        "agenda": agenda_in_lines(meeting, language),
        "contact": public_contact_text(meeting.partnership) or public_meeting_url(meeting),
        "reply": pages.EVENING_REPLY.link(meeting.token, Slot.ANSWER_CODE),
    }


def queue_to_members_and_applicants(
    template: LetterTemplate, meeting: Meeting, *, by: Person | None, at: datetime, reason: str = ""
) -> int:
    """Queue a letter to everybody who registered with the partnership and proved a contact; answer how many."""
    contacts = member_and_applicant_contacts(meeting.partnership)
    return _queue_meeting_letter(template, meeting, contacts, by=by, at=at, reason=reason)


def queue_to_people(template: LetterTemplate, meeting: Meeting, people: Collection[UUID], *, at: datetime) -> int:
    """Queue a letter to these people alone, from the machine; answer how many copies."""
    return _queue_meeting_letter(template, meeting, ContactPoint.objects.filter(person__in=people), by=None, at=at)


def _queue_meeting_letter(
    template: LetterTemplate,
    meeting: Meeting,
    contacts: QuerySet[ContactPoint],
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> int:
    return send_letter(
        template,
        to=contacts,
        context=lambda language: letter_values(meeting, language) | {"reason": reason},
        area=meeting.partnership.area,
        by=by,
        at=at,
        expires_at=None if template is MINUTES_READY else meeting.ends_at,
        subject_id=meeting.pk,
    )
