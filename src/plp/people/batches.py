"""Many persons at once, as a set: what a list of members brings in, and how that is taken back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from plp.journal.actions import note
from plp.people.models import Consent, ContactPoint, Household, Person, Preference
from plp.people.queries import contact_digest, house_digest
from plp.places.models import Street

BATCH = 1_000


@dataclass(frozen=True)
class Newcomer:
    """A person to register. Name, house and addresses are in their normal forms already."""

    name: str
    language: str
    contacts: Sequence[tuple[str, str]]  # (channel, address), first choice first
    street: Street | None = None
    house: str = ""


@transaction.atomic
def register_persons(
    *,
    newcomers: Sequence[Newcomer],
    version: str,
    consented_at: datetime,
    confirmed: Collection[str],
    by: Person | None,
    at: datetime,
) -> list[Person]:
    """Register persons with their doors, contacts and consents in a few statements; one entry in the journal.

    Whoever brings them vouches that their consent is proven and that the contacts are theirs: those of the channels
    ``confirmed`` count as confirmed. ``version`` names where the proof is found; ``consented_at`` is the day of it.
    """
    doors = _get_or_create_households_by_digest(
        {
            house_digest(newcomer.street, newcomer.house): newcomer
            for newcomer in newcomers
            if newcomer.street is not None
        }
    )
    persons = [
        Person(
            name=newcomer.name,
            language=newcomer.language,
            household=doors[house_digest(newcomer.street, newcomer.house)] if newcomer.street else None,
            created_at=at,
        )
        for newcomer in newcomers
    ]
    Person.objects.bulk_create(persons, batch_size=BATCH)
    Preference.objects.bulk_create(
        (Preference(person=newcomer, paused_until="") for newcomer in persons), batch_size=BATCH
    )
    pairs = list(zip(persons, newcomers, strict=True))
    contacts = [
        point for person, newcomer in pairs for point in _unsaved_contacts(person, newcomer.contacts, confirmed, at=at)
    ]
    ContactPoint.objects.bulk_create(contacts, batch_size=BATCH)
    consents = [
        consent for person, newcomer in pairs for consent in _unsaved_consents(person, newcomer, version, consented_at)
    ]
    Consent.objects.bulk_create(consents, batch_size=BATCH)
    note(verb="person.registered_all", by=by, at=at, persons=len(persons), contacts=len(contacts), version=version)
    return persons


def _get_or_create_households_by_digest(newcomers: dict[str, Newcomer]) -> dict[str, Household]:
    """The households of these doors: those that are there, and new ones."""
    households = {
        item.digest: item for item in Household.objects.filter(street__in={item.street for item in newcomers.values()})
    }
    new = [
        Household(street=item.street, house=item.house, digest=key)
        for key, item in newcomers.items()
        if key not in households
    ]
    Household.objects.bulk_create(new, batch_size=BATCH)
    return {key: item for key, item in households.items() if key in newcomers} | {item.digest: item for item in new}


def _unsaved_contacts(
    person: Person, contacts: Sequence[tuple[str, str]], confirmed: Collection[str], *, at: datetime
) -> list[ContactPoint]:
    return [
        ContactPoint(
            person=person,
            channel=channel,
            address=address,
            digest=contact_digest(channel, address),
            rank=rank,
            created_at=at,
            confirmed_at=at if channel in confirmed else None,
        )
        for rank, (channel, address) in enumerate(contacts, start=1)
    ]


def _unsaved_consents(person: Person, newcomer: Newcomer, version: str, given_at: datetime) -> list[Consent]:
    kinds = [(Consent.Kind.JOINING, ""), *((Consent.Kind.CHANNEL, key) for key in dict(newcomer.contacts))]
    return [
        Consent(person=person, kind=kind, subject=subject, version=version, given_at=given_at)
        for kind, subject in kinds
    ]


@transaction.atomic
def erase_persons_without_sign_in(*, keys: Iterable[UUID], by: Person | None, at: datetime) -> int:
    """Erase persons who hold no sign-in, and the households left empty; answer how many persons."""
    persons = Person.objects.filter(pk__in=list(keys), account=None)
    doors = set(persons.exclude(household=None).values_list("household", flat=True))
    count = persons.count()
    persons.delete()
    Household.objects.filter(pk__in=doors, persons=None).delete()
    note(verb="person.forgotten_all", by=by, at=at, persons=count)
    return count
