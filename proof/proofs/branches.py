"""Which branches of the code the tests take (G13): each ``if`` both ways, on SQLite and on PostgreSQL together.

All parts of ``./plp test`` count, and the web servers and workers that tests start. A process that a test kills says
nothing of the branches it took.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plp.ops.commands.check import GUARDS
from plp.ops.commands.test import BROWSER, ON_POSTGRES, TOGETHER, TRIALS, temporary_postgres
from plp.ops.environment import environment_with_throw_away_data_folder
from proof.harness.system import ROOT
from proof.result import Figure, ProofRequest, ProofResult, print_progress

SETTINGS = """[run]
branch = True
source_pkgs = plp
parallel = True
patch = subprocess
data_file = {file}
"""


def prove(_ask: ProofRequest) -> ProofResult:
    """All tests at every size: a share of them takes a share of the branches."""
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder:
        settings, answer = Path(folder, "coverage.ini"), Path(folder, "found.json")
        settings.write_text(SETTINGS.format(file=Path(folder, "data")), encoding="utf-8")
        failed = sum(
            _run_tests_and_say_if_failed(settings, *part)
            for part in ((*TOGETHER, f"--ignore={GUARDS}"), BROWSER, TRIALS)
        )
        with temporary_postgres() as address:
            for part in (TOGETHER, TRIALS):
                failed += _run_tests_and_say_if_failed(settings, *ON_POSTGRES, *part, PLP_DATABASE_URL=address)
        for words in (["combine", "-q"], ["json", "-q", "-o", str(answer)]):
            _run_coverage(settings, words, check=True)
        found = json.loads(answer.read_text(encoding="utf-8"))
    totals = found["totals"]
    return ProofResult(
        totals["num_branches"],
        "branches of the code, each taken by a test or not",
        (
            Figure(
                "branches taken",
                _percentage(totals["covered_branches"], totals["num_branches"]),
                "%",
                95,
                98,
                most=False,
            ),
            Figure("lines taken", _percentage(totals["covered_lines"], totals["num_statements"]), "%"),
            Figure("runs of the tests that failed", failed, floor=0, goal=0),
        ),
        details={"open": _untaken_branch_counts(found["files"])},
    )


def _run_tests_and_say_if_failed(settings: Path, *arguments: str, **environment: str) -> int:
    """Run tests while every branch is noted; 1 if one of them failed."""
    print_progress(f"the tests on {'PostgreSQL' if environment else 'SQLite'}: {arguments[-1]} ...")
    words = ["run", "-m", "pytest", "-q", *arguments]
    return int(_run_coverage(settings, words, environment) != 0)


def _run_coverage(
    settings: Path, words: Sequence[str], environment: dict[str, str] | None = None, *, check: bool = False
) -> int:
    with environment_with_throw_away_data_folder(
        PLP_TEST_STRICT="1", COVERAGE_RCFILE=os.fspath(settings), **(environment or {})
    ) as clean:
        command = [sys.executable, "-m", "coverage", *words]
        return subprocess.run(command, cwd=ROOT, env=clean, stdout=subprocess.DEVNULL, check=check).returncode


def _percentage(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)


def _untaken_branch_counts(files: dict[str, Any]) -> dict[str, int]:
    """How many branches no test takes, file by file, the most first."""
    missing = {name: one["summary"]["missing_branches"] for name, one in files.items()}
    return {name: number for name, number in sorted(missing.items(), key=lambda pair: -pair[1]) if number}
