"""Letters to people about their own sign-in, so that nobody takes it over unseen: new browser, address, new start."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from plp.delivery.letters import send_letter
from plp.mandates.models import Mandate
from plp.people import actions as persons
from plp.people.models import ContactPoint, Person
from plp.people.queries import contact_digest, contacts_of
from plp.toolbox.clock import local
from plp.toolbox.dates import date_format

MAIL = "email"  # the channel of these letters: a sign-in is an e-mail address
LASTS = timedelta(days=7)  # a word about a sign-in that comes later helps nobody
TEXTS = Path(__file__).parent / "texts"
type Places = Mapping[str, str | Callable[[str], str]]


def mailbox_of(person: Person, email: str, *, at: datetime) -> QuerySet[ContactPoint]:
    """The contact of ``person`` with this address, made if it is not there."""
    persons.add_contact(person=person, channel=MAIL, address=email, by=person, at=at)
    contacts = contacts_of(Person.objects.filter(pk=person.pk))
    return contacts.filter(channel=MAIL, digest=contact_digest(MAIL, email))


def send_account_letter(
    name: str,
    contacts: QuerySet[ContactPoint],
    person: Person,
    places: Places,
    *,
    at: datetime,
) -> None:
    """Queue one of the letters of this room: no STOP silences it, and no proof of the address is waited for."""
    send_letter(
        name=name,
        folder=TEXTS,
        contacts=contacts,
        languages=[person.language],
        places=places,
        purpose=f"people.{name}",
        expires_at=at + LASTS,
        unconfirmed=True,
        area=None,
        despite_stop=True,
        by=None,
        at=at,
    )


def account_link(page: str, key: str) -> str:
    """The whole address of a page of the sign-in."""
    return f"{settings.ORIGIN}/account/{page}/{key}/"


def moment_place(at: datetime) -> Callable[[str], str]:
    """Day and hour, in the language of a letter."""

    def in_language(language: str) -> str:
        with translation.override(language):
            return date_format(local(at), "DATETIME_FORMAT")

    return in_language


def role_place(mandate: Mandate) -> Callable[[str], str]:
    """The name of a role, in the language of a letter."""

    def in_language(language: str) -> str:
        with translation.override(language):
            return str(mandate.get_role_display())

    return in_language
