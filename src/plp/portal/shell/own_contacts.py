"""Ways to be reached that people add for themselves, each with its consent: an address, or the browser they use."""

from datetime import datetime

from django.db import transaction

from plp.channels.webpush import WebPush
from plp.people import actions as people
from plp.people.models import Consent, ContactPoint, Person

SETTINGS_VERSION = "settings"  # of a consent that was read on the page itself


@transaction.atomic
def add_own_contact_and_consent(person: Person, *, channel: str, address: str, at: datetime) -> ContactPoint:
    """Add a way to be reached, with its consent."""
    contact = people.add_contact(person=person, channel=channel, address=address, by=person, at=at)
    people.record_consent(
        person=person, kind=Consent.Kind.CHANNEL, subject=channel, version=SETTINGS_VERSION, by=person, at=at
    )
    return contact


@transaction.atomic
def add_confirmed_push_device(person: Person, *, subscription: str, at: datetime) -> ContactPoint:
    """Send notifications to the browser that gave ``subscription``: proof enough that it is theirs.

    Raises ``channels.webpush.channel.NoSubscription``.
    """
    contact = add_own_contact_and_consent(person, channel=WebPush.key, address=WebPush().normalise(subscription), at=at)
    people.confirm_contact_and_clear_failure(contact=contact, by=person, at=at)
    people.resume_contact(contact=contact, by=person, at=at)
    return contact
