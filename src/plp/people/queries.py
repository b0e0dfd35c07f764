"""Reads about persons, and the digests by which an equal value is found."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from plp.people.models import Consent, ContactPoint, Person
from plp.places.models import Street
from plp.toolbox.crypto import digest


def account_digest(email: str) -> str:
    """The user name of the account with this e-mail address."""
    return digest(email.strip().lower(), purpose="account")


def contact_digest(channel: str, address: str) -> str:
    """The look-up key of a contact address in its channel's normal form."""
    return digest(f"{channel}:{address.lower()}", purpose="contact")


def house_digest(street: Street, house: str) -> str:
    """The look-up key of a front door."""
    return digest(f"{street.pk}:{house.lower().replace(' ', '')}", purpose="house")


def contacts_at(channel: str, address: str) -> QuerySet[ContactPoint]:
    """Every contact point with this address: a landline may be that of two people."""
    return ContactPoint.objects.filter(channel=channel, digest=contact_digest(channel, address))


def contacts_in(keys: Iterable[str]) -> QuerySet[ContactPoint]:
    """The contact points with these keys (hex digits), of those that still are."""
    return ContactPoint.objects.filter(pk__in=[UUID(hex=key) for key in keys]).select_related("person")


def consents_of(person: Person) -> QuerySet[Consent]:
    """The whole history of what a person agreed to, newest first."""
    return person.consents.order_by("-given_at")


def paused_until(person: Person) -> datetime | None:
    """The end of a person's own pause: shown to themselves alone (T14)."""
    text = person.preference.paused_until
    return datetime.fromisoformat(text) if text else None
