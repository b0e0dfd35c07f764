"""A stage for the watch: what can be broken in the database, and mended."""

from datetime import timedelta

from plp.delivery import actions
from plp.delivery.models import Attempt, Dispatch, Message, Pulse, Supplier
from plp.journal.actions import note
from plp.journal.models import Entry
from plp.ops.triggers import triggers_lifted_for_transaction
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox

HERE = "be/z1/m1/q-a/"


def create_people_journal_and_pulse() -> None:
    """Tables, a few people, three entries of a journal, and a worker that was just seen."""
    outbox.make_database()
    outbox.people(3, at=clock.now())
    for number in range(3):
        note(verb="proof.done", by=None, at=clock.now(), area=HERE, n=number)
    record_worker_pulse()


def record_worker_pulse(seconds: float = 3600.0) -> None:
    """A worker lives, and will be seen for so long."""
    Pulse.objects.update_or_create(key="worker", defaults={"at": clock.now() + timedelta(seconds=seconds)})


def create_delivery_troubles() -> None:
    """What a worker writes when a supplier fails and mails are refused; and a queue that nobody empties."""
    Supplier.objects.update_or_create(
        channel="email",
        defaults={"suspended_at": clock.now(), "reason": "smtp-unreachable", "changed_at": clock.now()},
    )
    record_worker_pulse(0.0)  # and then never again
    made = outbox.message(at=clock.now())
    actions.enqueue_copy_for_each_person(
        message=made, contacts=outbox.audience(), at=clock.now() - timedelta(minutes=5)
    )
    row = made.dispatches.order_by("id")[0]
    Attempt.objects.bulk_create(
        Attempt(dispatch=row, at=clock.now(), state="failed", reason="smtp-550") for _ in range(25)
    )


def falsify_journal_entry() -> None:
    """Change an entry of the journal, as the owner of the database can."""
    _change_verb_of_second_entry("proof.undone")


def _change_verb_of_second_entry(verb: str) -> None:
    with triggers_lifted_for_transaction([Entry._meta.db_table]):
        Entry.objects.filter(chain=HERE, number=2).update(verb=verb)


def repair_troubles_and_journal() -> None:
    """All is well again."""
    Supplier.objects.update(suspended_at=None, reason="")
    Dispatch.objects.all().delete()
    Message.objects.all().delete()
    _change_verb_of_second_entry("proof.done")
    record_worker_pulse()


OWN = (
    create_people_journal_and_pulse,
    record_worker_pulse,
    create_delivery_troubles,
    falsify_journal_entry,
    repair_troubles_and_journal,
)
PROCEDURES = message_queue.PROCEDURES | {function.__name__: function for function in OWN}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
