"""A list of programs to run, two at a time, each told with its time and, if it fails, its output."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from plp.ops.cli import say


class NotChecked(Exception):
    """Something could not be looked at. Its text says what, and what to do; it has neither passed nor failed."""


@dataclass(frozen=True)
class CheckStep:
    """One thing to check: a command to run in the checkout, or a function that answers the faults it found, or raises
    ``NotChecked``.
    """

    name: str
    command: Sequence[str] = ()
    faults: Callable[[], list[str]] | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StepOutcome:
    """What became of a step, in how many seconds, and what it said. ``was_checked``: whether it could be looked at."""

    name: str
    passed: bool
    seconds: float
    output: str
    was_checked: bool = True


def run_check_step(step: CheckStep, *, root: Path, environment: dict[str, str]) -> StepOutcome:
    """Run one step to its end."""
    begun = time.monotonic()
    if step.faults:
        try:
            faults = step.faults()
        except NotChecked as why:
            return StepOutcome(step.name, False, time.monotonic() - begun, str(why), was_checked=False)
        return StepOutcome(step.name, not faults, time.monotonic() - begun, "\n".join(faults))
    ended = subprocess.run(  # noqa: S603 - our own tools
        step.command,
        cwd=root,
        env=environment | step.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return StepOutcome(step.name, ended.returncode == 0, time.monotonic() - begun, ended.stdout.strip())


def print_check_outcome(outcome: StepOutcome) -> None:
    """One line for a step that passed; its output below it for one that did not, or that could not be looked at."""
    verdict = "ok  " if outcome.passed else "FAIL" if outcome.was_checked else "  ? "
    say(f"  {verdict} {outcome.seconds:6.1f} s  {outcome.name}{'' if outcome.was_checked else ': not checked'}")
    if not outcome.passed:
        say("\n".join(f"       {line}" for line in outcome.output.splitlines()[-60:]))


def run_and_print_check_steps_in_parallel(
    steps: Iterable[CheckStep], *, root: Path, environment: dict[str, str]
) -> list[StepOutcome]:
    """Run every step, as many at a time as there are processors (four at most), and tell each as it ends."""
    outcomes = []
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        running = [pool.submit(run_check_step, step, root=root, environment=environment) for step in steps]
        for ended in as_completed(running):
            outcomes.append(ended.result())
            print_check_outcome(outcomes[-1])
    return outcomes
