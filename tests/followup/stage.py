"""A stage for the follow-up: a message released and not yet relayed, and people who can be reached."""

from datetime import datetime

from plp.followup.models import Due
from plp.followup.queries.desk_holders import RELAY
from plp.mandates.grants import Role, Task
from plp.mandates.models import Delegation, Mandate
from plp.notices.models import Notice
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, contact, hold, person
from tests.factories.notices import drafted_notice, submit_and_release

CORE = "Deux personnes en vêtements de travail sombres sonnent aux portes rue de Verdun vers 14h30. Fermez à clé."


def reachable(cast: Cast) -> None:
    """Give everybody who acts an address."""
    for number, someone in enumerate(
        (cast.here.coordinator, cast.here.deputy, cast.officer, cast.second_officer, cast.chief)
    ):
        contact(someone, "email", f"p{number}@example.org")
        contact(someone, "sms", f"+3247000010{number}")


def delegate(cast: Cast, *, task: Task = Task.MESSAGES) -> Person:
    """A committee member who was given the messages."""
    someone = person("Emma Comité")
    contact(someone, "email", "emma@example.org")
    mandate = hold(someone, Role.COMMITTEE, cast.here.area)
    Delegation.objects.create(mandate=mandate, task=task, starts_at=NOW)
    return someone


def released(cast: Cast, kind: str = "alarm", at: datetime = NOW) -> Notice:
    """A message that waits for the coordinator of ``here``."""
    return submit_and_release(drafted_notice(cast, {"fr": ("Vol par ruse", CORE)}, kind=kind, at=at), cast, at=at)


def mandate_of(someone: Person) -> Mandate:
    """The one mandate of somebody."""
    return Mandate.objects.get(person=someone)


def relay_due() -> Due:
    """The one message that waits."""
    return Due.objects.get(kind=RELAY, done_at=None)
