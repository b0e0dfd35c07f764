"""A list of programs to run, two at a time, each told with its time and, if it fails, its output."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from plp.ops.cli import say


@dataclass(frozen=True)
class Step:
    """One thing to check: a command to run in the checkout, or a function that answers the faults it found."""

    name: str
    command: Sequence[str] = ()
    faults: Callable[[], list[str]] | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of a step, in how many seconds, and what it said."""

    name: str
    passed: bool
    seconds: float
    output: str


def take(step: Step, *, root: Path, environment: dict[str, str]) -> Outcome:
    """Run one step to its end."""
    begun = time.monotonic()
    if step.faults:
        found = step.faults()
        return Outcome(step.name, not found, time.monotonic() - begun, "\n".join(found))
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
    return Outcome(step.name, ended.returncode == 0, time.monotonic() - begun, ended.stdout.strip())


def tell(outcome: Outcome) -> None:
    """One line for a step that passed; its output below it for one that did not."""
    say(f"  {'ok  ' if outcome.passed else 'FAIL'} {outcome.seconds:6.1f} s  {outcome.name}")
    if not outcome.passed:
        say("\n".join(f"       {line}" for line in outcome.output.splitlines()[-60:]))


def take_all(steps: Iterable[Step], *, root: Path, environment: dict[str, str]) -> list[Outcome]:
    """Run every step, as many at a time as there are processors (four at most), and tell each as it ends."""
    outcomes = []
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        running = [pool.submit(take, step, root=root, environment=environment) for step in steps]
        for ended in as_completed(running):
            outcomes.append(ended.result())
            tell(outcomes[-1])
    return outcomes
