"""Reads about persons, and the digests by which an equal value is found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from plp.people.models import Buddy, Consent, ContactPoint, Muted, Person, Preference
from plp.places.models import Street
from plp.toolbox.crypto import all_digests, digest


def contact_digest(channel: str, address: str) -> str:
    """The look-up key of a contact address in its channel's normal form."""
    return digest(f"{channel}:{address.lower()}", purpose="contact")


def house_digest(street: Street, house: str) -> str:
    """The look-up key of a front door."""
    return digest(f"{street.pk}:{house.lower().replace(' ', '')}", purpose="house")


def contacts_at(channel: str, address: str) -> QuerySet[ContactPoint]:
    """Every contact point with this address: a landline may be that of two people."""
    keys = all_digests(f"{channel}:{address.lower()}", purpose="contact")
    return ContactPoint.objects.filter(channel=channel, digest__in=keys)


def contacts_by_keys(keys: Iterable[str]) -> QuerySet[ContactPoint]:
    """The contact points with these keys (hex digits), of those that still are."""
    return ContactPoint.objects.filter(pk__in=[UUID(hex=key) for key in keys]).select_related("person")


def consent_history_of(person: Person) -> QuerySet[Consent]:
    """The whole history of what a person agreed to, newest first."""
    return person.consents.order_by("-given_at")


def paused_until(person: Person) -> datetime | None:
    """The end of a person's own pause: shown to themselves alone (T14)."""
    text = person.preference.paused_until
    return datetime.fromisoformat(text) if text else None


def distinct_digest_times() -> list[tuple[str, int, int]]:
    """The hours at which somebody wants their messages together: (kind, hour, weekday), each once."""
    rows = Preference.objects.exclude(digest="").values_list("digest", "digest_hour", "digest_weekday")
    return sorted(rows.distinct())


EVERYTHING = "everything"  # the topic of whoever wants no message at all


def contacts_not_muted(contacts: QuerySet[ContactPoint], topic: str) -> QuerySet[ContactPoint]:
    """``contacts`` without those of persons who muted ``topic``, or everything (R115)."""
    deaf = Muted.objects.filter(person=OuterRef("person"), topic__in=[topic, EVERYTHING])
    return contacts.filter(~Exists(deaf))


def muted_topics(person: Person) -> frozenset[str]:
    """The topics of which a person wants no messages."""
    return frozenset(person.muted.values_list("topic", flat=True))


def buddy_agreements_in_force(persons: QuerySet[Any, Any]) -> QuerySet[Buddy]:
    """Who receives a copy on behalf of one of ``persons`` (their keys), as agreed by both (R66)."""
    return Buddy.objects.filter(person__in=persons, agreed_at__isnull=False, ended_at=None)


def open_agreement_of_member(person: Person) -> Buddy | None:
    """Who was asked to receive for ``person``, or does; ``None`` if nobody."""
    return person.helped_by.filter(ended_at=None).select_related("helper").first()


def open_agreements_as_helper(person: Person) -> QuerySet[Buddy]:
    """For whom ``person`` receives, or was asked to."""
    return person.helps.filter(ended_at=None).select_related("person").order_by("asked_at")


def open_agreements_of_either_side(person: Person) -> QuerySet[Buddy]:
    """Every open agreement in which ``person`` is either side: what they may end."""
    mine = Q(person=person) | Q(helper=person)
    return Buddy.objects.filter(mine, ended_at=None).select_related("person", "helper")


def contacts_of(persons: QuerySet[Person]) -> QuerySet[ContactPoint]:
    """The contacts of these persons: for a word to the coordinator or an officer."""
    return ContactPoint.objects.filter(person__in=persons.values("pk"))
