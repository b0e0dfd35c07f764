"""Letters of this room: a thing is due, a thing was passed on. Never its words. Texts in ``texts``."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from plp.delivery.letters import send_letter
from plp.followup.clocks import Kind
from plp.followup.models import Due, Explanation, FollowUpMeeting, InformationRequest, Rating
from plp.mandates.grants import Permission
from plp.mandates.queries import holders
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox.clock import local
from plp.toolbox.dates import date_format
from plp.toolbox.texts import LANGUAGES

TEXTS = Path(__file__).parent / "texts"


def tell_asked(request: InformationRequest, reader: Person, *, by: Person, at: datetime) -> int:
    """Write to the one of the police who answers that a request has come; nothing of its words."""
    return _send(
        "request_asked",
        request.partnership,
        Person.objects.filter(pk=reader.pk),
        "/requests/police/",
        request.due_at,
        by,
        at,
    )


def tell_answered(request: InformationRequest, *, by: Person, at: datetime) -> int:
    """Write to whoever asks for the partnership that the police answered; nothing of their words."""
    readers = holders(Permission.REQUEST_ASK, request.partnership.area, at=at)
    return _send("request_answered", request.partnership, readers, "/requests/", at, by, at)


def tell_explained(given: Explanation, *, by: Person, at: datetime) -> int:
    """Write to the coordinator that the police explained why no message came."""
    readers = holders(Permission.REQUEST_ASK, given.partnership.area, at=at)
    return _send("explained", given.partnership, readers, "/requests/", at, by, at)


def tell_also(due: Due, kind: Kind, permission: Permission, *, at: datetime) -> int:
    """Let the other side know of a reminder (R130): whoever holds ``permission`` there."""
    readers = holders(permission, due.partnership.area, at=at)
    return _send("due_told", due.partnership, readers, "/requests/", due.due_at, None, at, what=lambda: str(kind.label))


def tell_rated(rating: Rating, *, by: Person, at: datetime) -> int:
    """Write to the coordinator that the police said how an exchange went; nothing of their words (R57)."""
    readers = holders(Permission.EXCHANGE_ANSWER, rating.partnership.area, at=at)
    return _send("rated", rating.partnership, readers, f"/exchange/rating/{rating.pk}/", at, by, at)


def tell_rating_answered(rating: Rating, *, by: Person, at: datetime) -> int:
    """Write to whoever rated that the coordinator answered."""
    readers = Person.objects.filter(pk__in=[rating.by_id] if rating.by_id else [])
    return _send("rating_answered", rating.partnership, readers, f"/exchange/rating/{rating.pk}/", at, by, at)


def tell_meeting(letter: str, meeting: FollowUpMeeting, *, by: Person, at: datetime) -> int:
    """Queue ``meeting_convened``, ``meeting_cancelled`` or ``meeting_minutes`` to both sides (R61)."""
    readers = holders(Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    page = f"/exchange/{meeting.partnership.key}/{meeting.pk}/"
    return _send(letter, meeting.partnership, readers, page, meeting.starts_at, by, at, what=lambda: meeting.place)


def _send(
    name: str,
    partnership: Partnership,
    persons: QuerySet[Person],
    page: str,
    day: datetime,
    by: Person | None,
    at: datetime,
    *,
    what: Callable[[], str] = str,
) -> int:
    """Queue a letter in the language of each reader. ``what`` gives words in the active language."""
    total = 0
    for language in LANGUAGES:
        with translation.override(language):
            places = {
                "partnership": partnership.name(language),
                "day": date_format(local(day), "DATETIME_FORMAT"),
                "what": what(),
                "link": f"{settings.ORIGIN}{page}",
            }
        readers = persons.filter(language=language)
        if readers.exists():
            total += send_letter(
                name=name,
                folder=TEXTS,
                contacts=contacts_of(readers),
                languages=[language],
                places=places,
                purpose=f"followup.{name}",
                expires_at=None,
                unconfirmed=False,
                area=partnership.area,
                by=by,
                at=at,
            )
    return total


def tell(letter: str, due: Due, kind: Kind, persons: QuerySet[Person], *, at: datetime) -> int:
    """Queue one of ``due_reminder``, ``due_yours`` and ``due_moved`` to ``persons``; answer how many copies.

    By mail, and by SMS too where the kind is pressing: then the text with the same name in ``_urgent`` is taken.
    """
    name = f"{letter}_urgent" if kind.by_sms else letter
    return _send(
        name, due.partnership, persons, kind.link_for(due.desk), due.due_at, None, at, what=lambda: str(kind.label)
    )
