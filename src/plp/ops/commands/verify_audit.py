"""Check the journal's chains and the signed files, and name what does not hold."""

import argparse
import json

from plp.charter.queries import damaged
from plp.journal.queries import verify
from plp.ops.cli import FAILURE, SUCCESS, say

WHY = {
    "altered": "was changed after it was written",
    "missing": "is missing",
    "cut": "is missing: the chain was cut here",
}

FILES = {
    "altered": "was changed after it was stored",
    "disowned": "is not the one that the journal knows",
    "missing": "is missing",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json`` prints the verdict as data."""
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(options: argparse.Namespace) -> int:
    """Verify every chain and every signed file; answer 1 and name what does not hold."""
    verdict, broken = verify(), damaged()
    flaws = [{"chain": flaw.chain, "number": flaw.number, "why": flaw.why} for flaw in verdict.flaws]
    files = [{"file": str(one.file), "why": one.why} for one in broken]
    if options.json:
        print(json.dumps({"entries": verdict.entries, "chains": verdict.chains, "flaws": flaws, "files": files}))
    for flaw in verdict.flaws:
        say(f"plp: In chain {flaw.chain}, entry {flaw.number} {WHY[flaw.why]}. Keep a copy of the database as it is.")
    for one in broken:
        say(f"plp: The stored file {one.file} {FILES[one.why]}. Keep a copy of the database as it is.")
    if not flaws and not files:
        say(f"plp: {verdict.entries} entries in {verdict.chains} chains hold, and every signed file.")
    return FAILURE if flaws or files else SUCCESS
