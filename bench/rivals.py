"""What the peers reach, one after the other, on a sink of their own kind, beside us in the same run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.broker import broker, is_here
from bench.stage import CONNECTIONS, PROCESSES, ROOT, House, sandbox, say
from plp.ops.house import program

LETTER = 2400  # bytes of one of our mails, for the peer that makes none
PATIENCE = 300.0  # seconds for one peer
NAMES = {
    "mass": "send_mass_mail",
    "post_office": "django-post_office",
    "mailer": "django-mailer",
    "celery": "Celery with RabbitMQ",
    "smtp_source": "Postfix smtp-source",
}
KEEPERS = ("mass", "post_office", "mailer", "celery")  # those that make mails: the best of them is to be beaten


def rates(number: int) -> tuple[dict[str, int], dict[str, str]]:
    """Messages per second of each peer, and why a peer is not there."""
    found: dict[str, int] = {}
    absent: dict[str, str] = {}
    for name, words in NAMES.items():
        if reason := _lacking(name):
            absent[name] = reason
            continue
        say(f"{words} ...")
        with sandbox() as made:
            found[name] = round(_rate(name, made, number))
    return found, absent


def _lacking(name: str) -> str:
    if name == "celery" and not is_here():
        return "apt-get install --no-install-recommends rabbitmq-server"
    if name == "smtp_source" and not program("smtp-source"):
        return "apt-get install --no-install-recommends postfix"
    return ""


def _rate(name: str, made: House, number: int) -> float:
    port = made.environment["PLP_SMTP_URL"].rsplit(":", 1)[1]
    if name == "celery":
        return _celery(made, number, port)
    if name == "smtp_source":
        return _smtp_source(made, number * 20, port)
    ended = _run(sys.executable, "-W", "ignore", "-m", "bench.peers", name, str(number), port)
    _check(made, number)
    return number / float(ended.split()[-1])


def _run(*command: str, environment: dict[str, str] | None = None) -> str:
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if ended.returncode:
        raise RuntimeError(f"{' '.join(command)}: {ended.stderr[-2000:]}")
    return ended.stdout


def _check(made: House, number: int) -> None:
    taken = len(made.log.read_text().splitlines())
    if taken != number:
        raise RuntimeError(f"{taken} of {number} mails came")


def _moments(made: House) -> list[float]:
    return [float(line.split()[0]) for line in made.log.read_text().splitlines()]


def _celery(made: House, number: int, port: str) -> float:
    """Everything is with the broker before the two processes of the worker begin."""
    with broker() as address:
        environment = os.environ | {"PLP_BENCH_BROKER": address, "PLP_BENCH_PORT": port}
        plain = (sys.executable, "-W", "ignore")
        _run(*plain, "-c", f"from bench.celery_peer import publish; publish({number})", environment=environment)
        command = [*plain, "-m", "celery", "-A", "bench.celery_peer", "worker", "-c", str(PROCESSES), "-l", "CRITICAL"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with _running(command, environment):
            _wait(lambda: len(made.log.read_text().splitlines()) >= number)
    moments = _moments(made)
    return (number - 1) / (moments[-1] - moments[0])


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    silent = subprocess.DEVNULL
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=silent, stderr=silent)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(60)


def _wait(over: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not over():
        if time.monotonic() > until:
            raise RuntimeError("a peer did not come to its end")
        time.sleep(0.2)


def _smtp_source(made: House, number: int, port: str) -> float:
    """As many connections as ours, each kept open, mails of the same length."""
    sessions = str(CONNECTIONS * PROCESSES)
    ours = [str(program("smtp-source")), "-d", "-s", sessions, "-m", str(number), "-l", str(LETTER)]
    begun = time.perf_counter()
    _run(*ours, "-f", "plp@example.be", "-t", "member@example.be", f"127.0.0.1:{port}")
    seconds = time.perf_counter() - begun
    _check(made, number)
    return number / seconds
