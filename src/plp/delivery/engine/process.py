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

from plp.delivery.engine.dialects import PostgresDialect, database_dialect
from plp.delivery.engine.engine import Engine
from plp.delivery.engine.notify_listener import NotifyListener
from plp.delivery.engine.outcome_file import create_outcome_file
from plp.delivery.engine.periodic_tasks import PeriodicTask, task_to_clear_old_outages
from plp.delivery.engine.worker_clock import CHECK_EVERY, PULSE_EVERY, WorkerClock
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.installed import senders
from plp.metrics.recorder import FLUSH_EVERY, write_counts_to_database
from plp.toolbox.garbage import collect_garbage_if_due

log = logging.getLogger(__name__)
COLLECT_GARBAGE_EVERY = 10.0  # seconds
THREAD_SWITCH = 0.001  # seconds: the committing thread gets its turn soon beside a busy loop
OWN_FILES = 32  # that a worker needs open beside its connections: database, logs, event loop, what a task reads


def raise_file_limit_and_count_connections(wanted: int, channels: int) -> int:
    """How many connections each channel may hold, so that files are left for the database (F32)."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard == resource.RLIM_INFINITY:
        return wanted
    return max(1, min(wanted, (hard - OWN_FILES) // max(channels, 1)))


async def _deliver_and_count(
    clock: Callable[[], datetime], *, drain: bool = False, tasks: Sequence[PeriodicTask] = ()
) -> int:
    """Deliver until SIGTERM or SIGINT (or, draining, until nothing is ready). Answers how many results were written.

    ``tasks`` are done now and then beside it, and so is the pulse by which an operator sees that a worker lives.
    """
    dialect = database_dialect(connection.vendor, clock)
    channels = senders()
    worker_clock = WorkerClock()
    own = [
        PeriodicTask(CHECK_EVERY, worker_clock.compare_clocks_and_log_change, always=True),
        PeriodicTask(PULSE_EVERY, worker_clock.record_pulse, always=True),
        task_to_clear_old_outages(clock),
        PeriodicTask(COLLECT_GARBAGE_EVERY, collect_garbage_if_due),
        PeriodicTask(FLUSH_EVERY, write_counts_to_database),
    ]
    tasks = [] if drain else [*own, *tasks]
    connections = raise_file_limit_and_count_connections(settings.DELIVERY_CONNECTIONS, len(channels))
    outcomes = create_outcome_file(settings.HOME / "outcomes", connections * len(channels))
    database = WorkerDatabase(dialect, channels, lease=settings.DELIVERY_LEASE_SECONDS, outcomes=outcomes)
    engine = Engine(
        database, channels, connections=connections, drain=drain, tasks=tasks, clock_is_wrong=worker_clock.is_wrong
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, engine.stop)
    listener = NotifyListener(dialect) if isinstance(dialect, PostgresDialect) else None
    if listener:
        listener.open()
    try:
        await engine.run()
    finally:
        if listener:
            listener.close()
    return engine.settled


def run_worker_and_count_settled(
    clock: Callable[[], datetime], *, drain: bool = False, tasks: Sequence[PeriodicTask] = ()
) -> int:
    """Run one worker in this process."""
    sys.setswitchinterval(THREAD_SWITCH)
    gc.collect()
    gc.freeze()  # what is loaded stays
    gc.set_threshold(20_000)  # copies come and go in thousands: look less often
    settled = uvloop.run(_deliver_and_count(clock, drain=drain, tasks=tasks))
    write_counts_to_database()
    return settled
