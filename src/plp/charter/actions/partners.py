"""Writes of the partners' contact details (R92, R95)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from plp.charter import refusals
from plp.charter.actions.amendments import raise_and_mail_amendment
from plp.charter.models import Amendment, Contact
from plp.charter.queries import ContactDetails
from plp.journal.actions import note
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership
from plp.partnership.presentation import publish_contact_email_of_charter
from plp.partnership.translations import Translations
from plp.people.models import Person


@transaction.atomic
def set_contact_and_amend_charter(
    *,
    partnership: Partnership,
    slot: str,
    organisation: str,
    name: str,
    email: str,
    phone: str,
    by: Person | None,
    at: datetime,
    translations: Translations | None = None,
    addressed_as: str = "",
) -> Contact:
    """Give or change the contact details of one partner; after the signature this raises an amendment (R95).

    The coordinator's address is the one that everybody may read, as long as no other was given for that.
    ``translations`` holds the language of ``organisation``, and its sisters; ``addressed_as``, a value of
    ``Contact.AddressedAs``, how letters greet the person: to change these alone amends nothing.

    Raises ``ContactIncomplete`` without a name, a service, or any way to be reached.
    """
    require_unless_machine(by, Permission.CHARTER_WRITE, partnership.area, at=at)
    require_gate(partnership, Gate.AREA, by=by, at=at)
    if not (organisation.strip() and name.strip() and (email.strip() or phone.strip())):
        raise refusals.ContactIncomplete
    contact = Contact.objects.filter(partnership=partnership, slot=slot).first()
    contact = contact or Contact(partnership=partnership, slot=slot)
    details = (organisation.strip(), name.strip(), email.strip(), phone.strip())
    if slot == Role.COORDINATOR:
        publish_contact_email_of_charter(partnership, email.strip(), earlier=contact.email)
    if contact.changed_at and details == (contact.organisation, contact.name, contact.email, contact.phone):
        greeted = {"translations": translations or contact.translations, "addressed_as": addressed_as}
        Contact.objects.filter(pk=contact.pk).update(**greeted)
        return contact
    contact.organisation, contact.name, contact.email, contact.phone = details
    contact.translations, contact.addressed_as = translations, addressed_as
    contact.changed_at, contact.changed_by = at, by
    contact.save()
    note(verb="charter.contact", by=by, at=at, area=partnership.area.path, target=contact, slot=slot)
    raise_and_mail_amendment(partnership=partnership, cause=Amendment.Cause.CONTACT, by=by, at=at)
    return contact


@transaction.atomic
def set_contacts_and_amend_charter(
    *, partnership: Partnership, contacts: Mapping[str, ContactDetails], by: Person | None, at: datetime
) -> None:
    """Give or change the contact details of several partners, by their slots. Raises as that of one does."""
    for slot, details in contacts.items():
        set_contact_and_amend_charter(
            partnership=partnership,
            slot=slot,
            organisation=details.organisation.words,
            name=details.name,
            email=details.email,
            phone=details.phone,
            translations={"organisation": details.organisation.stored()},
            addressed_as=details.addressed_as,
            by=by,
            at=at,
        )
