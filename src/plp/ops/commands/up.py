"""Set the database up if needed, then serve and deliver with one command, each started again when it fails."""

import argparse
from functools import partial

from plp.accounts.installation import is_nobody_appointed_yet
from plp.ops.cli import FAILURE, SUCCESS, report_error
from plp.ops.commands import setup, watch, web, worker
from plp.ops.commands.migrate import migrate_database
from plp.ops.forked_process import ForkedProcess
from plp.ops.supervision import supervise_until_stopped


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--processes N``: how many processes deliver (with SQLite one is best: there is one writer)."""
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="processes that deliver (default 1)")


def run(options: argparse.Namespace) -> int:
    """Keep web, worker and watch alive until told to stop. All are forked from here, where everything is loaded."""
    web.refuse_taken_port()
    beside = ForkedProcess(
        _check_settings_and_migrate
    )  # what it loads is wanted once, and the pages are loaded meanwhile
    web.load_pages()
    if beside.wait() != SUCCESS:
        return FAILURE
    web.print_pages_address()
    deliver = partial(worker.run_delivery_processes, options.processes)
    return supervise_until_stopped(
        {"web": web.serve_pages_until_stopped, "worker": deliver, "watch": watch.watch_until_stopped}
    )


def _check_settings_and_migrate() -> int:
    """Bring the database up, in a process that ends, and tell how to begin where nobody is; what stands in the way is
    told as by any command.
    """
    try:
        web.refuse_unsafe_settings()
        web.refuse_unreplicated_database()
        migrate_database()
        if is_nobody_appointed_yet():
            setup.print_setup_link()
    except Exception as error:
        return report_error(error)
    return SUCCESS
