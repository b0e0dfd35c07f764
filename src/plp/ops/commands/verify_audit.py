"""Check the journal's chains and the signed files, and name what does not hold.

The chains are compared with their heads as noted on this machine and in the files given (a daily mail, the list in a
backup). ``--export`` writes the journal as lines of JSON, ``--from`` checks such a file without the database.
"""

import argparse
import json
from pathlib import Path

from django.utils.translation import gettext_noop

from plp.charter.queries import damaged_files
from plp.journal import anchors
from plp.journal.queries import verify_journal
from plp.ops import journal_anchors
from plp.ops.cli import FAILURE, SUCCESS, say

WHY = {  # said of an entry, or of a file: here, and in the words of a page
    "altered": gettext_noop("was changed after it was written"),
    "missing": gettext_noop("is missing"),
    "cut": gettext_noop("is missing: the chain was cut here"),
    "rewritten": gettext_noop("is not the one that was noted elsewhere: the chain was written anew"),
    "disowned": gettext_noop("is not the one that the journal knows"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``, ``--anchors``, ``--export`` and ``--from``."""
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.add_argument("--anchors", type=Path, nargs="+", default=[], metavar="FILE", help="heads noted elsewhere")
    parser.add_argument("--export", type=Path, metavar="FILE", help="write the journal to FILE and check nothing")
    parser.add_argument("--from", type=Path, dest="source", metavar="FILE", help="check such a file, not the database")


def run(options: argparse.Namespace) -> int:
    """Verify every chain and every signed file; answer 1 and name what does not hold."""
    if options.export:
        options.export.write_text("".join(f"{line}\n" for line in anchors.journal_export_lines()), encoding="utf-8")
        return SUCCESS
    noted = journal_anchors.read_anchors_here_and_in_files(*options.anchors)
    if options.source:
        with options.source.open(encoding="utf-8") as lines:
            verdict, broken = anchors.verify_journal_export(lines, anchors=noted), []
    else:
        verdict, broken = verify_journal(noted), damaged_files()
    flaws = [{"chain": flaw.chain, "number": flaw.number, "why": flaw.why} for flaw in verdict.flaws]
    files = [{"file": str(broken_chain.file), "why": broken_chain.why} for broken_chain in broken]
    if options.json:
        print(json.dumps({"entries": verdict.entries, "chains": verdict.chains, "flaws": flaws, "files": files}))
    for flaw in verdict.flaws:
        say(f"plp: In chain {flaw.chain}, entry {flaw.number} {WHY[flaw.why]}. Keep a copy of the database as it is.")
    for broken_chain in broken:
        say(f"plp: The stored file {broken_chain.file} {WHY[broken_chain.why]}. Keep a copy of the database as it is.")
    if not flaws and not files:
        files_too = "" if options.source else ", and every signed file"
        hold = "chain hold" if verdict.chains == 1 else "chains hold"
        say(f"plp: {verdict.entries} entries in {verdict.chains} {hold}{files_too}.")
    return FAILURE if flaws or files else SUCCESS
