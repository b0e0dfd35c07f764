"""Set the database up if needed, then serve and deliver with one command, each started again when it fails."""

import argparse
from functools import partial

from plp.accounts.installation import is_nobody_appointed_yet
from plp.ops.cli import FAILURE, SUCCESS, print_error_and_return_exit_code
from plp.ops.commands import setup, watch, web, worker
from plp.ops.commands.migrate import migrate_and_report_database
from plp.ops.forked_process import ForkedProcess
from plp.ops.supervision import supervise_until_stopped


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--processes N``: how many processes deliver (with SQLite one is best: there is one writer)."""
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="processes that deliver (default 1)")


def run(options: argparse.Namespace) -> int:
    """Keep web, worker and watch alive until told to stop. All are forked from here, where everything is loaded."""
    web.refuse_taken_port()
    beside = ForkedProcess(
        _check_settings_migrate_and_print_setup_link
    )  # what it loads is wanted once, and the pages are loaded meanwhile
    web.preload_pages_before_fork()
    if beside.wait() != SUCCESS:
        return FAILURE
    web.print_pages_address()
    deliver = partial(worker.run_delivery_processes, options.processes)
    return supervise_until_stopped(
        {"web": web.serve_pages_until_stopped, "worker": deliver, "watch": watch.run_watch_rounds_until_stopped}
    )


def _check_settings_migrate_and_print_setup_link() -> int:
    """Bring the database up, in a process that ends, and tell how to begin where nobody is; what stands in the way is
    told as by any command.
    """
    try:
        web.refuse_unsafe_settings()
        web.refuse_unreplicated_database_of_country()
        migrate_and_report_database()
        if is_nobody_appointed_yet():
            setup.print_setup_link_to_terminal()
    except Exception as error:
        return print_error_and_return_exit_code(error)
    return SUCCESS
