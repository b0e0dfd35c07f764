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

from proof.found import Ask, Figure, Found, progress
from proof.stand.house import house
from proof.stand.web import PATIENCE, Web, web

PROCESSES, MEMBERS = 4, 20
EACH = {"release": 8, "relay": 8, "bring_in": 4}  # forms sent at the same moment
SIGN_IN_EVERY = 20  # rounds: a release needs a fresh proof
ANSWERED = {302, 409}  # done, or done before


def prove(ask: Ask) -> Found:
    """Send twenty forms at once, kill a process while they are worked on, send what broke off again, and once more."""
    kills, dice = ask.of(trial=2, quick=12, full=1000), random.Random(ask.seed)
    tally = {"acts": 0, "broke off": 0, "half": 0, "repeated": 0, "forgotten": 0, "odd answers": 0}
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        house(Path(folder), ask.database, connections=1, stage="proof.stand.desk") as scene,
    ):
        scene.tell("lay", MEMBERS)
        with web(scene, PROCESSES) as server:
            for number in range(kills):
                if number % SIGN_IN_EVERY == 0:
                    cookies = scene.tell("sign_in")
                forms = scene.tell("forms", EACH)
                _round(server, forms, cookies, dice, tally)
                for form in forms:
                    _judge(scene.tell("done", form["act"], form["key"]), tally)
                if (number + 1) % 100 == 0:
                    progress(f"{number + 1} of {kills} kills")
            census = scene.tell("census")
    return Found(kills, f"kill -9 of a web process under {sum(EACH.values())} forms", _figures(tally, census))


def _round(
    server: Web, forms: list[dict[str, Any]], cookies: dict[str, str], dice: random.Random, tally: dict[str, int]
) -> None:
    """One kill. Each form is sent until it is answered, then once more."""
    while not (victims := server.grown()):
        time.sleep(0.1)
    ready = threading.Barrier(len(forms) + 1)

    def send(form: dict[str, Any]) -> tuple[int, list[int]]:
        ready.wait(PATIENCE)
        broken, until = 0, time.monotonic() + PATIENCE
        while (answer := _post(server, form, cookies)) == 0 and time.monotonic() < until:
            broken += 1
            time.sleep(0.05)
        return broken, [answer, _post(server, form, cookies)]

    with ThreadPoolExecutor(len(forms)) as pool:
        sent = [pool.submit(send, form) for form in forms]
        ready.wait(PATIENCE)
        time.sleep(dice.uniform(0.0, 0.4))
        os.kill(dice.choice(victims), signal.SIGKILL)
        answers = [one.result() for one in sent]
    tally["acts"] += len(forms)
    tally["broke off"] += sum(broken for broken, _statuses in answers)
    tally["odd answers"] += sum(set(statuses) - ANSWERED != set() for _broken, statuses in answers)


def _post(server: Web, form: dict[str, Any], cookies: dict[str, str]) -> int:
    return server.ask(form["path"], cookies[form["act"]], form["fields"]).status


def _judge(rows: list[int], tally: dict[str, int]) -> None:
    """Everything that the act writes is there, once: it was answered."""
    tally["half"] += len({bool(row) for row in rows}) > 1 or min(rows) < 0
    tally["repeated"] += max(rows) > 1
    tally["forgotten"] += not any(rows)


def _figures(tally: dict[str, int], census: dict[str, int]) -> tuple[Figure, ...]:
    return (
        Figure("forms", tally["acts"]),
        Figure("lines broken off by a kill", tally["broke off"], floor=1, most=False),
        Figure("half acts", tally["half"] + abs(census["members"] - MEMBERS), floor=0, goal=0),
        Figure("repeated acts", tally["repeated"] + census["doubled"], floor=0, goal=0),
        Figure("answered and not done", tally["forgotten"], floor=0, goal=0),
        Figure("answers that were neither done nor done before", tally["odd answers"], floor=0, goal=0),
        Figure("flaws in the journal's chains", census["flaws"], floor=0, goal=0),
    )
