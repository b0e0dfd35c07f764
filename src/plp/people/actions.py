"""Writes about persons. Rooms above decide who may; here it is made sure that it can be done."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.people import erasures
from plp.people.models import Consent, ContactPoint, Household, Person, Preference
from plp.people.queries import contact_digest, house_digest
from plp.people.rules import (
    clean_house_number,
    clean_name,
)
from plp.places.models import Street
from plp.toolbox.moves import Refused


class NotYours(Refused):
    """Only the person concerned may do this."""

    sentence = _("Only the person concerned can do this.")


@transaction.atomic
def register_person(
    *,
    name: str,
    language: str,
    by: Person | None,
    at: datetime,
    street: Street | None = None,
    house: str = "",
    is_new: bool = False,
) -> Person:
    """Register a person, with the household behind their front door where one is given (R24, R48).

    ``house`` is number and box as written on the door. Raises ``rules.BadName`` or ``rules.BadHouse``.
    """
    household = _get_or_create_household(street, house) if street is not None else None
    person = Person.objects.create(
        name=clean_name(name), language=language, household=household, created_at=at, is_new=is_new
    )
    Preference.objects.create(person=person, paused_until="")
    note(verb="person.registered", by=by, at=at, target=person)
    return person


def _get_or_create_household(street: Street, house: str) -> Household:
    """The household behind a front door, new or known. Raises ``rules.BadHouse``."""
    door = clean_house_number(house)
    household, _created = Household.objects.get_or_create(
        digest=house_digest(street, door), defaults={"street": street, "house": door}
    )
    return household


@transaction.atomic
def add_contact(
    *, person: Person, channel: str, address: str, by: Person | None, at: datetime, rank: int = 0
) -> ContactPoint:
    """Add a way to reach ``person``: unused until confirmed. ``address`` is in the channel's normal form.

    ``rank`` 0 puts it after the ones the person already has. Adding a known one again answers the same row.
    """
    own = person.contacts.filter(channel=channel, digest=contact_digest(channel, address)).first()
    if own is not None:
        return own
    contact = ContactPoint.objects.create(
        person=person,
        channel=channel,
        address=address,
        digest=contact_digest(channel, address),
        rank=rank or person.contacts.count() + 1,
        created_at=at,
    )
    note(verb="contact.added", by=by, at=at, target=contact, channel=channel)
    return contact


@transaction.atomic
def confirm_contact_and_clear_failure(*, contact: ContactPoint, by: Person | None, at: datetime) -> None:
    """Note that this contact was proven to reach its person: by code, by a call or at the door. A failure is over."""
    due = ContactPoint.objects.filter(Q(confirmed_at=None) | ~Q(failure=""), pk=contact.pk)
    if due.update(confirmed_at=at, failure="", failed_at=None):
        contact.confirmed_at, contact.failure, contact.failed_at = at, "", None
        note(verb="contact.confirmed", by=by, at=at, target=contact)


@transaction.atomic
def mark_contact_failing(*, contact: ContactPoint, failure: str, by: Person | None, at: datetime) -> bool:
    """Note that messages do not arrive there: ``failure`` is a ``ContactPoint.Failure``. Whether that is news."""
    unmarked = ContactPoint.objects.filter(pk=contact.pk).exclude(failure=failure)
    if not unmarked.update(failure=failure, failed_at=at):
        return False
    note(verb="contact.failing", by=by, at=at, target=contact, failure=failure)
    return True


@transaction.atomic
def stop_contact(*, contact: ContactPoint, how: str, by: Person | None, at: datetime) -> None:
    """STOP: nothing more to this contact, from the next claim on (R79, T41). ``how``: sms, mail, page, phone, paper."""
    if ContactPoint.objects.filter(pk=contact.pk, stopped_at=None).update(stopped_at=at):
        contact.stopped_at = at
        note(verb="contact.stopped", by=by, at=at, target=contact, how=how)
        erasures.record_erasure_on_commit("contact.stopped", contact.pk, at=at)


@transaction.atomic
def resume_contact(*, contact: ContactPoint, by: Person | None, at: datetime) -> None:
    """Take a STOP back."""
    if ContactPoint.objects.filter(pk=contact.pk).exclude(stopped_at=None).update(stopped_at=None):
        contact.stopped_at = None
        note(verb="contact.resumed", by=by, at=at, target=contact)
        erasures.record_erasure_on_commit("contact.resumed", contact.pk, at=at)


@transaction.atomic
def remove_contact(*, contact: ContactPoint, by: Person | None, at: datetime) -> None:
    """Delete a contact; what was sent to it stays as a row without address."""
    note(verb="contact.removed", by=by, at=at, target=contact)
    erasures.record_erasure_on_commit("contact.removed", contact.pk, at=at)
    contact.delete()


@transaction.atomic
def set_contact_order(*, person: Person, order: list[ContactPoint], by: Person | None, at: datetime) -> None:
    """Set the member's own order of channels: the first is tried first (R115)."""
    for rank, contact in enumerate(order, start=1):
        person.contacts.filter(pk=contact.pk).update(rank=rank)
    note(verb="contact.ranked", by=by, at=at, target=person)


