"""Letters of this room: a thing is due, a thing was passed on. Never its words. Texts in ``texts``."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import formats, translation

from plp.followup.clocks import Kind
from plp.followup.models import Due
from plp.partnership.letters import send_letter
from plp.partnership.queries import contacts_of
from plp.people.models import Person
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("fr", "nl", "de", "en")


def tell(letter: str, due: Due, kind: Kind, persons: QuerySet[Person], *, at: datetime) -> int:
    """Queue one of ``due_reminder``, ``due_yours`` and ``due_moved`` to ``persons``; answer how many copies.

    By mail, and by SMS too where the kind is pressing: then the text with the same name in ``_urgent`` is taken.
    """
    name, total = f"{letter}_urgent" if kind.by_sms else letter, 0
    for language in LANGUAGES:
        readers = persons.filter(language=language)
        if not readers.exists():
            continue
        with translation.override(language):
            places = {
                "partnership": due.partnership.name(language),
                "what": str(kind.label),
                "day": formats.date_format(local(due.due_at), "DATETIME_FORMAT"),
                "link": f"{settings.ORIGIN}{kind.link_for(due.desk)}",
            }
        total += send_letter(
            name=name,
            folder=TEXTS,
            contacts=contacts_of(readers),
            languages=[language],
            places=places,
            purpose=f"followup.{letter}",
            expires_at=None,
            unconfirmed=False,
            by=None,
            at=at,
        )
    return total
