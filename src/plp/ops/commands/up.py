"""Set the database up if needed, then serve and deliver with one command, each started again when it fails."""

import argparse

from plp.ops.commands.migrate import bring_up
from plp.ops.commands.web import refuse_taken_port, refuse_unsafe
from plp.ops.house import OWN_COMMAND
from plp.ops.supervision import supervise


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--processes N``: how many processes deliver (with SQLite one is best: there is one writer)."""
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="processes that deliver (default 1)")


def run(options: argparse.Namespace) -> int:
    """Keep the web server and the worker alive until told to stop."""
    refuse_unsafe()
    bring_up()
    refuse_taken_port()
    worker = [*OWN_COMMAND, "worker", "--processes", str(options.processes)]
    return supervise({"web": [*OWN_COMMAND, "web"], "worker": worker})