@transaction.atomic
def set_contacts_at_firm(*, person: Person, keys: Collection[UUID], by: Person | None, at: datetime) -> None:
    """Say which of a person's contacts are those of the shop: exactly these."""
    person.contacts.filter(at_firm=True).exclude(pk__in=keys).update(at_firm=False)
    person.contacts.filter(pk__in=keys).update(at_firm=True)
    note(verb="contact.at_firm_set", by=by, at=at, target=person)


@transaction.atomic
def record_consent(
    *, person: Person, kind: str, version: str, by: Person | None, at: datetime, subject: str = ""
) -> Consent:
    """Record one consent or declaration with the version of the text read (R68, R81). Asking again renews nothing."""
    granted, created = Consent.objects.get_or_create(
        person=person, kind=kind, subject=subject, withdrawn_at=None, defaults={"version": version, "given_at": at}
    )
    if created:
        note(verb="consent.given", by=by, at=at, target=granted, kind=kind, subject=subject, version=version)
    return granted


@transaction.atomic
def withdraw_consent(*, person: Person, kind: str, by: Person | None, at: datetime, subject: str = "") -> None:
    """Withdraw a consent: as easy as giving it (R81)."""
    open_ones = Consent.objects.filter(person=person, kind=kind, subject=subject, withdrawn_at=None)
    if open_ones.update(withdrawn_at=at):
        note(verb="consent.withdrawn", by=by, at=at, target=person, kind=kind, subject=subject)


@transaction.atomic
def set_language(*, person: Person, language: str, by: Person | None, at: datetime) -> None:
    """The language in which this person is written to."""
    Person.objects.filter(pk=person.pk).update(language=language)
    person.language = language
    note(verb="person.language_set", by=by, at=at, target=person)


@transaction.atomic
def rename_person(*, person: Person, name: str, by: Person | None, at: datetime) -> None:
    """Correct a name (R79)."""
    person.name = clean_name(name)
    person.save(update_fields=["name"])
    note(verb="person.renamed", by=by, at=at, target=person)


@transaction.atomic
def set_front_door(*, person: Person, street: Street, house: str, by: Person | None, at: datetime) -> None:
    """Correct behind which front door somebody lives (R79). Raises ``rules.BadHouse``."""
    before = person.household
    person.household = _get_or_create_household(street, house)
    person.save(update_fields=["household"])
    if before is not None and not before.persons.exists():
        before.delete()
    note(verb="person.moved", by=by, at=at, target=person)


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, at: datetime) -> None:
    """Erase a person: contacts, consents, preferences, sign-in and name. Proof of sending stays without them (T51)."""
    note(verb="person.forgotten", by=by, at=at, target=f"people.person:{person.pk}")
    erasures.record_erasure_on_commit("person.forgotten", person.pk, at=at)
    household = person.household
    person.delete()
    if household is not None and not household.persons.exists():
        household.delete()
