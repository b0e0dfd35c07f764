"""The other side of the proof of money: strangers who ask for codes by SMS, and a quarter's bulk beside them.

A process with the database under test; each line of JSON calls a procedure (``message_queue.serve_procedure_calls``).
"""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import OperationalError, connection
from django.db.models import Count

from plp.delivery import actions
from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.delivery.models import Dispatch, Pulse
from plp.delivery.queries import count_urgent_persons_to_call
from plp.membership.codes import send_one_time_code
from plp.people.models import ContactPoint, Person, Preference
from plp.people.queries import contact_digest
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox

CLIENTS = 50  # who ask at the same time
COSTLY = ("+3290{:07d}", "+3278{:06d}", "+882{:08d}", "+252{:08d}", "+31651{:06d}", "101", "090{:06d}", "+3370{:07d}")


NETWORKS = (*range(70, 76), *range(77, 80), *range(83, 88), *range(90, 100))


def attacker_phone_numbers(count: int, seed: int) -> Iterator[str]:
    """What an attacker types: one in four at random, two in four one after another, one in four that costs more."""
    dice = random.Random(seed)
    for number in range(count):
        if number % 4 == 0:
            yield dice.choice(COSTLY).format(dice.randrange(10**6))
        elif number % 4 == 1:
            yield f"+324{dice.choice(NETWORKS)}{dice.randrange(10**6):06d}"
        else:
            yield f"+324761{number:05d}"


def request_codes_by_sms_and_count_taken(count: int, seed: int) -> list[int]:
    """Ask for a code to each number, ``CLIENTS`` at a time; answers how many were taken and refused at the door."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        taken = list(clients.map(request_code_by_sms, attacker_phone_numbers(count, seed)))
    return [sum(taken), len(taken) - sum(taken)]


def request_code_by_sms(number: str) -> bool:
    """One request, as the page that takes a number does it; answers whether it was taken.

    Where the database has no turn for it in time, the page says to come back later.
    """
    try:
        address = channels()["sms"].normalise(number)
    except BadAddress:
        return False
    at = clock.now()
    try:
        person = Person.objects.create(name="Nobody Known", language="fr", created_at=at)
        Preference.objects.create(person=person, paused_until="")
        contact = ContactPoint.objects.create(
            person=person, channel="sms", address=address, digest=contact_digest("sms", address), created_at=at
        )
        send_one_time_code(contact=contact, purpose="confirm_contact", browser="b", by=None, at=at)
    except OperationalError:
        return False
    finally:
        connection.close()
    return True


def create_members_and_queue_sms_alarm(people: int, area: str, body: str) -> str:
    """An alarm by SMS to so many members of a quarter who have an e-mail address too; answers its id."""
    for number in range(people):
        outbox.person(("sms", f"+32488{number:06d}"), ("email", f"member{number}@example.be"), at=clock.now())
    return queue_alarm_by_sms_or_email(area, body)[0]


def create_people_with_mobile(mobile: int, both: int) -> None:
    """So many people with a mobile number alone, and with an e-mail address besides."""
    for number in range(mobile):
        outbox.person(("sms", f"+32487{number:06d}"), at=clock.now())
    for number in range(both):
        outbox.person(("sms", f"+32488{number:06d}"), ("email", f"member{number}@example.be"), at=clock.now())


def queue_alarm_by_sms_or_email(area: str, body: str) -> tuple[str, float]:
    """An alarm by SMS, else by e-mail, to everybody; answers its id and the time of its commit."""
    made = outbox.message("sms", "email", at=clock.now(), area=area, body=body, urgent=True)
    members = outbox.audience().filter(confirmed_at__isnull=False)
    actions.enqueue_copy_for_each_person(message=made, contacts=members, at=clock.now())
    return str(made.pk), clock.now().timestamp()


def count_people_to_call(message: str) -> int:
    """How many people of an alarm the coordinator is told to call."""
    return count_urgent_persons_to_call([UUID(message)], "calls").get(UUID(message), 0)


def count_sms_by_state_and_reason() -> dict[str, int]:
    """How many copies by SMS are at which end, and for which reason."""
    rows = Dispatch.objects.filter(channel="sms").values_list("state", "reason").annotate(n=Count("id"))
    return {f"{state} {reason}".strip(): number for state, reason, number in rows}


def is_any_copy_unfinished() -> bool:
    """Whether a worker still has something to do."""
    return Dispatch.objects.filter(state__in=["queued", "claimed", "sending"]).exists()


def was_worker_seen() -> bool:
    """Whether a worker said that it is at work."""
    return Pulse.objects.filter(key="worker").exists()


PROCEDURES = {
    function.__name__: function
    for function in (
        outbox.make_database,
        request_codes_by_sms_and_count_taken,
        create_members_and_queue_sms_alarm,
        create_people_with_mobile,
        queue_alarm_by_sms_or_email,
        count_people_to_call,
        count_sms_by_state_and_reason,
        is_any_copy_unfinished,
        was_worker_seen,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
