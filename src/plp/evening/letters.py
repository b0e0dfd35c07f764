"""What registered people are told about a meeting, each in their own language and by their own channels."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation

from plp.delivery.letters import send_letter
from plp.evening.models import Meeting
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox.clock import local
from plp.toolbox.dates import date_format
from plp.toolbox.texts import LANGUAGES

TEXTS = Path(__file__).parent / "texts"


def public_url(meeting: Meeting) -> str:
    """The address of the public page of a meeting, as it stands in QR codes, letters and calendars."""
    return f"{settings.ORIGIN}/evening/p/{meeting.token}/"


def in_words(moment: datetime, language: str) -> str:
    """Day and hour on a Belgian clock, in words of ``language``."""
    with translation.override(language):
        return date_format(local(moment), "WEEKDAY_DATETIME_FORMAT")


def day_in_words(day: date, language: str) -> str:
    """A day in words of ``language``."""
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")


def places_of(meeting: Meeting, language: str) -> dict[str, str]:
    """What every letter about a meeting says: quarter, when, where, the address of its page."""
    return {
        "partnership": meeting.partnership.name(language),
        "when": in_words(meeting.starts_at, language),
        "place": meeting.place,
        "street": meeting.street,
        "link": public_url(meeting),
    }


def tell_registered(meeting: Meeting, letter: str, *, by: Person | None, at: datetime, **more: str) -> int:
    """Queue ``letter`` to everybody who registered with the partnership and proved a contact; answer how many."""
    inside = [Belonging.PENDING, Belonging.ACTIVE]
    members = Membership.objects.filter(partnership=meeting.partnership, state__in=inside)
    told = 0
    for language in LANGUAGES:
        own = Person.objects.filter(pk__in=members.values("person"), language=language)
        if own.exists():
            told += send_letter(
                name=letter,
                folder=TEXTS,
                contacts=contacts_of(own),
                languages=[language],
                places=places_of(meeting, language) | more,
                purpose=f"evening.{letter}",
                expires_at=None,
                unconfirmed=False,
                area=meeting.partnership.area,
                by=by,
                at=at,
            )
    return told
