"""Every point of a run: a worker that something happens to at its k-th call of the system, and a plain one afterwards.

The counters are strace's own: one for each kind of call and thread, from the moment the worker is let go.
"""

import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from proof.harness.system import SystemUnderTest, system_under_test
from proof.result import ProofRequest, print_progress

PEOPLE, CONNECTIONS = 20, 4
LEASE = 1.2  # seconds after which the plain worker finds the dead one's leases over (the setting is one second)
BATCH = 10  # databases that wait for it together
CALL = re.compile(r"^\d+ +(?:<\.\.\. )?(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class CrashPoint:
    """What happens (strace's words after the call's name, without ``when``) at which call of which kind."""

    call: str
    number: int
    fate: str = "signal=KILL"

    @property
    def strace_injection(self) -> str:
        """As strace wants it."""
        return f"inject={self.call}:{self.fate}:when={self.number}"


@dataclass
class CrashTotals:
    """What is known of all tries together, in the shape that ``kills.judged`` reads."""

    points: int = 0
    struck: int = 0
    books: dict[str, Any] = field(default_factory=lambda: {"copies": {}, "ledger": {"balanced": True}})

    def add_copies_and_ledger_of_try(self, book: dict[str, Any]) -> None:
        """Count one finished try."""
        self.books["copies"].update(book["copies"])
        self.books["ledger"]["balanced"] &= book["ledger"]["balanced"]


class CrashPoints:
    """Runs tries in a house whose stage is the nursery."""

    def __init__(self, scene: SystemUnderTest) -> None:
        self.scene = scene
        self.tried = CrashTotals()
        self.open: list[tuple[str, str]] = []
        scene.call_procedure("create_base_database", PEOPLE)

    def count_calls_of_undisturbed_run(self, kinds: str) -> Counter[str]:
        """How often each kind of call comes in one undisturbed run, in the thread that makes most of them."""
        with tempfile.NamedTemporaryFile(prefix="plp-calls-") as file:
            self._run_worker_under_strace("-o", file.name, "-e", f"trace={kinds}")
            lines = Path(file.name).read_text().splitlines()
        self._finish_and_count_open_tries()
        threads = Counter((line.split()[0], found[1]) for line in lines if (found := CALL.match(line)))
        most: Counter[str] = Counter()
        for (_thread, call), number in threads.items():
            most[call] = max(most[call], number)
        return most

    def try_to_crash_worker_at(self, point: CrashPoint) -> bool:
        """One try; whether the worker met its fate rather than ended by itself."""
        code = self._run_worker_under_strace(
            "-o", "/dev/null", "-e", f"trace={point.call}", "-e", point.strace_injection
        )
        self.tried.points += 1
        self.tried.struck += code != 0
        if len(self.open) >= BATCH:
            self._finish_and_count_open_tries()
        return code != 0

    def _run_worker_under_strace(self, *tracing: str) -> int:
        place, message = self.scene.call_procedure("copy_database_and_queue_message", self.tried.points, PEOPLE)
        member = self.scene.call_procedure("fork_stopped_worker", place)
        tracer = subprocess.Popen(
            ["strace", "-f", "-qq", "-p", str(member), *tracing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _wait_for_tracer(member)
        code: int = self.scene.call_procedure("resume_worker_and_get_exit_code", member)
        tracer.wait(60)
        self.open.append((place, message))
        return code

    def _finish_and_count_open_tries(self) -> None:
        """Let a plain worker end what is open, and count it."""
        time.sleep(LEASE)
        for place, message in self.open:
            until = time.monotonic() + 120
            while self.scene.call_procedure(
                "resume_worker_and_get_exit_code", self.scene.call_procedure("fork_stopped_worker", place)
            ) or self.scene.call_procedure("has_waiting_copies", place):
                assert time.monotonic() < until, f"{place} does not come to an end"
                time.sleep(0.3)
            self.tried.add_copies_and_ledger_of_try(self.scene.call_procedure("ledger_and_copy_states", place, message))
            self.scene.call_procedure("delete_database", place)
        self.open.clear()

    def finish_tries_and_get_totals(self) -> CrashTotals:
        """Everything that was tried, finished and counted."""
        self._finish_and_count_open_tries()
        return self.tried


def _wait_for_tracer(member: int) -> None:
    until = time.monotonic() + 60
    while "TracerPid:\t0\n" in Path(f"/proc/{member}/status").read_text():
        assert time.monotonic() < until, "strace did not attach"
        time.sleep(0.002)


def try_crash_points(points: CrashPoints, calls: Counter[str], fates: tuple[str, ...], number: int) -> None:
    """So many points, evenly spread over a run; each of them for 0."""
    if not number:
        _try_every_crash_point(points, calls, fates)
        return
    for point in _evenly_spread_points(calls, number, fates):
        points.try_to_crash_worker_at(point)


def _evenly_spread_points(calls: Counter[str], number: int, fates: tuple[str, ...]) -> Iterator[CrashPoint]:
    """So many points, evenly spread over the calls of a run."""
    every = [CrashPoint(call, k, fate) for call in sorted(calls) for k in range(1, calls[call] + 1) for fate in fates]
    step = max(1.0, len(every) / number)
    return (every[int(place * step)] for place in range(min(number, len(every))))


def _try_every_crash_point(points: CrashPoints, calls: Counter[str], fates: tuple[str, ...]) -> None:
    """Each call from the first on, until a run ends by itself."""
    for call in sorted(calls):
        for fate in fates:
            for number in count(1):
                if not points.try_to_crash_worker_at(CrashPoint(call, number, fate)) and number > calls[call]:
                    break
            print_progress(f"{number} points of {call}")


@contextmanager
def forked_worker_system(ask: ProofRequest) -> Iterator[tuple[SystemUnderTest, CrashPoints]]:
    """A house whose workers are forked ready-made, beside a receiver that answers at once."""
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=CONNECTIONS, stage="proof.procedures.forked_workers"
        ) as scene,
    ):
        yield scene, CrashPoints(scene)
