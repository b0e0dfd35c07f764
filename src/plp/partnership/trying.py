"""A message to oneself, to see whether it arrives."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from plp.delivery.models import Dispatch
from plp.journal.actions import note
from plp.partnership.heeding import partnership_of
from plp.partnership.letters import send_letter
from plp.partnership.queries import contacts_of
from plp.people.actions import NotYours
from plp.people.models import ContactPoint, Person

TEST = "people.test"


@transaction.atomic
def try_contact(*, contact: ContactPoint, by: Person, at: datetime, page: str = "/m/settings/") -> None:
    """Send one message to a contact of one's own; it names ``page``, where one goes on. Raises ``NotYours``.

    It asks for no proof of the address and waits for no quiet hours: somebody looks for it now.
    """
    if contact.person_id != by.pk:
        raise NotYours
    send_letter(
        name="test",
        contacts=contacts_of(Person.objects.filter(pk=by.pk)).filter(pk=contact.pk),
        languages=[by.language],
        places={"link": f"{settings.ORIGIN}{page}"},
        purpose=TEST,
        expires_at=None,
        unconfirmed=True,
        partnership=partnership_of(by),
        by=by,
        at=at,
    )
    note(verb="contact.tried", by=by, at=at, target=contact)


def tests_of(person: Person) -> dict[str, Dispatch]:
    """The last test of each channel that ``person`` sent to themselves."""
    sent = Dispatch.objects.filter(message__purpose=TEST, person=person.pk).order_by("queued_at", "pk")
    return {dispatch.channel: dispatch for dispatch in sent}
