"""Tests that fail now and then (G28): all of them again and again, each time in another order.

A test that holds only behind another one, or only on some days, is found here and mended; none is run twice to pass.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from plp.ops.commands.check import GUARDS
from plp.ops.commands.test import TOGETHER
from plp.ops.environment import environment_with_throw_away_data_folder
from proof.harness.system import ROOT
from proof.result import Figure, ProofRequest, ProofResult, print_progress


def prove(ask: ProofRequest) -> ProofResult:
    """The tests on SQLite but for those in a browser and those that kill processes, ten times for the floor."""
    times, failed, tests = ask.number_for_size(trial=1, quick=1, floor=10, full=50), Counter[str](), 0
    for number in range(times):
        run, wrong = _run_shuffled_tests(ask.seed + number)
        tests += run
        failed.update(wrong)
        print_progress(f"{number + 1} of {times}: {run:,} tests, {len(wrong)} failed")
        ask.keep(_result_of_runs(number + 1, tests, failed))
    return _result_of_runs(times, tests, failed)


def _run_shuffled_tests(seed: int) -> tuple[int, list[str]]:
    """How many tests ran in the order of this seed, and the names of those that failed."""
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        environment_with_throw_away_data_folder(PLP_TEST_STRICT="1") as clean,
    ):
        told = Path(folder, "told.xml")
        command = [sys.executable, "-m", "pytest", "-q", *TOGETHER, f"--ignore={GUARDS}", "--shuffled", str(seed)]
        subprocess.run([*command, f"--junitxml={told}"], cwd=ROOT, env=clean, stdout=subprocess.DEVNULL, check=False)
        cases = list(ElementTree.parse(told).iter("testcase"))
    return len(cases), [
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    ]


def _result_of_runs(times: int, tests: int, failed: Counter[str]) -> ProofResult:
    return ProofResult(
        times,
        f"all tests in an order of their own ({tests:,} in all)",
        (
            Figure("tests that failed in any of the orders", len(failed), floor=0, goal=0),
            Figure("tests run in each order", tests // times, floor=1_000, most=False),
        ),
        details={"failed": dict(failed)},
    )
