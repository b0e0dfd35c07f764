"""A stage for backups: people, a journal, a message under way and an alarm whose time will be over; damaged files."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from plp.delivery import actions
from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import last_pulse
from plp.journal.actions import note
from plp.journal.queries import chain_heads, verify_journal
from plp.ops import schema
from plp.ops.backup import encryption, manifest, restoration
from plp.ops.cli import Failed
from plp.places.models import Area
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox

ACTS = 100  # entries in the journal, over five quarters


def create_database_people_and_message(people: int) -> str:
    """Tables that say of themselves what the migrations would, people and acts; answers the id of a message."""
    steps = list(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    outbox.make_database()
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in steps:
        recorder.record_applied(app, name)
    schema.record_version_as_migration_mark()
    call_command("createcachetable", verbosity=0)
    Area.objects.create(kind="country", path="be/", name_fr="Belgique")
    outbox.people(people, at=clock.now())
    for number in range(ACTS):
        note(verb="proof.done", by=None, at=clock.now(), area=f"be/z1/m1/q-{number % 5}/", n=number)
    return str(outbox.message(at=clock.now()).pk)


def queue_expiring_alarm(seconds: float) -> str:
    """An alarm for everybody that nobody has sent yet, and whose time is over in so many seconds; answers its id."""
    over = clock.now() + timedelta(seconds=seconds)
    made = outbox.message(at=clock.now(), urgent=True)
    actions.enqueue_copy_for_each_person(message=made, contacts=outbox.audience(), at=clock.now())
    Dispatch.objects.filter(message=made).update(due_at=over - timedelta(milliseconds=1))
    Message.objects.filter(pk=made.pk).update(expires_at=over)
    return str(made.pk)


def create_key_pair(file: str) -> str:
    """A pair of keys: the secret one into a file, the public one is the answer."""
    secret, public = encryption.new_secret_and_public_key()
    Path(file).write_text(secret)
    return public


def resume_outbox() -> bool:
    """Open the outbox."""
    return actions.resume_outbox(by=None, at=clock.now())


def was_worker_seen_since(since: float) -> bool:
    """Whether a worker was seen since then."""
    seen = last_pulse()
    return seen is not None and seen.timestamp() > since


def expire_message(message: str) -> None:
    """The time of a message is over."""
    Message.objects.filter(pk=message).update(expires_at=clock.now())
    Dispatch.objects.filter(message=message).update(due_at=clock.now())


def row_counts_listed_in_backup(backup: str, key: str) -> dict:
    """The rows of each table, as the list in the backup counts them."""
    with tempfile.TemporaryDirectory() as folder:
        return restoration.unpack_backup(
            Path(backup), secret_key=encryption.read_secret_key(Path(key)), folder=Path(folder)
        ).counts


def row_counts_and_journal_state() -> dict:
    """What the database holds: rows of each table, and whether the journal verifies."""
    return {"counts": manifest.count_rows_by_table(), "heads": chain_heads(), "flaws": len(verify_journal().flaws)}


def damage_backup_and_count_outcomes(backup: str, key: str, seed: int, number: int) -> dict:
    """Flip a byte of the backup or cut it, so many times; each must be refused, or open to exactly the same."""
    dice, whole = random.Random(seed), Path(backup).read_bytes()
    by = encryption.read_secret_key(Path(key))
    with tempfile.TemporaryDirectory() as folder:
        said = restoration.unpack_backup(Path(backup), secret_key=by, folder=Path(folder))
    ends = {"refused": 0, "exact": 0, "taken": 0}
    for turn in range(number):
        place = dice.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        ends[_outcome_of_unpacking(bytes(changed) if turn % 2 else whole[:place], by, said)] += 1
    return ends


def _outcome_of_unpacking(content: bytes, by: object, said: manifest.Manifest) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "backup")
        file.write_bytes(content)
        try:
            got = restoration.unpack_backup(file, secret_key=by, folder=Path(folder, "laid"))
        except Failed:
            return "refused"
        return "exact" if got == said else "taken"


PROCEDURES = message_queue.PROCEDURES | {
    function.__name__: function
    for function in (
        create_database_people_and_message,
        queue_expiring_alarm,
        create_key_pair,
        was_worker_seen_since,
        resume_outbox,
        expire_message,
        row_counts_listed_in_backup,
        row_counts_and_journal_state,
        damage_backup_and_count_outcomes,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
