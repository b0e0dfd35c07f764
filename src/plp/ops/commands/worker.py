"""Deliver what is in the outbox, until told to stop."""

import argparse
import os
import signal
import time
from types import FrameType

from django.db import OperationalError, connection

from plp.delivery.engine.process import run_worker_and_count_settled
from plp.delivery.installed import senders
from plp.ops import schema
from plp.ops.cli import SUCCESS, Failed, say
from plp.ops.error_sentences import sentence_for_database_error
from plp.ops.housekeeping import daily_chores, frequent_chores
from plp.toolbox import clock

GRACE = 30.0  # seconds to finish what is in hand after SIGTERM
RESTART_PAUSE = (0.02, 5.0)  # seconds before a process that died is started again: first, longest
LOOK = 0.02  # seconds between two looks whether a process died
UPGRADE_LOOK = 2.0  # seconds between two looks whether ./plp migrate was run
STEADY = 10.0  # a process that lived this long starts with a clean sheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--processes N`` and ``--once``."""
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="processes that deliver (default 1)")
    parser.add_argument("--once", action="store_true", help="deliver what can leave now, then end")


def run(options: argparse.Namespace) -> int:
    """Deliver with one or several processes."""
    return run_delivery_processes(options.processes, once=options.once)


def run_delivery_processes(processes: int, *, once: bool = False) -> int:
    """Deliver with so many processes until told to stop; ``once``: what can leave now. Raises ``Failed``."""
    if processes < 1:
        raise Failed("--processes must be at least 1.")
    if not senders():
        raise Failed("No channel is installed that a worker could send by: install the package itself.")
    wait_for_migrated_tables(once=once)
    if once and abs(ahead := clock.follow_database_time()) > clock.MOST_AHEAD:
        raise Failed(f"The clock of this machine differs by {ahead:+.0f} s from that of the database: set it right.")
    if processes == 1:
        delivered = run_worker_and_count_settled(clock.now, drain=once, tasks=[*daily_chores(), *frequent_chores()])
        say(f"plp: {delivered} copies settled.")
        return SUCCESS
    WorkerProcesses(processes, once=once).run()
    return SUCCESS


def wait_for_migrated_tables(*, once: bool) -> None:
    """Begin only with the tables of this version: say once what is missing, and wait for it. Raises ``Failed``."""
    was_announced = False
    while missing := _count_missing_migrations():
        words = f"The database lacks {missing} steps of this version: run ./plp migrate"
        if once:
            raise Failed(f"{words} first.")
        if not was_announced:
            say(f"plp worker: {words}. Nothing is delivered until then.")
        was_announced = True
        time.sleep(UPGRADE_LOOK)


def _count_missing_migrations() -> int:
    """How many steps of this version the database lacks; none where it is away: the engine waits for it itself.

    Raises ``Failed`` for a database that a newer version made.
    """
    try:
        state = schema.read_schema_state()
        schema.refuse_too_new_database(state)
        return len(state.missing)
    except OperationalError as error:
        say(f"plp worker: {sentence_for_database_error(error)} It is tried again until it answers.")
        return 0
    finally:
        if not connection.in_atomic_block:
            connection.close()  # a process that is forked from here opens its own


class WorkerProcesses:
    """Keeps so many processes alive. Forked from this one, which has everything loaded: a start takes 20 ms."""

    def __init__(self, size: int, *, once: bool) -> None:
        self.size = size
        self.once = once
        self.members: dict[int, float] = {}  # process id -> time of its start
        self.pause = RESTART_PAUSE[0]
        self.stopping = False

    def run(self) -> None:
        """Until SIGTERM (or, once, until every process has ended by itself)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_restarts_and_forward_sigterm)
        for _ in range(self.size):
            self._fork_and_remember_worker()
        while self.members and not self.stopping:
            self._replace_ended_member()
        self._stop_all_after_grace()

    def _fork_and_remember_worker(self) -> None:
        member = os.fork()
        if member == 0:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            code = 1
            try:
                run_worker_and_count_settled(clock.now, drain=self.once, tasks=[*daily_chores(), *frequent_chores()])
                code = 0
            finally:
                os._exit(code)
        self.members[member] = time.monotonic()

    def _replace_ended_member(self) -> None:
        """Look whether a member ended; start another in its place unless it had nothing left to do.

        Never waits for one: Python takes a wait up again after a signal, and a member that cannot end (its database is
        away) would keep us from ending it.
        """
        member, status = os.waitpid(-1, os.WNOHANG)
        if not member:
            time.sleep(LOOK)
            return
        started = self.members.pop(member, None)
        if started is None:  # a child of somebody else in this process
            return
        if self.stopping or (self.once and os.waitstatus_to_exitcode(status) == 0):
            return
        say(f"plp: a worker ended with {os.waitstatus_to_exitcode(status)}; starting another.")
        steady = time.monotonic() - started > STEADY
        self.pause = RESTART_PAUSE[0] if steady else min(self.pause * 1.5, RESTART_PAUSE[1])
        time.sleep(self.pause)
        self._fork_and_remember_worker()

    def _stop_restarts_and_forward_sigterm(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        self._signal_all(signal.SIGTERM)

    def _signal_all(self, number: int) -> None:
        for member in list(self.members):
            try:
                os.kill(member, number)
            except ProcessLookupError:
                self.members.pop(member, None)

    def _stop_all_after_grace(self) -> None:
        """Give the members their time, then end those that are left."""
        self._signal_all(signal.SIGTERM)
        until = time.monotonic() + GRACE
        while self.members and time.monotonic() < until:
            member, _ = os.waitpid(-1, os.WNOHANG)
            if member:
                self.members.pop(member, None)
            else:
                time.sleep(0.05)
        self._signal_all(signal.SIGKILL)
