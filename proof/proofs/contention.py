"""Everybody writes at once to one SQLite file, beside a backup and a long reader: nobody hears of it (F23)."""

import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from proof.harness.system import SystemUnderTest, system_under_test
from proof.harness.web_server import WebServer, web_server
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult, Size

WRITERS, WORKERS, CONNECTIONS, MEMBERS = 8, 4, 5, 20
PAGE = "/coordinator/#form"
SHARE = 50  # writes a copy that is on its way meanwhile
LONGEST = {Size.TRIAL: 60.0, Size.QUICK: 5.0, Size.FLOOR: 1.0, Size.FULL: 1.0}  # seconds for 99 of 100 writers


def prove(ask: ProofRequest) -> ProofResult:
    """Eight browsers keep a form again and again while four workers send."""
    writes = ask.number_for_size(trial=160, quick=400, floor=10_000, full=100_000)
    answers: list[int] = []
    seconds: list[float] = []
    with _running_system_and_web_server() as (scene, server):
        message = scene.call_procedure("create_people_and_queue_message", max(100, writes // SHARE))
        scene.start_workers(WORKERS)
        cookies = scene.call_procedure("sign_in_and_get_cookies_by_act")["relay"]
        with _backups_and_long_reads_meanwhile(Path(scene.environment["PLP_HOME"])) as rounds:
            _run_in_parallel_threads(
                lambda: _post_drafts_and_note_answers(server, cookies, writes // WRITERS, answers, seconds)
            )
        scene.wait_until_no_dispatch_waits(300)
        book, copies = scene.call_procedure("ledger_and_copy_states", message), scene.count_received_copies()
        logs = server.log.read_text() + (scene.log.parent / "worker.log").read_text()
    people = len(book["copies"])
    figures = (
        Figure("writes by people", writes),
        Figure("copies of the whole database meanwhile", rounds["copies"], floor=1, most=False),
        Figure("long reads meanwhile", rounds["reads"], floor=1, most=False),
        Figure("answers but done", writes - answers.count(302), floor=0, goal=0),
        Figure("times that anybody heard of a lock", logs.count("locked"), floor=0, goal=0),
        Figure("99 of 100 writes within", _percentile(seconds, 0.99), "s", LONGEST[ask.size], LONGEST[Size.FULL]),
        *lost_and_double_figures(book, copies, people=people, window=0),
    )
    return ProofResult(
        writes, f"writes by {WRITERS} browsers at once, beside {WORKERS} workers, a backup and a reader", figures
    )


@contextmanager
def _running_system_and_web_server() -> Iterator[tuple[SystemUnderTest, WebServer]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plp-proof-")))
        settings: dict[str, Any] = {"connections": CONNECTIONS, "lease": 60, "stage": "proof.procedures.web_forms"}
        scene = stack.enter_context(system_under_test(folder, "", **settings))
        scene.call_procedure("create_cast_streets_and_members", MEMBERS)
        yield scene, stack.enter_context(web_server(scene, 2))


@contextmanager
def _backups_and_long_reads_meanwhile(home: Path) -> Iterator[Counter[str]]:
    """Copies of the database and long reads, one after the other, until the block ends."""
    over, rounds = threading.Event(), Counter[str]()

    def copy_database_repeatedly() -> None:
        while not over.wait(0.1):
            with closing(sqlite3.connect(home / "plp.sqlite3")) as ours, closing(sqlite3.connect(":memory:")) as theirs:
                ours.backup(theirs)
            rounds["copies"] += 1

    def hold_long_reads_repeatedly() -> None:
        while not over.is_set():
            with closing(sqlite3.connect(home / "plp.sqlite3", isolation_level=None)) as line:
                line.execute("BEGIN")
                line.execute("SELECT count(*) FROM delivery_dispatch").fetchone()
                over.wait(2)  # as long as nobody should read: the log of changes grows meanwhile
            rounds["reads"] += 1

    threads = [threading.Thread(target=act) for act in (copy_database_repeatedly, hold_long_reads_repeatedly)]
    for thread in threads:
        thread.start()
    try:
        yield rounds
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _run_in_parallel_threads(act: Any) -> None:
    threads = [threading.Thread(target=act) for _one in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _post_drafts_and_note_answers(
    server: WebServer, cookies: str, number: int, answers: list[int], seconds: list[float]
) -> None:
    name = threading.current_thread().name
    for place in range(number):
        fields = {"csrfmiddlewaretoken": "c" * 32, "draft": f"{PAGE}{name}", "text": f"{name} {place} {time.time()}"}
        answer = server.get_page_or_post_form("/drafts/", cookies, fields)
        answers.append(answer.status)
        seconds.append(answer.seconds)


def _percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 3)
