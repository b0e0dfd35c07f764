"""One worker process: signals, event loop, engine."""

import asyncio
import gc
import logging
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime

import uvloop
from django.conf import settings
from django.db import connection

from plp.delivery.engine.chores import Chore, lift
from plp.delivery.engine.dialects import PostgresDialect, dialect_of
from plp.delivery.engine.engine import Engine
from plp.delivery.engine.listening import Listener
from plp.delivery.engine.outcomes import create
from plp.delivery.engine.store import Store
from plp.delivery.engine.worker_clock import LOOK_EVERY, PULSE_EVERY, WorkerClock
from plp.delivery.installed import senders
from plp.metrics.recorder import FLUSH_EVERY, flush
from plp.toolbox.garbage import collect_garbage

log = logging.getLogger(__name__)
TIDY_EVERY = 10.0  # seconds
SWITCH = 0.001  # seconds: the committing thread gets its turn soon beside a busy loop
OWN_FILES = 32  # that a worker needs open beside its lines: database, logs, event loop, what a chore reads


def lines_allowed(wanted: int, channels: int) -> int:
    """How many connections each channel may hold, so that files are left for the database (F32)."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard == resource.RLIM_INFINITY:
        return wanted
    return max(1, min(wanted, (hard - OWN_FILES) // max(channels, 1)))


async def deliver(clock: Callable[[], datetime], *, drain: bool = False, chores: Sequence[Chore] = ()) -> int:
    """Deliver until SIGTERM or SIGINT (or, draining, until nothing is ready). Answers how many results were written.

    ``chores`` are done now and then beside it, and so is the pulse by which an operator sees that a worker lives.
    """
    dialect = dialect_of(connection.vendor, clock)
    channels = senders()
    worker_clock = WorkerClock()
    own = [
        Chore(LOOK_EVERY, worker_clock.look, always=True),
        Chore(PULSE_EVERY, worker_clock.pulse, always=True),
        lift(clock),
        Chore(TIDY_EVERY, collect_garbage),
        Chore(FLUSH_EVERY, flush),
    ]
    chores = [] if drain else [*own, *chores]
    lines = lines_allowed(settings.DELIVERY_CONNECTIONS, len(channels))
    outcomes = create(settings.HOME / "outcomes", lines * len(channels))
    store = Store(dialect, channels, lease=settings.DELIVERY_LEASE_SECONDS, outcomes=outcomes)
    engine = Engine(
        store, channels, connections=lines, drain=drain, chores=chores, stands_still=worker_clock.stands_still
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, engine.stop)
    listener = Listener(dialect) if isinstance(dialect, PostgresDialect) else None
    if listener:
        listener.open()
    try:
        await engine.run()
    finally:
        if listener:
            listener.close()
    return engine.settled


def work(clock: Callable[[], datetime], *, drain: bool = False, chores: Sequence[Chore] = ()) -> int:
    """Run one worker in this process."""
    sys.setswitchinterval(SWITCH)
    gc.collect()
    gc.freeze()  # what is loaded stays
    gc.set_threshold(20_000)  # copies come and go in thousands: look less often
    settled = uvloop.run(deliver(clock, drain=drain, chores=chores))
    flush()
    return settled
