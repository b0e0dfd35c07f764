"""A stage that forks workers from a process with everything loaded: each begins within milliseconds, on a database of
its own, and waits to be let go, so that a tracer can be attached before its first step.
"""

import json
import os
import random
import shutil
import signal
import time
from datetime import timedelta
from pathlib import Path

from django.db import OperationalError, connection, transaction
from django.db.models import Case, F, When

from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.process import run_worker_and_count_settled
from plp.delivery.engine.work_items import ClaimRequest, CommitBatch
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.installed import senders
from plp.delivery.models import Dispatch
from plp.delivery.states import State
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox

REST = 0.02  # seconds at most between two bites of one process
FRESH = "fresh"  # the token of whoever took rows over
IN_TURN = (State.QUEUED, State.CLAIMED, State.SENDING)
BASE = str(connection.settings_dict["NAME"])


def create_base_database(people: int) -> None:
    """Tables and people: the database that every try starts from."""
    _switch_to_database(BASE)
    outbox.make_database()
    outbox.people(people, at=clock.now())
    _switch_to_database("")


def copy_database_and_queue_message(number: int, people: int) -> list[str]:
    """A copy of that database with one message queued for everybody; answers its name and the message's id."""
    place = f"{BASE}_{number}"
    _copy_base_database(place)
    _switch_to_database(place)
    message = str(outbox.message(at=clock.now()).pk)
    message_queue.queue_for_people_in_range(message, 0, people)
    _switch_to_database("")
    return [place, message]


def _copy_base_database(place: str) -> None:
    if connection.vendor != "postgresql":
        shutil.copyfile(BASE, place)
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

    _switch_to_database("postgres")
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {place}")  # type: ignore[arg-type]
        line.execute(f"CREATE DATABASE {place} TEMPLATE {BASE}")  # type: ignore[arg-type]


def delete_database(place: str) -> None:
    """Remove a try's database."""
    if connection.vendor != "postgresql":
        for file in Path(place).parent.glob(f"{Path(place).name}*"):
            file.unlink()
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

    _switch_to_database("postgres")
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as line:
        line.execute(f"DROP DATABASE {place} WITH (FORCE)")  # type: ignore[arg-type]


def _switch_to_database(place: str) -> None:
    """Let the next query go to another database."""
    connection.close()
    connection.settings_dict["NAME"] = place


def fork_stopped_worker(place: str) -> int:
    """Fork a worker that has stopped before its first step; answers its process id."""
    _switch_to_database(place)
    member = os.fork()
    if member == 0:
        code = 1
        with open(os.devnull, "r+b", buffering=0) as nothing:  # what the stage says, and its end, are not ours
            os.dup2(nothing.fileno(), 0)
            os.dup2(nothing.fileno(), 1)
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
            run_worker_and_count_settled(clock.now, drain=True)
            code = 0
        finally:
            os._exit(code)
    os.waitpid(member, os.WUNTRACED)
    return member


def resume_worker(member: int) -> None:
    """Let a worker go."""
    os.kill(member, signal.SIGCONT)


def wait_for_worker_exit_code(member: int) -> int:
    """Wait until a worker has nothing left to do, or dies; answers its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(member, 0)[1])


def resume_worker_and_get_exit_code(member: int) -> int:
    """Let a worker go, and wait for its end."""
    resume_worker(member)
    return wait_for_worker_exit_code(member)


def are_all_rows_lockable(place: str) -> bool:
    """Whether nobody sleeps in the middle of a transaction: what it has locked can be taken by nobody."""
    _switch_to_database(place)
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout = 0")
        with transaction.atomic():
            list(Dispatch.objects.select_for_update(nowait=True).values_list("pk"))
    except OperationalError:
        return False
    finally:
        connection.close()
    return True


def take_over_open_rows(place: str) -> list:
    """Give every open row to somebody else, as the sweep and another worker do once its lease is over; answers the
    rows.
    """
    _switch_to_database(place)
    one_more = Case(When(state=State.SENDING, then=1), default=0)
    later = clock.now() + timedelta(hours=1)
    Dispatch.objects.filter(state__in=IN_TURN).update(
        unknowns=F("unknowns") + one_more, state=State.SENDING, token=FRESH, lease_until=later
    )
    return read_dispatch_rows(place)


def read_dispatch_rows(place: str) -> list:
    """What a worker may change of each row."""
    _switch_to_database(place)
    return [
        list(row) for row in Dispatch.objects.order_by("id").values_list("id", "state", "token", "tries", "unknowns")
    ]


def requeue_taken_over_rows(place: str) -> int:
    """Whoever took the rows over gives them back."""
    _switch_to_database(place)
    return Dispatch.objects.filter(token=FRESH).update(state=State.QUEUED, token="", lease_until=None)


def claim_rows_in_parallel_processes(place: str, members: int) -> list[list[int]]:
    """Let so many processes claim all rows at once; answers the ids that each of them got, with a token.

    They start together, at a gate that opens when the last of them stands there, and each rests a moment between two
    bites, as a worker that sends does: without it one alone may be through before the next has woken.
    """
    _switch_to_database(place)
    gate, opener = os.pipe()
    lines = []
    for _member in range(members):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            os.close(opener)
            os.read(gate, 1)
            with os.fdopen(writing, "w") as pipe:
                json.dump(_claim_all_rows_in_batches(random.Random(os.getpid())), pipe)
            os._exit(0)
        os.close(writing)
        lines.append(os.fdopen(reading))
    os.close(opener)
    os.close(gate)
    got = [json.load(line) for line in lines]
    for _member in range(members):
        os.wait()
    return got


def _claim_all_rows_in_batches(dice: random.Random) -> list[int]:
    channels = senders()
    store = WorkerDatabase(database_dialect(connection.vendor, clock.now), channels, lease=3600)
    got: list[int] = []
    while True:
        done = store.commit(CommitBatch(wants=[ClaimRequest("email", dice.randint(1, 50), urgent_only=False)]))
        if not done.claimed["email"]:
            return got
        got += [number for item in done.claimed["email"] for number in item.ids]
        time.sleep(dice.random() * REST)


def has_waiting_copies(place: str) -> bool:
    """Whether a row of this database is not at an end."""
    _switch_to_database(place)
    return message_queue.has_waiting_copies()


def ledger_and_copy_states(place: str, message: str) -> dict:
    """The ledger of this database, and the state of each copy by its reference."""
    _switch_to_database(place)
    return message_queue.ledger_and_copy_states(message)


OWN = (
    create_base_database,
    copy_database_and_queue_message,
    delete_database,
    fork_stopped_worker,
    resume_worker_and_get_exit_code,
    resume_worker,
    wait_for_worker_exit_code,
    are_all_rows_lockable,
    take_over_open_rows,
    read_dispatch_rows,
    requeue_taken_over_rows,
    claim_rows_in_parallel_processes,
    has_waiting_copies,
    ledger_and_copy_states,
)
PROCEDURES = {function.__name__: function for function in OWN}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
