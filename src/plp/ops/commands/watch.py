"""Look after web, worker, queue, disk, clock, backup, journal, and write to PLP_ALARM_TO what is wrong."""

import argparse
import signal
import threading
from contextlib import suppress

from django.db import Error, connection

from plp.ops.cli import FAILURE, SUCCESS, say
from plp.ops.watch.checks import WatchMemory, find_all_troubles, troubles_as_json
from plp.ops.watch.round import WatchRound
from plp.toolbox import clock

EVERY = 10.0  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--once`` and ``--json``."""
    parser.add_argument("--once", action="store_true", help="look once, tell here, write no mail")
    parser.add_argument("--json", action="store_true", help="with --once: as JSON on standard output")


def run(options: argparse.Namespace) -> int:
    """Until told to stop; with ``--once``, answer 1 if something is wrong."""
    if not options.once:
        return run_watch_rounds_until_stopped()
    troubles = find_all_troubles(WatchMemory(begun=float("-inf")))
    if options.json:
        print(troubles_as_json(troubles, clock.now()))
    for trouble in troubles:
        say(f"plp: {trouble.words} {trouble.cure}")
    return FAILURE if troubles else SUCCESS


def run_watch_rounds_until_stopped() -> int:
    """Round after round until SIGTERM or Ctrl-C."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    patrol = WatchRound()
    threading.Thread(
        target=_write_watch_heartbeats_every_ten_seconds, args=(patrol, ending), name="pulse", daemon=True
    ).start()
    while not ending.wait(EVERY):
        with suppress(Error):
            clock.follow_database_time()
        patrol.run_round(clock.now())
    return SUCCESS


def _write_watch_heartbeats_every_ten_seconds(patrol: WatchRound, ending: threading.Event) -> None:
    """Every ten seconds, also while a round takes longer."""
    while not ending.wait(EVERY):
        patrol.write_heartbeat(clock.now())
        connection.close()
