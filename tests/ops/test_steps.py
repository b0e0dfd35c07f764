"""Running the steps of ``check``: each is told, a failing one with its output."""

import os
import sys
from pathlib import Path

import pytest

from plp.ops.check_steps import CheckStep, run_and_print_check_steps_in_parallel


def test_every_step_is_told_and_a_failing_one_shows_its_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = [
        CheckStep("good", (sys.executable, "-c", "print('unheard')")),
        CheckStep(
            "bad",
            (sys.executable, "-c", "import os; print(os.environ['WHY']); raise SystemExit(3)"),
            environment={"WHY": "because"},
        ),
        CheckStep("own", faults=lambda: ["a: fault"]),
    ]

    outcomes = run_and_print_check_steps_in_parallel(steps, root=tmp_path, environment=dict(os.environ))

    assert {outcome.name: (outcome.passed, outcome.output) for outcome in outcomes} == {
        "good": (True, "unheard"),
        "bad": (False, "because"),
        "own": (False, "a: fault"),
    }
    told = capsys.readouterr().err
    assert "unheard" not in told
    assert [line.strip() for line in told.splitlines() if line.startswith("       ")] == ["a: fault", "because"] or (
        "because" in told and "a: fault" in told
    )
