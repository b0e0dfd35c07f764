"""Look after web, worker, queue, disk, clock, backup, journal, and write to PLP_ALARM_TO what is wrong."""

import argparse
import signal
import threading
from contextlib import suppress

from django.db import Error, connection

from plp.ops.cli import FAILURE, SUCCESS, say
from plp.ops.watching.round import Round
from plp.ops.watching.signs import Memory, as_json, look
from plp.toolbox import clock

EVERY = 10.0  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--once`` and ``--json``."""
    parser.add_argument("--once", action="store_true", help="look once, tell here, write no mail")
    parser.add_argument("--json", action="store_true", help="with --once: as JSON on standard output")


def run(options: argparse.Namespace) -> int:
    """Until told to stop; with ``--once``, answer 1 if something is wrong."""
    if not options.once:
        return watch()
    found = look(Memory(begun=float("-inf")))
    if options.json:
        print(as_json(found, clock.now()))
    for one in found:
        say(f"plp: {one.words} {one.cure}")
    return FAILURE if found else SUCCESS


def watch() -> int:
    """Round after round until SIGTERM or Ctrl-C."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    patrol = Round()
    threading.Thread(target=_beat, args=(patrol, ending), name="pulse", daemon=True).start()
    while not ending.wait(EVERY):
        with suppress(Error):
            clock.follow()
        patrol.go(clock.now())
    return SUCCESS


def _beat(patrol: Round, ending: threading.Event) -> None:
    """Every ten seconds, also while a round takes longer."""
    while not ending.wait(EVERY):
        patrol.beat(clock.now())
        connection.close()
