"""People with contacts, and messages for them, in any number: for the tests and benchmarks of the outbox."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from plp.delivery import actions
from plp.delivery.models import Message
from plp.delivery.texts import Slot, Text
from plp.ops.commands.migrate import create_tables_as_migrated
from plp.people.models import ContactPoint, Person, Preference

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
BODY = (
    f"Bonjour {Slot.NAME},\n\n"
    + "Des vols ont été commis cette semaine dans le quartier. Fermez portes et fenêtres.\n" * 8
    + f"\nCode : {Slot.CHECK_CODE}\nRéglages : {Slot.SETTINGS_LINK}\nArrêter : {Slot.STOP_LINK}\n"
)
HTML = "<html><body><p>" + BODY.replace("\n", "<br>\n") + "</p></body></html>"


def make_database() -> None:
    """Make all tables, for a process that runs outside of the test database; nothing where there are some."""
    if not connection.introspection.table_names():
        create_tables_as_migrated()


def people(number: int, *, channel: str = "email", at: datetime = AT, first: int = 0) -> None:
    """So many persons with one confirmed contact each, numbered in ``digest``."""
    with transaction.atomic():
        for start in range(first, first + number, 5000):
            numbers = range(start, min(start + 5000, first + number))
            persons = [Person(name=f"Élise Van den Berghe {n}", language="fr", created_at=at) for n in numbers]
            Person.objects.bulk_create(persons)
            Preference.objects.bulk_create(Preference(person=person, paused_until="") for person in persons)
            ContactPoint.objects.bulk_create(
                ContactPoint(
                    person=person,
                    channel=channel,
                    address=address_of(channel, n),
                    digest=f"{n:064x}",
                    created_at=at,
                    confirmed_at=at,
                )
                for n, person in zip(numbers, persons, strict=True)
            )


def address_of(channel: str, number: int) -> str:
    """An address nobody has."""
    return f"+324{number:08d}" if channel != "email" else f"member{number}@example.be"


def person(*contacts: tuple[str, str], at: datetime = AT, **wishes: Any) -> Person:
    """A person with confirmed contacts ``(channel, address)`` in their own order, and ``Preference`` fields."""
    made = Person.objects.create(name="Léa Peeters", language="fr", created_at=at)
    Preference.objects.create(person=made, **{"paused_until": "", **wishes})
    for rank, (channel, address) in enumerate(contacts, 1):
        ContactPoint.objects.create(
            person=made,
            channel=channel,
            address=address,
            digest=address,
            rank=rank,
            created_at=at,
            confirmed_at=at,
        )
    return made


def audience() -> QuerySet[ContactPoint]:
    """Every contact, as the rooms above hand them over."""
    return ContactPoint.objects.all()


def message(*channels: str, at: datetime = AT, body: str = BODY, **more: Any) -> Message:
    """A message in French for some channels (e-mail alone if none is named)."""
    keys: Sequence[str] = channels or ("email",)
    texts = [Text(key, "fr", "Vols dans le quartier", body, HTML if key == "email" else "") for key in keys]
    return actions.create_message(purpose="notice.advice", texts=texts, channels=keys, by=None, at=at, **more)
