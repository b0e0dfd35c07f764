"""Write everything of a partnership, or of all, in open formats: CSV, JSON, PDF, vCard, iCal.

One folder a partnership below DIR; ``./plp import partnership DIR/KEY`` reads one into another installation. What
stands in the files names people: keep them as you keep a backup. What stays behind is said in each manifest.json.
"""

import argparse
from pathlib import Path

from plp.journal.actions import note
from plp.ops.cli import SUCCESS, Failed, say
from plp.ops.transfer.exporter import write_partnership_to_private_folder
from plp.partnership.models import Partnership
from plp.toolbox import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--all`` or ``--partnership KEY``, and the folder."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="every partnership")
    which.add_argument("--partnership", metavar="KEY", help="one, by its key")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where it goes: a folder that is new or empty")


def run(options: argparse.Namespace) -> int:
    """Write the folders; each export is a line in the journal of the partnership."""
    partnerships = Partnership.objects.select_related("area").order_by("key")
    chosen = list(partnerships if options.all else partnerships.filter(key=options.partnership))
    if not chosen:
        raise Failed("There is no such partnership: the last part of its public address is its key.")
    if options.folder.exists() and any(options.folder.iterdir()):
        raise Failed(f"{options.folder} is not empty: name a new folder.")
    options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for partnership in chosen:
        at = clock.now()
        counts = write_partnership_to_private_folder(partnership, options.folder / partnership.key, at=at)
        rows = sum(counts.values())
        note(verb="partnership.exported", by=None, at=at, area=partnership.area.path, target=partnership, rows=rows)
        say(f"plp: {partnership.key}: {rows} rows of {len(counts)} tables.")
    return SUCCESS
