"""The database server falls and comes back, or drops its connections: pages say so, work goes on by itself (F17)."""

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from proof.harness.postgresql import PostgresServer, postgres_server
from proof.harness.system import SystemUnderTest, system_under_test
from proof.harness.web_server import PageAnswer, WebServer, web_server
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult, Size, print_progress

MEMBERS, CONNECTIONS, BROWSERS = 20, 4, 4
LONGEST = 120.0  # seconds
EACH = {"release": 4, "relay": 6, "bring_in": 2}
BETWEEN = (0.1, 1.0)  # seconds from the first forms of a round to the fault
CALM = "We cannot reach our data for a moment"
DROP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> "
DROP += "pg_backend_pid()"


def _wait_until_database_is_back(server: WebServer) -> float:
    """Wait until pages reach the database again; for how long, in seconds."""
    begun = time.monotonic()
    while '"database": true' not in server.get_page_or_post_form("/readyz").body:
        assert time.monotonic() - begun < LONGEST, "the database never came back"
        time.sleep(0.02)
    return time.monotonic() - begun


def prove(ask: ProofRequest) -> ProofResult:
    """Let the server fall, or drop every connection, while forms are sent and mails leave."""
    faults, dice = ask.number_for_size(trial=2, quick=2, floor=20, full=100), random.Random(ask.seed)
    answers: Counter[str] = Counter()
    tally: Counter[str] = Counter()
    slowest = 0.0
    with _running_system_on_postgresql() as (base, scene, server_):
        scene.start_workers(1)
        for number in range(faults):
            cookies, forms = (
                scene.call_procedure("sign_in_and_get_cookies_by_act"),
                scene.call_procedure("create_forms_ready_to_send", EACH),
            )
            browsers = _start_browsers(server_, forms, cookies, answers)
            time.sleep(dice.uniform(*BETWEEN))
            (_crash_and_restart_database if number % 2 == 0 else _drop_connections)(base)
            slowest = max(slowest, _wait_until_database_is_back(server_))
            for browser in browsers:
                browser.join(180)
            for form in forms:
                _count_unsound_act(scene.call_procedure("count_rows_written_by_act", form["act"], form["key"]), tally)
            print_progress(f"{number + 1} of {faults} faults")
        scene.wait_until_no_dispatch_waits(300)
        alive = scene.worker is not None and scene.worker.poll() is None
        books, census, copies = (
            scene.call_procedure("ledger_and_copies_of_all_messages"),
            scene.call_procedure("count_members_doubles_and_flaws"),
            scene.count_received_copies(),
        )
    figures = (
        Figure("forms answered", answers["done"], floor=1, most=False),
        Figure("answers that said: wait a moment", answers["calm"]),
        Figure("answers that said: our fault", answers["wrong"], floor=0, goal=0),
        Figure("half or repeated acts", tally["unsound"] + census["doubled"], floor=0, goal=0),
        Figure("slowest to be ready again", slowest, "s", floor=120 if ask.size == Size.TRIAL else 10, goal=10),
        Figure("workers that ended", int(not alive), floor=0, goal=0),
        *lost_and_double_figures(books, copies, people=books["people"], window=faults * CONNECTIONS),
    )
    return ProofResult(faults, "restarts by pg_ctl -m immediate and dropped connections, in turn, under load", figures)


@contextmanager
def _running_system_on_postgresql() -> Iterator[tuple[PostgresServer, SystemUnderTest, WebServer]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plp-proof-")))
        base = stack.enter_context(postgres_server(folder / "cluster"))
        settings: dict[str, Any] = {"connections": CONNECTIONS, "delay": 0.01, "stage": "proof.procedures.web_forms"}
        scene = stack.enter_context(system_under_test(folder, base.database_url, **settings))
        scene.call_procedure("create_cast_streets_and_members", MEMBERS)
        yield base, scene, stack.enter_context(web_server(scene, 1))


def _start_browsers(
    server_: WebServer, forms: list[dict[str, Any]], cookies: dict[str, str], answers: Counter[str]
) -> list[threading.Thread]:
    """Browsers that send each form until it is done, as people do who are told to wait a moment."""
    waiting = list(forms)

    def send_until_done(form: dict[str, Any]) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            answer = server_.get_page_or_post_form(form["path"], cookies[form["act"]], form["fields"])
            kind = _answer_kind(answer)
            answers[kind] += 1
            if kind == "done":
                return
            time.sleep(0.2)

    return _start_threads(lambda: [send_until_done(waiting.pop()) for _one in range(len(forms) // BROWSERS)])


def _start_threads(act: Callable[[], object]) -> list[threading.Thread]:
    made = [threading.Thread(target=act) for _one in range(BROWSERS)]
    for thread in made:
        thread.start()
    return made


def _answer_kind(answer: PageAnswer) -> str:
    if answer.status in {302, 409}:
        return "done"
    return "calm" if answer.status == 503 and CALM in answer.body else "wrong"


def _crash_and_restart_database(base: PostgresServer) -> None:
    base.stop("immediate")
    base.start()


def _drop_connections(base: PostgresServer) -> None:
    with psycopg.connect(base.database_url, autocommit=True) as line:
        line.execute(DROP)


def _count_unsound_act(rows: list[int], tally: Counter[str]) -> None:
    tally["unsound"] += set(rows) != {1}
