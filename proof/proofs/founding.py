"""Partnerships founded through the pages, from the idea to the first relayed message, and the forms that it took.

A PLP in one language, one in two, one in three, and one of traders, in a real browser (tests/browser/founding). A form
is whatever somebody sends; what a page keeps by itself while one types is none. Signing in and proving who one is are
counted apart. The figures are those of evenings that are entered from the sheet of paper; the one that is led from a
telephone sends more, and is told in the details.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from proof.result import Figure, ProofRequest, ProofResult, print_progress

ROOT = Path(__file__).resolve().parents[2]
TEST = "tests/browser/test_founding.py"
FOUNDINGS = 4
LIVE_ACT = "meet"  # of an evening that is led from a telephone
QUICK = "lembeek"  # the one that is walked in a quick run


def prove(ask: ProofRequest) -> ProofResult:
    """Found all four; a quick run founds one."""
    counts = _run_foundings_and_count_forms("" if ask.is_long else QUICK)
    expected = FOUNDINGS if ask.is_long else 1

    from_paper = [founding for founding in counts.values() if LIVE_ACT not in founding["acts"]]

    def highest_form_count(group: str, key: str) -> int:
        return max((founding[group].get(key, 0) for founding in from_paper), default=0)

    roles = sorted({role for founding in from_paper for role in founding["roles"]})
    figures = (
        Figure("partnerships founded", len(counts), "", floor=expected, goal=expected, most=False),
        Figure("forms of the whole way, at most", highest_form_count("sums", "whole"), "forms", floor=75, goal=60),
        Figure("forms of the officer, at most", highest_form_count("roles", "officer"), "forms", floor=40, goal=30),
        Figure("forms of the evening, at most", highest_form_count("sums", "evening"), "forms", floor=12, goal=8),
    )
    forms = {role: highest_form_count("roles", role) for role in roles} | {
        "whole": highest_form_count("sums", "whole"),
        "evening": highest_form_count("sums", "evening"),
    }
    details = {"forms": forms, "foundings": counts}
    return ProofResult(len(counts), "partnerships founded through the pages", figures, details=details)


def _run_foundings_and_count_forms(only: str) -> dict[str, dict[str, Any]]:
    """The counts of each founding that arrived, by its key."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="plp-founding-") as folder:
        command = [sys.executable, "-m", "pytest", "-q", TEST, *(["-k", only] if only else [])]
        subprocess.run(command, cwd=ROOT, env=kept | {"FORMS": folder}, check=False, stdout=subprocess.DEVNULL)
        counts = {file.stem: json.loads(file.read_text()) for file in sorted(Path(folder).glob("*.json"))}
    for name, founding in counts.items():
        print_progress(f"{name}: {founding['sums']['whole']} forms")
    return counts
