"""The other side of a proof with clocks: what is due now, what is due tomorrow, and what was done of it.

A process with the database under test (``proof.procedures.message_queue.serve_procedure_calls``).
"""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from plp.delivery.models import Dispatch, Pulse
from plp.delivery.states import State
from plp.journal.models import Entry
from plp.ops.watch.checks import WatchMemory, find_clock_troubles
from plp.toolbox import clock
from proof.procedures import message_queue, web_forms
from tests.factories import outbox

WAITING = (State.QUEUED, State.CLAIMED, State.SENDING)
LEFT = (State.ACCEPTED, State.DELIVERED, State.UNKNOWN)
BY_CLOCK = Q(verb__startswith="due.") | Q(verb__startswith="mandate.standin") | Q(verb="notice.withdrawn")


def prepare_members_and_messages(people: int) -> None:
    """A quarter; a message that waits for its coordinator; one for its members now, and one that is held until
    tomorrow; and something that is forgotten tomorrow.
    """
    web_forms.create_cast_streets_and_members(people)
    web_forms.create_forms_ready_to_send({"relay": 1})
    outbox.people(people, at=clock.now(), first=1_000_000)
    for name in ("now", "tomorrow"):
        made = outbox.message(at=clock.now())
        message_queue.actions.enqueue_copy_for_each_person(message=made, contacts=outbox.audience(), at=clock.now())
        if name == "tomorrow":
            Dispatch.objects.filter(message=made).update(state=State.HELD, due_at=clock.now() + timedelta(days=1))
    cache.set("proof.proofs.clock", "kept", 86_400)


def figures_of_work_done() -> dict[str, Any]:
    """What was done until now, by the clock of the database."""
    at = clock.now()
    held = Dispatch.objects.filter(due_at__gt=at + timedelta(hours=12))
    pulse = Pulse.objects.filter(key="clock").values_list("at", flat=True).first()
    return {
        "by_clock": Entry.objects.filter(BY_CLOCK).exclude(verb="due.laid").count(),
        "future": Entry.objects.filter(at__gt=at + timedelta(seconds=5)).count(),
        "left": Dispatch.objects.filter(state__in=LEFT).count(),
        "waiting": Dispatch.objects.filter(state__in=WAITING).count(),
        "tomorrow": held.exclude(state=State.HELD).count(),
        "forgotten": int(cache.get("proof.proofs.clock") != "kept"),
        "pulse": pulse.timestamp() if pulse else 0.0,
        "watch": [trouble.key for trouble in find_clock_troubles(WatchMemory())],
        "verbs": sorted(set(Entry.objects.values_list("verb", flat=True))),
    }


def waiting_copies_in_words() -> list[str]:
    """Each copy that is on its way: its state, when it is due and when its lease ends, by the clock of the database."""
    rows = Dispatch.objects.filter(state__in=WAITING).order_by("pk")[:20]
    return [
        f"{row.state}, {row.channel}, due {row.due_at}, lease until {row.lease_until}, now {clock.now()}"
        for row in rows
    ]


PROCEDURES = web_forms.PROCEDURES | {
    one.__name__: web_forms.closing_connection_after(one)
    for one in (prepare_members_and_messages, figures_of_work_done, waiting_copies_in_words)
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
