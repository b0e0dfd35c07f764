"""The tasks of every day by one finger at 320 pixels: what each takes today, beside what it took in version 0.2.0.

In four languages, with and without JavaScript (tests/browser/test_everyday.py). A touch is a press, or a field that is
filled in; pages are those that open after the first. The figures of 0.2.0 were counted by the same finger on its last
commit (f0837260), in six of the eight ways: they were equal. The details hold what a screen reader is told on the way.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from proof.result import Figure, ProofRequest, ProofResult, print_progress

ROOT = Path(__file__).resolve().parents[2]
TEST = "tests/browser/test_everyday.py"
WAYS, HEARD = 8, "fr-plain.txt"
BEFORE = {  # touches and pages in 0.2.0
    "join": (21, 8),
    "read_and_stop": (8, 6),
    "relay": (3, 3),
    "add_neighbour": (9, 4),
    "cover_absence": (6, 2),
}


def prove(ask: ProofRequest) -> ProofResult:
    """Walk each task in eight ways; a quick run walks them in French."""
    counts, heard = _run_task_tests_and_read_counts("" if ask.is_long else "fr")
    ways = WAYS if ask.is_long else 2
    figures = [Figure("ways in which all were walked", len(counts), "", floor=ways, goal=ways, most=False)]
    for task, before in BEFORE.items():
        for part, was in zip(("touches", "pages"), before, strict=True):
            most = max((count[task][part] for count in counts.values() if task in count), default=999)
            name = f"{task.replace('_', ' ')}: {part}, {was} in 0.2.0"
            figures.append(Figure(name, most, part, floor=was, goal=was * 2 // 3))
    return ProofResult(
        sum(len(count) for count in counts.values()),
        "tasks done",
        tuple(figures),
        details={"ways": counts, "heard": heard},
    )


def _run_task_tests_and_read_counts(only: str) -> tuple[dict[str, dict[str, dict[str, int]]], list[str]]:
    """The counts of each way that arrived: way -> task -> touches and pages; and what is heard, line by line."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="plp-tasks-") as folder:
        command = [sys.executable, "-m", "pytest", "-q", TEST, *(["-k", only] if only else [])]
        subprocess.run(command, cwd=ROOT, env=kept | {"TASKS": folder}, check=False, stdout=subprocess.DEVNULL)
        counts = {file.stem: json.loads(file.read_text()) for file in sorted(Path(folder).glob("*.json"))}
        heard = [line for file in Path(folder).glob(HEARD) for line in file.read_text().splitlines()]
    print_progress(f"{len(counts)} ways walked")
    return counts, heard
