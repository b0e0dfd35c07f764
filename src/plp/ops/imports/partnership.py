"""Bring in a partnership that another installation wrote with ./plp export.

All or nothing. Nothing that is here is overwritten; whoever was erased here stays erased. Staff are named but cannot
sign in: invite them with ./plp appoint.
"""

import argparse
from pathlib import Path

from plp.ops.cli import SUCCESS, say
from plp.ops.transfer.importer import import_partnership_from_folder
from plp.toolbox import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder of one partnership, with its manifest.json"
    )


def run(options: argparse.Namespace) -> int:
    """Bring it in."""
    counts = import_partnership_from_folder(options.folder, at=clock.now())
    say(f"plp: {sum(counts.values())} rows of {len(counts)} tables were brought in.")
    return SUCCESS
