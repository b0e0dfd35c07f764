"""Left alone for hours: pages and messages go on while something fails every half a minute (G25).

Of the web server and of the workers one process each is spared: the *veterans*, whose memory is watched.
"""

import os
import random
import signal
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.harness.web_server import WebServer, web_server
from proof.proofs.kills import lost_and_double_figures
from proof.receivers.smtp_script import Script
from proof.result import Figure, ProofRequest, ProofResult, print_progress

MEMBERS, CONNECTIONS, PROCESSES, LEASE = 40, 4, 2, 3
LETTERS = {"rcpt-450": 0.02, "dot-452": 0.02, "dot-reset": 0.02, "mail-reset": 0.02}
EACH = {"release": 2, "relay": 2, "bring_in": 1}  # forms of a round
SIGN_IN_EVERY = 5  # rounds: a release needs a fresh proof
AGAIN = {0, 503}  # the line broke, or the page says to wait a minute
LATE, LOOK_EVERY = 60.0, 2.0  # seconds that a copy may be overdue; between two looks
GROWTH = 5.0  # per cent


@dataclass
class Watch:
    """What was seen of the house from outside."""

    pages: Counter[str] = field(default_factory=Counter)
    latest: float = 0.0  # seconds that the oldest copy was overdue, at worst
    kilobytes: dict[str, list[int]] = field(default_factory=lambda: {"web": [], "worker": []})


def prove(ask: ProofRequest) -> ProofResult:
    """Rounds of forms and one fault each, until the time is over; then everything is settled and counted."""
    lasts, seconds = (
        ask.number_for_size(trial=30, quick=12, floor=3_600, full=8 * 3_600),
        6.0 if not ask.is_long else 30.0,
    )
    dice, watch = random.Random(ask.seed), Watch()
    receiver = ("proof.receivers.faulty_smtp", "--script", Script(seed=ask.seed, letters=LETTERS, delay=0.02).as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder),
            ask.database,
            connections=CONNECTIONS,
            lease=LEASE,
            receiver=receiver,
            stage="proof.procedures.web_forms",
        ) as scene,
    ):
        scene.call_procedure("create_cast_streets_and_members", MEMBERS)
        scene.start_workers(PROCESSES)
        with web_server(scene, PROCESSES) as server:
            faults, begun, number = _functions_causing_faults(scene, server, dice), time.monotonic(), 0
            while time.monotonic() - begun < lasts:
                if number % SIGN_IN_EVERY == 0:
                    cookies = scene.call_procedure("sign_in_and_get_cookies_by_act")
                _send_forms_amid_fault(scene, server, cookies, faults[number % len(faults)], dice, seconds, watch)
                number += 1
                if number % 10 == 0:
                    gone = (time.monotonic() - begun) / 60
                    print_progress(
                        f"{number} faults in {gone:.0f} of {lasts / 60:.0f} minutes, {watch.latest:.0f} s late at worst"
                    )
            minutes = (time.monotonic() - begun) / 60
        scene.wait_until_no_dispatch_waits(300)
        books, census, copies = (
            scene.call_procedure("ledger_and_copies_of_all_messages"),
            scene.call_procedure("count_members_doubles_and_flaws"),
            scene.count_received_copies(),
        )
    figures = lost_and_double_figures(books, copies, people=books["people"], window=number * CONNECTIONS)
    return ProofResult(
        number,
        "faults, one after the other, while forms and messages go on",
        (
            Figure("minutes", minutes),
            Figure("seconds from fault to fault", 60 * minutes / number),
            *_figures_of_soak(watch, census, weigh=ask.is_long),
            *figures,
        ),
    )


def _functions_causing_faults(
    scene: SystemUnderTest, server: WebServer, dice: random.Random
) -> list[Callable[[], None]]:
    """What goes wrong, each over when it answers; the veterans are spared."""

    def kill_random_worker() -> None:
        _kill_random_but_oldest(dice, scene.worker_process_ids())

    def kill_random_web_process() -> None:
        _kill_random_but_oldest(dice, server.processes_safe_to_kill())

    def pause_worker_beyond_its_lease() -> None:
        _pause_process(_oldest_first(scene.worker_process_ids())[-1], LEASE * 2)

    def pause_mail_server() -> None:
        _pause_process(scene.receivers[0].pid, LEASE * 2)

    def lock_sqlite_database() -> None:
        file = next(Path(scene.environment["PLP_HOME"]).glob("*.sqlite3"))
        with closing(sqlite3.connect(file, timeout=LATE)) as line:
            line.execute("BEGIN IMMEDIATE")
            time.sleep(LEASE)
            line.rollback()

    return [
        kill_random_worker,
        kill_random_web_process,
        pause_worker_beyond_its_lease,
        pause_mail_server,
        lock_sqlite_database,
    ]


