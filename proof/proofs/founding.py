"""Partnerships founded through the pages, from the idea to the first relayed message, and the forms that it took.

A PLP in one language, one in two, one in three, and one of traders, in a real browser (tests/browser/founding). A form
is whatever somebody sends; what a page keeps by itself while one types is none. Signing in and proving who one is are
counted apart. What must hold is of evenings that are entered from the sheet of paper; the one that is led by live
screens sends more, and is told beside them.
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
LIVE_ACT = "meet"  # of an evening that is led by live screens
QUICK = "lembeek"  # the one that is walked in a quick run

type FormCounts = dict[str, dict[str, Any]]  # by the key of the partnership


def prove(ask: ProofRequest) -> ProofResult:
    """Found all four; a quick run founds one."""
    counts = _run_foundings_and_count_forms("" if ask.is_long else QUICK)
    expected = FOUNDINGS if ask.is_long else 1

    founded = Figure("partnerships founded", len(counts), "", floor=expected, goal=expected, most=False)
    details = {"forms": highest_form_counts(_foundings_from_paper(counts)), "foundings": counts}
    return ProofResult(
        len(counts), "partnerships founded through the pages", (founded, *figures_of_forms(counts)), details=details
    )


def figures_of_forms(counts: FormCounts) -> tuple[Figure, ...]:
    """The forms of foundings whose evening is entered from paper, then those of the one led by live screens."""
    from_paper = _foundings_from_paper(counts)
    most, live = highest_form_counts(from_paper), {key: counts[key] for key in counts.keys() - from_paper.keys()}
    by_screens = highest_form_counts(live)
    return (
        Figure("forms of the whole way, at most", most["whole"], "forms", floor=75, goal=60),
        Figure("forms of the officer, at most", most["officer"], "forms", floor=40, goal=30),
        Figure("forms of the evening, at most", most["evening"], "forms", floor=12, goal=8),
        *(
            Figure(f"evening led by live screens ({', '.join(live)}): forms of the {part}", by_screens[key], "forms")
            for key, part in (("whole", "whole way"), ("officer", "officer"), ("evening", "evening"))
            if live
        ),
    )


def highest_form_counts(counts: FormCounts) -> dict[str, int]:
    """The most forms of each role, of the whole way and of the evening among ``counts``."""
    rows = [founding["roles"] | founding["sums"] for founding in counts.values()]
    roles = {role for founding in counts.values() for role in founding["roles"]} | {"officer"}
    keys = [*sorted(roles), "whole", "evening"]
    return {key: max((row.get(key, 0) for row in rows), default=0) for key in keys}


def _foundings_from_paper(counts: FormCounts) -> FormCounts:
    return {key: founding for key, founding in counts.items() if LIVE_ACT not in founding["acts"]}


def _run_foundings_and_count_forms(only: str) -> FormCounts:
    """The counts of each founding that arrived, by its key."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="plp-founding-") as folder:
        command = [sys.executable, "-m", "pytest", "-q", TEST, *(["-k", only] if only else [])]
        subprocess.run(command, cwd=ROOT, env=kept | {"FORMS": folder}, check=False, stdout=subprocess.DEVNULL)
        counts = {file.stem: json.loads(file.read_text()) for file in sorted(Path(folder).glob("*.json"))}
    for name, founding in counts.items():
        print_progress(f"{name}: {founding['sums']['whole']} forms")
    return counts
