"""The power fails while pages and workers write: what was acknowledged is there, and nobody gets a third copy (F4, F5).

All processes are stopped at once and what has reached the disk is copied: the copy is what a power cut leaves. The
house goes on from the copy, cut after cut; browsers and receiver stand outside.
"""

import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proof.harness.postgresql import PostgresServer, postgres_server
from proof.harness.small_disks import DiskImage, disk_image
from proof.harness.system import SystemUnderTest, system_under_test
from proof.harness.web_server import WebServer
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult, print_progress

MEMBERS, CONNECTIONS, PROCESSES, MEGABYTES = 20, 4, 2, 400
EACH = {"release": 12, "relay": 12, "bring_in": 8}
BROWSERS = 4
CUT = 0.2  # seconds at most from the answer that was waited for to the cut


@dataclass
class Machine:
    """What loses its power, and what was acknowledged before."""

    scene: SystemUnderTest
    disk: DiskImage
    base: PostgresServer | None
    forms: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    tally: Counter[str] = field(default_factory=Counter)


def prove(ask: ProofRequest) -> ProofResult:
    """Cut so many times; at the end let workers finish, and judge each copy."""
    cuts, dice = ask.number_for_size(trial=1, quick=1, floor=20, full=100), random.Random(ask.seed)
    with _machine_on_own_disk(bool(ask.database)) as machine:
        machine.scene.call_procedure("create_cast_streets_and_members", MEMBERS)
        for number in range(cuts):
            _cut_power_and_restart(machine, dice)
            if (number + 1) % 10 == 0:
                print_progress(f"{number + 1} of {cuts} cuts")
        scene, tally = machine.scene, machine.tally
        scene.start_workers(PROCESSES)
        scene.wait_until_no_dispatch_waits(300)
        books, census, copies = (
            scene.call_procedure("ledger_and_copies_of_all_messages"),
            scene.call_procedure("count_members_doubles_and_flaws"),
            scene.count_received_copies(),
        )
    window = cuts * CONNECTIONS * PROCESSES
    figures = lost_and_double_figures(books, copies, people=books["people"], window=window)
    return ProofResult(
        cuts, "cuts of the power under a web server and two workers", (*_act_figures(tally, census), *figures)
    )


@contextmanager
def _machine_on_own_disk(served: bool) -> Iterator[Machine]:
    """A house whose data stand on a disk of its own: its SQLite, or the cluster of a PostgreSQL server."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plp-proof-")))
        disk = stack.enter_context(disk_image(folder, MEGABYTES))
        base = stack.enter_context(postgres_server(disk.place / "cluster")) if served else None
        home = folder if base else disk.place / "home"
        scene = stack.enter_context(
            system_under_test(
                folder,
                base.database_url if base else "",
                connections=CONNECTIONS,
                delay=0.01,
                stage="proof.procedures.web_forms",
                settings={"PLP_HOME": str(home)},
            )
        )
        yield Machine(scene, disk, base)


def _cut_power_and_restart(machine: Machine, dice: random.Random) -> None:
    scene = machine.scene
    cookies, forms = (
        scene.call_procedure("sign_in_and_get_cookies_by_act"),
        scene.call_procedure("create_forms_ready_to_send", EACH),
    )
    scene.start_workers(PROCESSES)
    postgres_server = WebServer(scene, 1)
    browsers = _start_browsers_sending_forms(postgres_server, forms, cookies, machine.acknowledged, dice)
    victims = [
        *_process_and_child_ids(postgres_server.server.pid),
        *_process_and_child_ids(scene.worker.pid if scene.worker else 0),
    ]
    if machine.base:
        victims += machine.base.process_ids()
    for victim in victims:
        _send_signal_if_running(victim, signal.SIGSTOP)
    copy = machine.disk.copy_image_as_after_power_cut()
    for victim in victims:
        _send_signal_if_running(victim, signal.SIGKILL)
    postgres_server.server.wait(60)
    scene.forget_killed_workers()
    for browser in browsers:
        browser.join(120)
    _restart_from_disk_copy(machine, copy)
    for form in forms:
        _count_act_outcome(
            scene.call_procedure("count_rows_written_by_act", form["act"], form["key"]),
            form["key"] in machine.acknowledged,
            machine.tally,
        )


def _start_browsers_sending_forms(
    server: WebServer, forms: list[dict[str, Any]], cookies: dict[str, str], acknowledged: set[str], dice: random.Random
) -> list[threading.Thread]:
    """Browsers that send forms until the line breaks; answers amid the work, when some were acknowledged."""
    waiting, enough = dice.sample(forms, len(forms)), len(acknowledged) + dice.randrange(3, len(forms) - 3)
    begun = threading.Event()

    def send_forms_until_connection_breaks() -> None:
        with suppress(IndexError):
            while True:
                form = waiting.pop()
                status = server.get_page_or_post_form(form["path"], cookies[form["act"]], form["fields"]).status
                if status == 302:
                    acknowledged.add(form["key"])
                if len(acknowledged) >= enough:
                    begun.set()
                if status == 0:
                    return
        begun.set()  # every form was sent, though some were told to wait

    threads = [threading.Thread(target=send_forms_until_connection_breaks) for _one in range(BROWSERS)]
    for thread in threads:
        thread.start()
    assert begun.wait(120), server.log.read_text()[-2000:]
    time.sleep(dice.uniform(0.0, CUT))
    return threads


def _process_and_child_ids(process: int) -> list[int]:
    """A process and its children."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [process, *map(int, listed)]


def _send_signal_if_running(process: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


def _restart_from_disk_copy(machine: Machine, copy: Path) -> None:
    """The machine has power again."""
    if machine.base:
        machine.base.clean_up_after_kill()
    machine.disk.remount_from_copy(copy)
    if machine.base:
        machine.base.start()
    machine.tally["unsound"] += not machine.scene.call_procedure("is_database_intact")


def _count_act_outcome(rows: list[int], acknowledged: bool, tally: Counter[str]) -> None:
    tally["acknowledged"] += acknowledged
    tally["forgotten"] += acknowledged and not all(rows)
    tally["half"] += len({bool(row) for row in rows}) > 1 or min(rows) < 0


def _act_figures(tally: Counter[str], census: dict[str, int]) -> tuple[Figure, ...]:
    return (
        Figure("acknowledged acts", tally["acknowledged"], floor=1, most=False),
        Figure("acknowledged acts forgotten", tally["forgotten"], floor=0, goal=0),
        Figure("half acts", tally["half"] + abs(census["members"] - MEMBERS), floor=0, goal=0),
        Figure("databases that were not sound", tally["unsound"], floor=0, goal=0),
        Figure("flaws in the journal's chains", census["flaws"], floor=0, goal=0),
    )