def _kill_random_but_oldest(dice: random.Random, members: list[int]) -> None:
    """Kill one that is no veteran, if another lives."""
    victims = _oldest_first(members)[1:]
    if victims:
        os.kill(dice.choice(victims), signal.SIGKILL)


def _oldest_first(processes: list[int]) -> list[int]:
    """The veteran first. Their numbers do not tell: after the highest one they begin anew."""
    return sorted(processes, key=lambda one: int(Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[19]))


def _pause_process(process: int, seconds: float) -> None:
    os.kill(process, signal.SIGSTOP)
    time.sleep(seconds)
    os.kill(process, signal.SIGCONT)


def _send_forms_amid_fault(
    scene: SystemUnderTest,
    server: WebServer,
    cookies: dict[str, str],
    fault: Callable[[], None],
    dice: random.Random,
    seconds: float,
    watch: Watch,
) -> None:
    """Forms at random moments, the fault amid them; each form must be done once, and be seen to be done."""
    until = time.monotonic() + seconds
    forms = scene.call_procedure("create_forms_ready_to_send", EACH)
    moments = [dice.uniform(0.0, seconds / 2) for _form in forms]

    def send_form(number: int) -> int:
        form = forms[number]
        time.sleep(moments[number])
        while (
            status := server.get_page_or_post_form(form["path"], cookies[form["act"]], form["fields"]).status
        ) in AGAIN:
            time.sleep(0.5)
            if time.monotonic() > until + LATE:
                break
        return status

    with ThreadPoolExecutor(len(forms) + 1) as pool:
        answers = [pool.submit(send_form, number) for number in range(len(forms))]
        failing = pool.submit(_call_after_delay, dice.uniform(0.0, seconds / 2), fault)
        while time.monotonic() < until or not all(one.done() for one in [*answers, failing]):
            watch.latest = max(watch.latest, scene.call_procedure("oldest_overdue_seconds"))
            time.sleep(LOOK_EVERY)
    failing.result()
    for form, answer in zip(forms, answers, strict=True):
        rows = scene.call_procedure("count_rows_written_by_act", form["act"], form["key"])
        watch.pages["forms"] += 1
        watch.pages["odd answers"] += answer.result() not in {302, 409}
        watch.pages["half"] += rows != [1] * len(rows)
    watch.kilobytes["web"].append(_memory_kilobytes(_oldest_first(server.serving_process_ids())[0]))
    watch.kilobytes["worker"].append(_memory_kilobytes(_oldest_first(scene.worker_process_ids())[0]))


def _call_after_delay(seconds: float, act: Callable[[], None]) -> None:
    time.sleep(seconds)
    act()


def _memory_kilobytes(process: int) -> int:
    """What it holds in memory that is no file, in kB: a share of files would hang on who else maps them just now."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))


def _figures_of_soak(watch: Watch, census: dict[str, int], *, weigh: bool) -> tuple[Figure, ...]:
    """``weigh``: the run was long enough to see memory grow, from its second sixth to its last."""
    bound = GROWTH if weigh else None
    return (
        Figure("forms sent", watch.pages["forms"]),
        Figure("forms half done, not done or done twice", watch.pages["half"], floor=0, goal=0),
        Figure("answers that were neither done nor done before", watch.pages["odd answers"], floor=0, goal=0),
        Figure("longest that a copy was overdue", watch.latest, "s", floor=LATE, goal=LATE),
        *(
            Figure(f"growth of the {name}", _memory_growth_in_percent(weights), "%", bound, bound)
            for name, weights in watch.kilobytes.items()
        ),
        Figure("doubled rows, and flaws in the journal's chains", census["doubled"] + census["flaws"], floor=0, goal=0),
    )


def _memory_growth_in_percent(weights: list[int]) -> float:
    sixth = max(1, len(weights) // 6)
    early, late = weights[sixth : 2 * sixth] or weights[:1], weights[-sixth:]
    return round(100 * (statistics.median(late) / statistics.median(early) - 1), 1)
