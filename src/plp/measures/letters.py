"""Letters of this room: that a letter waits, never what it says. Texts in ``texts``."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from plp.delivery.letters import send_letter
from plp.measures.models import File
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.people.queries import contacts_of

TEXTS = Path(__file__).parent / "texts"
OWN_PAGE = "/measures/mine/"


def tell_person(file: File, *, by: Person | None, at: datetime) -> int:
    """Let the person concerned know that a letter waits on their own page; answer how many copies left."""
    return _send("letter", file, Person.objects.filter(pk=file.person_id), OWN_PAGE, by=by, at=at)


def tell_signers(file: File, persons: QuerySet[Person], *, by: Person | None, at: datetime) -> int:
    """Ask whoever holds the office whose turn it is."""
    return _send("to_sign", file, persons, f"/measures/{file.pk}/", by=by, at=at)


def tell_deciders(file: File, persons: QuerySet[Person], *, by: Person | None, at: datetime) -> int:
    """Let those who decide know that something new stands in a file."""
    return _send("news", file, persons, f"/measures/{file.pk}/", by=by, at=at)


def _send(name: str, file: File, persons: QuerySet[Person], page: str, *, by: Person | None, at: datetime) -> int:
    if not persons.exists():
        return 0
    return send_letter(
        name=name,
        folder=TEXTS,
        contacts=contacts_of(persons),
        languages=[language for language, _label in LANGUAGE_CHOICES],
        places={"partnership": file.partnership.name, "link": f"{settings.ORIGIN}{page}"},
        purpose=f"measures.{name}",
        expires_at=None,
        unconfirmed=False,
        area=file.partnership.area,
        by=by,
        at=at,
    )
