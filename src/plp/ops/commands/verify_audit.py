"""Check the journal's chains and name the first entry that does not hold."""

import argparse
import json

from plp.journal.queries import verify
from plp.ops.cli import FAILURE, SUCCESS, say

WHY = {
    "altered": "was changed after it was written",
    "missing": "is missing",
    "cut": "is missing: the chain was cut here",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json`` prints the verdict as data."""
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(options: argparse.Namespace) -> int:
    """Verify every chain; answer 1 and name the first bad entry of each that does not hold."""
    verdict = verify()
    flaws = [{"chain": flaw.chain, "number": flaw.number, "why": flaw.why} for flaw in verdict.flaws]
    if options.json:
        print(json.dumps({"entries": verdict.entries, "chains": verdict.chains, "flaws": flaws}))
    for flaw in verdict.flaws:
        say(f"plp: In chain {flaw.chain}, entry {flaw.number} {WHY[flaw.why]}. Keep a copy of the database as it is.")
    if not flaws:
        say(f"plp: {verdict.entries} entries in {verdict.chains} chains hold.")
    return FAILURE if flaws else SUCCESS
