"""Machines whose clocks are wrong: their workers do nothing but say so, and go on by themselves (F24, T56).

Each worker is a real process under libfaketime, by which its clock, and no other, can be set while it runs.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from proof.harness.system import ROOT, SystemUnderTest, system_under_test
from proof.harness.web_server import WebServer
from proof.result import Figure, ProofRequest, ProofResult, print_progress

LIBRARY = next((str(path) for path in Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), "")
PATIENCE = 600.0  # seconds: a busy machine is slow, not wrong
STILL, ON = "this worker does nothing", "the clock is right again"
WRONG = ("+2d", "-2d", "+90s")
NEARLY = "+30s"


class Machine:
    """A process with a clock of its own, such as ``+2d``."""

    def __init__(self, scene: SystemUnderTest, name: str, offset: str) -> None:
        folder = scene.log.parent
        self.clock, self.log = folder / f"{name}.clock", folder / f"{name}.log"
        self.set_clock_offset(offset)
        self.environment = scene.environment | {
            "LD_PRELOAD": LIBRARY,
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set_clock_offset(self, offset: str) -> None:
        """Set its clock: as much ahead of the others, or behind."""
        new = self.clock.with_suffix(".new")
        new.write_text(f"{offset}\n")
        new.replace(self.clock)

    def count_in_log(self, words: str) -> int:
        """How often it said so."""
        return self.log.read_text().count(words) if self.log.exists() else 0


@contextmanager
def worker_with_clock_offset(scene: SystemUnderTest, name: str, offset: str) -> Iterator[Machine]:
    """A worker on a machine, ended afterwards."""
    here = Machine(scene, name, offset)
    with here.log.open("a") as file:
        started = subprocess.Popen(
            [sys.executable, "-m", "plp.ops.cli", "worker"], cwd=ROOT, env=here.environment, stdout=file, stderr=file
        )
        try:
            yield here
        finally:
            started.terminate()
            started.wait(PATIENCE)


def wait_until_true(holds: Callable[[], Any]) -> Any:
    """Wait until it holds; answers what it says."""
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)
    return found


def prove(ask: ProofRequest) -> ProofResult:
    """On PostgreSQL machines begin with a wrong clock; on SQLite the clock of the one machine jumps."""
    people = ask.number_for_size(trial=5, quick=20, full=500)
    wrong = WRONG[: ask.number_for_size(trial=2, quick=3, full=3)] if ask.database else WRONG[:1]
    rounds = ask.number_for_size(trial=1, quick=1, full=5)
    sums: dict[str, int] = {}
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=2, lease=60, stage="proof.procedures.due_work"
        ) as scene,
    ):
        scene.call_procedure("prepare_members_and_messages", people)
        for turn in range(rounds):
            for what, number in _run_workers_with_wrong_clocks(scene, wrong, people, turn, bool(ask.database)).items():
                sums[what] = sums.get(what, 0) + number
            print_progress(f"{turn + 1} of {rounds}: {sums}")
        copies = scene.count_received_copies()
        sums["repeated"] = sum(number - 1 for number in copies.values())
    return ProofResult(
        rounds * len(wrong),
        f"a worker on a machine whose clock is wrong ({', '.join(wrong)}), with {people} people, then set right",
        (
            *(
                Figure(words, sums[what], floor=0, goal=0)
                for what, words in (
                    ("acts", "acts of office and copies while its clock was wrong"),
                    ("tomorrow", "things of tomorrow done today"),
                    ("future", "lines of the journal dated in the future"),
                    ("silent", "machines that did not say so"),
                    ("stuck", "machines that did not go on"),
                    ("repeated", "copies twice"),
                )
            ),
            Figure("copies sent in all", sum(copies.values()), floor=1, most=False),
        ),
    )


def _run_workers_with_wrong_clocks(
    scene: SystemUnderTest, wrong: tuple[str, ...], people: int, turn: int, is_shared: bool
) -> dict[str, int]:
    """Machines that are wrong alone, then one that is right beside them, then all of them right."""
    with ExitStack() as stack:
        machines = []
        for number, offset in enumerate(wrong):
            begins = offset if is_shared else "+0"
            machines.append(stack.enter_context(worker_with_clock_offset(scene, f"machine{turn}-{number}", begins)))
        if not is_shared:
            _wait_until_all_copies_left(scene)
            machines[0].set_clock_offset(wrong[0])
            wait_until_true(lambda: machines[0].count_in_log(STILL))
        before = scene.call_procedure("figures_of_work_done")
        if not is_shared or turn:
            scene.call_procedure("create_people_and_queue_message", people)
        wait_until_true(lambda: all(one.count_in_log(STILL) for one in machines))
        pulse = wait_until_true(lambda: scene.call_procedure("figures_of_work_done")["pulse"])
        wait_until_true(lambda: scene.call_procedure("figures_of_work_done")["pulse"] > pulse)
        after = scene.call_procedure("figures_of_work_done")
        found = {
            "acts": after["left"] - before["left"] + after["by_clock"] - before["by_clock"],
            "silent": sum(not one.count_in_log(STILL) for one in machines)
            + (is_shared and "clock of a worker" not in after["watch"]),
        }
        if is_shared:
            found["silent"] += _count_faults_of_web_server_ahead(scene)
            with worker_with_clock_offset(scene, f"right{turn}", NEARLY) as right:
                _wait_until_all_copies_left(scene)
                found["silent"] += right.count_in_log(STILL)
            scene.call_procedure("create_people_and_queue_message", people)
        for one in machines:
            one.set_clock_offset("+0")
        wait_until_true(lambda: all(one.count_in_log(ON) for one in machines))
        _wait_until_all_copies_left(scene)
        found["stuck"] = sum(one.count_in_log(ON) != one.count_in_log(STILL) for one in machines)
    last = scene.call_procedure("figures_of_work_done")
    return found | {"future": last["future"], "tomorrow": last["tomorrow"] + last["forgotten"]}


def _wait_until_all_copies_left(scene: SystemUnderTest) -> None:
    """Wait until no copy is on its way. Raises ``AssertionError`` that says which copies stay, and how."""
    try:
        wait_until_true(lambda: not scene.call_procedure("figures_of_work_done")["waiting"])
    except AssertionError:
        raise AssertionError(f"copies stay behind: {scene.call_procedure('waiting_copies_in_words')}") from None


def _count_faults_of_web_server_ahead(scene: SystemUnderTest) -> int:
    """A web server two days ahead: it says so, and relays by the time of the database. Answers what it left out."""
    machine = Machine(scene, "web", "+2d")
    kept, scene.environment = scene.environment, machine.environment
    server = WebServer(scene, 1)
    try:
        [form] = scene.call_procedure("create_forms_ready_to_send", {"relay": 1})
        cookies = scene.call_procedure("sign_in_and_get_cookies_by_act")["relay"]
        answer = server.get_page_or_post_form(form["path"], cookies, form["fields"])
        done = all(
            number == 1 for number in scene.call_procedure("count_rows_written_by_act", form["act"], form["key"])
        )
        ready = server.get_page_or_post_form("/readyz")
        return int(answer.status != 302 or not done) + int(ready.status != 503 or '"clock": false' not in ready.body)
    finally:
        scene.environment = kept
        server.close()
