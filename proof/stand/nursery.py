"""A stage that forks workers from a process with everything loaded: each begins within milliseconds, on a database of
its own, and waits to be let go, so that a tracer can be attached before its first step.
"""

import os
import shutil
import signal
from pathlib import Path

from django.db import connection

from plp.delivery.engine.process import work
from plp.toolbox import clock
from proof.stand import stage
from tests.factories import outbox

BASE = str(connection.settings_dict["NAME"])


def lay(people: int) -> None:
    """Tables and people: the database that every try starts from."""
    _use(BASE)
    outbox.make_database()
    outbox.people(people, at=clock.now())
    _use("")


def begin(number: int, people: int) -> list[str]:
    """A copy of that database with one message queued for everybody; answers its name and the message's id."""
    place = f"{BASE}_{number}"
    _copy(place)
    _use(place)
    message = str(outbox.message(at=clock.now()).pk)
    stage.enqueue(message, 0, people)
    _use("")
    return [place, message]


def _copy(place: str) -> None:
    if connection.vendor != "postgresql":
        shutil.copyfile(BASE, place)
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

    _use("postgres")
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {place}")  # type: ignore[arg-type]
        line.execute(f"CREATE DATABASE {place} TEMPLATE {BASE}")  # type: ignore[arg-type]


def drop(place: str) -> None:
    """Remove a try's database."""
    if connection.vendor != "postgresql":
        for file in Path(place).parent.glob(f"{Path(place).name}*"):
            file.unlink()
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

    _use("postgres")
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as line:
        line.execute(f"DROP DATABASE {place} WITH (FORCE)")  # type: ignore[arg-type]


def _use(place: str) -> None:
    """Let the next query go to another database."""
    connection.close()
    connection.settings_dict["NAME"] = place


def worker(place: str) -> int:
    """Fork a worker that has stopped before its first step; answers its process id."""
    _use(place)
    member = os.fork()
    if member == 0:
        code = 1
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
            work(clock.now, drain=True)
            code = 0
        finally:
            os._exit(code)
    os.waitpid(member, os.WUNTRACED)
    return member


def go(member: int) -> int:
    """Let a worker go until it has nothing left to do, or dies; answers its exit code, negative for a signal."""
    os.kill(member, signal.SIGCONT)
    return os.waitstatus_to_exitcode(os.waitpid(member, 0)[1])


def waiting(place: str) -> bool:
    """Whether a row of this database is not at an end."""
    _use(place)
    return stage.waiting()


def book(place: str, message: str) -> dict:
    """The ledger of this database, and the state of each copy by its reference."""
    _use(place)
    return stage.book(message)


ORDERS = {function.__name__: function for function in (lay, begin, drop, worker, go, waiting, book)}


def obey() -> None:
    """Until standard input ends."""
    stage.obey(ORDERS)
