"""Every journey in each way people walk: mouse and script, no script, 320 pixels, a keyboard alone, text only."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from proof.result import Figure, ProofRequest, ProofResult, print_progress

ROOT = Path(__file__).resolve().parents[2]
TESTS = "tests/browser"
QUICK = f"{TESTS}/test_tasks.py::test_a_request_is_answered_and_the_plan_agreed_anew"
WAYS = {"script": "mouse and script", "plain": "no script", "narrow": "320 pixels", "keys": "keyboard alone"}


def prove(ask: ProofRequest) -> ProofResult:
    """Walk them all; a quick run walks one task in each way."""
    tests = TESTS if ask.is_long else QUICK
    walks = {title: _run_journey_tests("journey", tests, WAY=way) for way, title in WAYS.items()}
    walks["text browser"] = _run_journey_tests("w3m", TESTS)
    figures = [
        figure
        for title, (arrived, poor) in walks.items()
        for figure in (
            Figure(f"{title}: arrived", len(arrived), "journeys", floor=1, most=False),
            Figure(f"{title}: broken off", len(poor), "journeys", floor=0, goal=0),
        )
    ]
    n = sum(len(arrived) + len(poor) for arrived, poor in walks.values())
    return ProofResult(
        n, "journeys through the pages", tuple(figures), details={title: poor for title, (_, poor) in walks.items()}
    )


def _run_journey_tests(which: str, tests: str, **more: str) -> tuple[list[str], list[str]]:
    """The journeys with this mark among these tests that arrived, and those that did not."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="plp-journeys-") as folder:
        result = Path(folder, "result.xml")
        command = [sys.executable, "-m", "pytest", "-q", tests, "-m", which, f"--junitxml={result}"]
        subprocess.run(command, cwd=ROOT, env=kept | more, check=False, stdout=subprocess.DEVNULL)
        cases = ElementTree.parse(result).findall(".//testcase")
    names = {str(case.get("name")) for case in cases}
    poor = {
        str(case.get("name")) for case in cases if case.find("failure") is not None or case.find("error") is not None
    }
    print_progress(f"{more or which}: {len(names - poor)} of {len(names)} journeys")
    return sorted(names - poor), sorted(poor)
