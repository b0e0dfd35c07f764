"""Letters of this room: a thing is due, a thing was passed on. Never its words. Texts in ``texts``."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.documents.dates import date_format
from plp.followup.clocks import DueKind
from plp.followup.models import Due, Explanation, FollowUpMeeting, InformationRequest, Rating
from plp.followup.queries.urgent_matters import UrgentMatter
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.partnership.models import Partnership
from plp.partnership.signs import SIGNS, kind_names_within_sentence
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"


def _followup_letter_template(name: str) -> LetterTemplate:
    return LetterTemplate(TEXTS, name, f"followup.{name}")


REQUEST_ASKED, REQUEST_ANSWERED = (
    _followup_letter_template("request_asked"),
    _followup_letter_template("request_answered"),
)
EXPLAINED, DUE = _followup_letter_template("explained"), _followup_letter_template("due_told")
RATED, RATING_ANSWERED = _followup_letter_template("rated"), _followup_letter_template("rating_answered")
MEETING_CONVENED, MEETING_CANCELLED = (
    _followup_letter_template("meeting_convened"),
    _followup_letter_template("meeting_cancelled"),
)
MEETING_MINUTES = _followup_letter_template("meeting_minutes")

ON_CALL = LetterTemplate(TEXTS, "on_call", "followup.on_call", lasts=timedelta(hours=12))
ON_CALL_PHONE = LetterTemplate(TEXTS, "on_call_phone", "followup.on_call", lasts=timedelta(hours=1))


def write_to_on_call_persons(matter: UrgentMatter, persons: QuerySet[Person], *, at: datetime) -> int:
    """Tell the next ones of a rota that whoever is on call did not answer; nothing of its words (ADR 74)."""
    return _send_followup_letter(
        ON_CALL, matter.partnership, persons, matter.page, at, None, at, what=lambda: str(matter.what)
    )


def phone_on_call_persons(matter: UrgentMatter, persons: QuerySet[Person], *, at: datetime) -> int:
    """Ring them: a machine says what waits (ADR 55)."""
    return _send_followup_letter(
        ON_CALL_PHONE, matter.partnership, persons, matter.page, at, None, at, what=lambda: str(matter.what)
    )


def send_request_letter(request: InformationRequest, reader: Person, *, by: Person, at: datetime) -> int:
    """Write to the one of the police who answers that a request has come; nothing of its words."""
    return _send_followup_letter(
        REQUEST_ASKED,
        request.partnership,
        Person.objects.filter(pk=reader.pk),
        pages.REQUESTS_POLICE.path(),
        request.due_at,
        by,
        at,
    )


def send_request_answer_letter(request: InformationRequest, *, by: Person, at: datetime) -> int:
    """Write to whoever asks for the partnership that the police answered; nothing of their words."""
    readers = permission_holders(Permission.REQUEST_ASK, request.partnership.area, at=at)
    return _send_followup_letter(
        REQUEST_ANSWERED, request.partnership, readers, pages.REQUESTS_ASKED.path(), at, by, at
    )


def send_explanation_letter(explanation: Explanation, *, by: Person, at: datetime) -> int:
    """Write to the coordinator that the police explained why no message came."""
    readers = permission_holders(Permission.REQUEST_ASK, explanation.partnership.area, at=at)
    return _send_followup_letter(EXPLAINED, explanation.partnership, readers, pages.REQUESTS_ASKED.path(), at, by, at)


def send_reminder_to_other_side(due: Due, kind: DueKind, permission: Permission, *, at: datetime) -> int:
    """Let the other side know of a reminder (R130): whoever holds ``permission`` there."""
    readers = permission_holders(permission, due.partnership.area, at=at)
    return _send_followup_letter(
        DUE, due.partnership, readers, pages.REQUESTS_ASKED.path(), due.due_at, None, at, what=lambda: str(kind.label)
    )


def send_rating_letter(rating: Rating, *, by: Person, at: datetime) -> int:
    """Write to the coordinator that the police said how an exchange went; nothing of their words (R57)."""
    readers = permission_holders(Permission.EXCHANGE_ANSWER, rating.partnership.area, at=at)
    return _send_followup_letter(RATED, rating.partnership, readers, pages.RATING.path(rating.pk), at, by, at)


def send_rating_answer_letter(rating: Rating, *, by: Person, at: datetime) -> int:
    """Write to whoever rated that the coordinator answered."""
    readers = Person.objects.filter(pk__in=[rating.by_id] if rating.by_id else [])
    return _send_followup_letter(RATING_ANSWERED, rating.partnership, readers, pages.RATING.path(rating.pk), at, by, at)


def send_meeting_letter(template: LetterTemplate, meeting: FollowUpMeeting, *, by: Person | None, at: datetime) -> int:
    """Queue one of the letters about a meeting to both sides (R61)."""
    readers = permission_holders(Permission.EXCHANGE_TALK, meeting.partnership.area, at=at)
    page = pages.FOLLOWUP_MEETING.path(meeting.partnership.key, meeting.pk)
    return _send_followup_letter(
        template, meeting.partnership, readers, page, meeting.starts_at, by, at, what=lambda: meeting.place
    )


def _send_followup_letter(
    template: LetterTemplate,
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
    return send_letter(
        template,
        to=contacts_of(persons),
        context=lambda language: {
            "sign": SIGNS[partnership.kind][language],
            "network": kind_names_within_sentence(partnership.kind)[language],
            "partnership": partnership.name(language),
            "day": date_format(local(day), "DATETIME_FORMAT"),
            "what": what(),
            "link": f"{settings.ORIGIN}{page}",
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def send_due_letter(letter: str, due: Due, kind: DueKind, persons: QuerySet[Person], *, at: datetime) -> int:
    """Queue one of ``due_reminder``, ``due_yours`` and ``due_moved`` to ``persons``; answer how many copies.

    By mail, and by SMS too where the kind is pressing: then the text with the same name in ``_urgent`` is taken.
    """
    template = _followup_letter_template(f"{letter}_urgent" if kind.by_sms else letter)
    return _send_followup_letter(
        template, due.partnership, persons, kind.link_for(due.desk), due.due_at, None, at, what=lambda: str(kind.label)
    )
