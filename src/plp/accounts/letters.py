"""Letters to people about their own sign-in, so that nobody takes it over unseen: new browser, address, new start."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import QuerySet

from plp.delivery.letters import Context, LetterTemplate, send_letter
from plp.documents.dates import date_format
from plp.people import actions as persons
from plp.people.models import ContactPoint, Person
from plp.people.queries import contact_digest
from plp.toolbox.clock import local

MAIL = "email"  # the channel of these letters: a sign-in is an e-mail address
LASTS = timedelta(days=7)  # a word about a sign-in that comes later helps nobody
TEXTS = Path(__file__).parent / "texts"


def _account_letter_template(name: str) -> LetterTemplate:
    """No STOP silences it, and no proof of the address is waited for."""
    return LetterTemplate(TEXTS, name, f"people.{name}", lasts=LASTS, to_unconfirmed=True, despite_stop=True)


NEW_DEVICE, NEW_DEVICE_OF = _account_letter_template("new_device"), _account_letter_template("new_device_of")
ADDRESS_OLD, ADDRESS_NEW = _account_letter_template("address_old"), _account_letter_template("address_new")
NEW_START = _account_letter_template("new_start")
INVITATION = LetterTemplate(TEXTS, "invitation", "people.invitation", to_unconfirmed=True, despite_stop=True)


def get_or_create_email_contact(person: Person, email: str, *, at: datetime) -> QuerySet[ContactPoint]:
    """The contact of ``person`` with this address, made if it is not there."""
    persons.add_contact(person=person, channel=MAIL, address=email, by=person, at=at)
    return ContactPoint.objects.filter(person=person, channel=MAIL, digest=contact_digest(MAIL, email))


def queue_account_letter(
    template: LetterTemplate, contacts: QuerySet[ContactPoint], context: Context, *, at: datetime
) -> None:
    """Queue one of the letters of this room."""
    send_letter(template, to=contacts, context=context, area=None, by=None, at=at)


def date_and_hour_text(at: datetime) -> str:
    """Day and hour on a Belgian clock, in the active language."""
    return date_format(local(at), "DATETIME_FORMAT")
