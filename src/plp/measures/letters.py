"""Letters of this room: that a letter waits, never what it says. Texts in ``texts``."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.measures.models import File
from plp.people.models import Person
from plp.people.queries import contacts_of

TEXTS = Path(__file__).parent / "texts"
WAITING = LetterTemplate(TEXTS, "letter", "measures.letter")
TO_SIGN = LetterTemplate(TEXTS, "to_sign", "measures.to_sign")
NEWS = LetterTemplate(TEXTS, "news", "measures.news")
KEPT = LetterTemplate(TEXTS, "own_words", "measures.own_words")
OWN_PAGE = pages.OWN_MEASURES.path()


def notify_person_of_letter(file: File, *, by: Person | None, at: datetime) -> int:
    """Let the person concerned know that a letter waits on their own page; answer how many copies left."""
    return _send_measure_letter(WAITING, file, Person.objects.filter(pk=file.person_id), OWN_PAGE, by=by, at=at)


def notify_person_words_are_kept(file: File, *, by: Person, at: datetime) -> None:
    """Let the person concerned know that the police keep what they wrote: why stands on their own page."""
    _send_measure_letter(KEPT, file, Person.objects.filter(pk=file.person_id), OWN_PAGE, by=by, at=at)


def mail_signature_request(file: File, persons: QuerySet[Person], *, by: Person | None, at: datetime) -> int:
    """Ask whoever holds the office whose turn it is."""
    return _send_measure_letter(TO_SIGN, file, persons, pages.MEASURE.path(file.pk), by=by, at=at)


def mail_deciders_of_file_news(file: File, persons: QuerySet[Person], *, by: Person | None, at: datetime) -> int:
    """Let those who decide know that something new stands in a file."""
    return _send_measure_letter(NEWS, file, persons, pages.MEASURE.path(file.pk), by=by, at=at)


def _send_measure_letter(
    template: LetterTemplate, file: File, persons: QuerySet[Person], page: str, *, by: Person | None, at: datetime
) -> int:
    return send_letter(
        template,
        to=contacts_of(persons),
        context=lambda language: {"partnership": file.partnership.name(language), "link": f"{settings.ORIGIN}{page}"},
        area=file.partnership.area,
        by=by,
        at=at,
    )
