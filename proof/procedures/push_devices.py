"""The other side of a proof with notifications: people with a device first and an e-mail address second."""

from uuid import UUID

from plp.delivery import actions
from plp.delivery.channel import GONE
from plp.delivery.models import Dispatch
from plp.people.models import ContactPoint
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox
from tests.factories.devices import Device

CHANNEL = "webpush"
devices: dict[UUID, str] = {}  # whose device has which address


def create_people_with_push_endpoints(endpoints: list[str]) -> None:
    """Tables, and one person for each endpoint."""
    outbox.make_database()
    for number, endpoint in enumerate(endpoints):
        ways = (CHANNEL, Device(endpoint).subscription), ("email", f"member{number}@example.be")
        devices[outbox.person(*ways, at=clock.now()).pk] = endpoint


def queue_alarms_for_everybody(messages: int) -> list[str]:
    """Queue so many alarms for everybody at once; answers their ids."""
    made = [outbox.message(CHANNEL, "email", at=clock.now(), urgent=True) for _ in range(messages)]
    for one in made:
        actions.enqueue_copy_for_each_person(message=one, contacts=outbox.audience(), at=clock.now())
    return [one.pk.hex for one in made]


def times_devices_were_found_gone() -> dict[str, float]:
    """When it was first written down, by address, that a device is gone: every worker reads it before it sends."""
    gone = Dispatch.objects.filter(channel=CHANNEL, reason=GONE).order_by("-settled_at")
    rows = gone.values_list("person", "settled_at")
    return {devices[person]: at.timestamp() for person, at in rows if at}


def remaining_push_endpoints() -> list[str]:
    """The subscriptions that are still there."""
    return [one.address for one in ContactPoint.objects.filter(channel=CHANNEL)]


def copies_of_unreached_people() -> list[list[str]]:
    """The copies of each pair of person and message of which no service and no mail server took one."""
    rows = list(Dispatch.objects.order_by("id").values_list("person", "message", "channel", "state", "reason"))
    taken = {row[:2] for row in rows if row[3] in {"accepted", "delivered", "unknown"}}
    pairs = {row[:2] for row in rows} - taken
    return [[f"{one[2]}: {one[3]} {one[4]}" for one in rows if one[:2] == pair] for pair in pairs]


PROCEDURES = message_queue.PROCEDURES | {
    one.__name__: one
    for one in (
        create_people_with_push_endpoints,
        queue_alarms_for_everybody,
        times_devices_were_found_gone,
        remaining_push_endpoints,
        copies_of_unreached_people,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
