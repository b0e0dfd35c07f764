"""The web server killed by signal 9 amid forms that matter: each is wholly done or not at all, and never twice (F3)."""

import os
import random
import signal
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from proof.harness.system import system_under_test
from proof.harness.web_server import PATIENCE, WebServer, web_server
from proof.result import Figure, ProofRequest, ProofResult, print_progress

PROCESSES, MEMBERS = 4, 20
EACH = {"release": 8, "relay": 8, "bring_in": 4}  # forms sent at the same moment
SIGN_IN_EVERY = 20  # rounds: a release needs a fresh proof
ANSWERED = {302, 409}  # done, or done before
AGAIN = {0, 503}  # the line broke; or the page says to wait a minute and to look (a lock was held for too long)


def prove(ask: ProofRequest) -> ProofResult:
    """Send twenty forms at once, kill a process while they are worked on, send what broke off again, and once more."""
    kills, dice = ask.number_for_size(trial=2, quick=2, floor=40, full=1000), random.Random(ask.seed)
    tally = {"acts": 0, "broke off": 0, "half": 0, "repeated": 0, "forgotten": 0, "odd answers": 0}
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=1, stage="proof.procedures.web_forms") as scene,
    ):
        scene.call_procedure("create_cast_streets_and_members", MEMBERS)
        with web_server(scene, PROCESSES) as server:
            for number in range(kills):
                if number % SIGN_IN_EVERY == 0:
                    cookies = scene.call_procedure("sign_in_and_get_cookies_by_act")
                forms = scene.call_procedure("create_forms_ready_to_send", EACH)
                _send_forms_and_kill_process(server, forms, cookies, dice, tally)
                for form in forms:
                    _count_half_and_repeated_acts(
                        scene.call_procedure("count_rows_written_by_act", form["act"], form["key"]), tally
                    )
                if (number + 1) % 100 == 0:
                    print_progress(f"{number + 1} of {kills} kills")
            census = scene.call_procedure("count_members_doubles_and_flaws")
    figures = _figures_of_web_kills(tally, census, least=ask.number_for_size(trial=0, quick=1, full=kills // 2))
    return ProofResult(kills, f"kill -9 of a web process under {sum(EACH.values())} forms", figures)


def _send_forms_and_kill_process(
    server: WebServer, forms: list[dict[str, Any]], cookies: dict[str, str], dice: random.Random, tally: dict[str, int]
) -> None:
    """One kill. Each form is sent until it is answered, then once more."""
    while not (victims := server.processes_safe_to_kill()):
        time.sleep(0.1)
    ready, answered = threading.Barrier(len(forms) + 1), threading.Semaphore(0)

    def send_until_answered_and_again(form: dict[str, Any]) -> tuple[int, list[int]]:
        ready.wait(PATIENCE)
        broken, until = 0, time.monotonic() + 2 * PATIENCE
        while (answer := _post_form(server, form, cookies)) in AGAIN and time.monotonic() < until:
            broken += answer == 0
            time.sleep(0.05)
        answered.release()
        return broken, [answer, _post_until_answered(server, form, cookies, until)]

    with ThreadPoolExecutor(len(forms)) as pool:
        sent = [pool.submit(send_until_answered_and_again, form) for form in forms]
        ready.wait(PATIENCE)
        for _answer in range(dice.randrange(len(forms) // 2)):  # amid the work, however fast the machine is
            answered.acquire(timeout=PATIENCE)
        os.kill(dice.choice(victims), signal.SIGKILL)
        answers = [one.result() for one in sent]
    tally["acts"] += len(forms)
    tally["broke off"] += sum(broken for broken, _statuses in answers)
    for status in (status for _broken, statuses in answers for status in statuses if status not in ANSWERED):
        tally["odd answers"] += 1
        print_progress(f"an odd answer: {status}")


def _post_until_answered(server: WebServer, form: dict[str, Any], cookies: dict[str, str], until: float) -> int:
    while (answer := _post_form(server, form, cookies)) in AGAIN and time.monotonic() < until:
        time.sleep(0.05)
    return answer


def _post_form(server: WebServer, form: dict[str, Any], cookies: dict[str, str]) -> int:
    return server.get_page_or_post_form(form["path"], cookies[form["act"]], form["fields"]).status


def _count_half_and_repeated_acts(rows: list[int], tally: dict[str, int]) -> None:
    """Everything that the act writes is there, once: it was answered."""
    tally["half"] += len({bool(row) for row in rows}) > 1 or min(rows) < 0
    tally["repeated"] += max(rows) > 1
    tally["forgotten"] += not any(rows)


def _figures_of_web_kills(tally: dict[str, int], census: dict[str, int], *, least: int) -> tuple[Figure, ...]:
    return (
        Figure("forms", tally["acts"]),
        Figure("lines broken off by a kill", tally["broke off"], floor=least, most=False),
        Figure("half acts", tally["half"] + abs(census["members"] - MEMBERS), floor=0, goal=0),
        Figure("repeated acts", tally["repeated"] + census["doubled"], floor=0, goal=0),
        Figure("answered and not done", tally["forgotten"], floor=0, goal=0),
        Figure("answers that were neither done nor done before", tally["odd answers"], floor=0, goal=0),
        Figure("flaws in the journal's chains", census["flaws"], floor=0, goal=0),
    )
