"""The other side of a proof: a process with the database under test that answers calls by one line of JSON each."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Count, Max

from plp.delivery import actions
from plp.delivery.models import Dispatch, Dispatches, Message
from plp.delivery.queries import ledger
from plp.delivery.references import reference_of
from plp.toolbox import clock
from tests.factories import outbox


def create_people_and_message(people: int) -> str:
    """Tables, people and one message; answers its id."""
    outbox.make_database()
    outbox.people(people, at=clock.now())
    return str(outbox.message(at=clock.now()).pk)


def queue_for_people_in_range(message: str, first: int, last: int) -> int:
    """Queue the message for the people with these numbers."""
    contacts = outbox.audience().filter(digest__gte=f"{first:064x}", digest__lt=f"{last:064x}")
    return actions.enqueue_copy_for_each_person(
        message=Message.objects.get(pk=message), contacts=contacts, at=clock.now()
    )


def queue_alarm_for_people_in_range(first: int, last: int) -> list:
    """Release an urgent message for the people with these numbers; answers its id and the time of its commit."""
    made = outbox.message(at=clock.now(), urgent=True)
    queue_for_people_in_range(str(made.pk), first, last)
    return [made.pk.hex, clock.now().timestamp()]


def timestamp_of_last_outcome(message: str) -> float:
    """When the last result of a message was written, as a timestamp."""
    found = Dispatch.objects.filter(message=message).aggregate(last=Max("settled_at"))["last"]
    return found.timestamp() if found else 0.0


def has_waiting_copies() -> bool:
    """Whether a row is not at an end. A cheap question, for it is asked while workers are measured, and a single one:
    between two of them a row goes back to where was looked already.
    """
    ways = (Dispatches.QUEUED, Dispatches.HELD, Dispatches.IN_HAND)
    asked = " OR ".join(f"EXISTS (SELECT 1 FROM delivery_dispatch WHERE {way})" for way in ways)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return bool(cursor.fetchone()[0])


def ledger_and_copy_states(message: str) -> dict:
    """The ledger, and the state of each copy by its reference."""
    found = Message.objects.get(pk=message)
    rows = Dispatch.objects.filter(message=found).values_list("id", "state", "unknowns")
    doubled = Dispatch.objects.values("person").annotate(n=Count("id")).filter(n__gt=1).count()
    return {
        "ledger": ledger(found).as_json(),
        "copies": {reference_of(number, found.pk): [state, unknowns] for number, state, unknowns in rows},
        "doubled": doubled,
    }


PROCEDURES = {
    function.__name__: function
    for function in (
        create_people_and_message,
        queue_for_people_in_range,
        queue_alarm_for_people_in_range,
        timestamp_of_last_outcome,
        has_waiting_copies,
        ledger_and_copy_states,
    )
}


def serve_procedure_calls(procedures: Mapping[str, Callable[..., Any]] = PROCEDURES) -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(procedures[name](*arguments)) + "\n")
        sys.stdout.flush()
