"""What the peers reach, each on a sink of its own kind, in turn with us: A B C, A B C, ... in one run.

What a machine does beside a measurement lasts longer than one of them. So each is measured several times, a rate is
compared with ours of the same round, and the median of these ratios is what counts: one hiccup says nothing.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from bench.broker import broker, is_here
from bench.stage import CONNECTIONS, PROCESSES, ROOT, SystemUnderTest, sandbox, say
from plp.ops.environment import find_program

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
OURS = "ours"
PLAIN = (sys.executable, "-W", "ignore")

type Rates = dict[str, list[float]]  # of each, ours among them: messages per second, round by round


def compare(number: int, rounds: int, ours: Callable[[], float]) -> tuple[Rates, dict[str, str]]:
    """Send ``number`` mails by each peer in each round, after one of ours; and why a peer is not there."""
    absent = {name: reason for name in NAMES if (reason := _lacking(name))}
    with ExitStack() as stack:
        senders: dict[str, Callable[[], float]] = {OURS: ours}
        for name in NAMES:
            if name not in absent:
                senders[name] = _sender(name, number, stack)
        found: Rates = {name: [] for name in senders}
        for turn in range(1, rounds + 1):
            for name, send in senders.items():
                found[name].append(send())
            say(f"round {turn}: " + ", ".join(f"{name} {found[name][-1]:,.0f}" for name in senders))
    return found, absent


def times_the_peer(found: Rates, name: str) -> float:
    """How many times the peer's rate ours is: the median of the rounds, each with its own pair."""
    return median(mine / theirs for mine, theirs in zip(found[OURS], found[name], strict=True))


def times_the_best(found: Rates) -> float:
    """How many times the rate of the best of those that make mails."""
    return min(times_the_peer(found, name) for name in KEEPERS if name in found)


def _lacking(name: str) -> str:
    if name == "celery" and not is_here():
        return "apt-get install --no-install-recommends rabbitmq-server"
    if name == "smtp_source" and not find_program("smtp-source"):
        return "apt-get install --no-install-recommends postfix"
    return ""


def _sender(name: str, number: int, stack: ExitStack) -> Callable[[], float]:
    """How a peer sends its mails once more, to a sink that stays until the end, and how many a second that were."""
    made = stack.enter_context(sandbox())
    port = made.environment["PLP_SMTP_URL"].rsplit(":", 1)[1]
    if name == "celery":
        address = stack.enter_context(broker())
        return lambda: _celery(made, number, os.environ | {"PLP_BENCH_BROKER": address, "PLP_BENCH_PORT": port})
    if name == "smtp_source":
        return lambda: _smtp_source(made, number * 20, port)
    peer = stack.enter_context(_running([*PLAIN, "-m", "bench.peers", name, port], made))
    return lambda: _peer(made, number, peer)


def _peer(made: SystemUnderTest, number: int, peer: subprocess.Popen[str]) -> float:
    """One of the peers that keep a process."""
    before = _taken(made)
    assert peer.stdin
    assert peer.stdout
    peer.stdin.write(f"{number}\n")
    peer.stdin.flush()
    told = next((line for line in peer.stdout if line.startswith("seconds ")), "")
    if not told:
        raise RuntimeError(f"A peer ended: {_words(made).read_text()[-2000:]}")
    _check(made, before + number)
    return number / float(told.split()[1])


def _words(made: SystemUnderTest) -> Path:
    """Where a peer's complaints are kept."""
    return made.log.with_name("peer.log")


def _run(*command: str, environment: dict[str, str] | None = None) -> None:
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if ended.returncode:
        raise RuntimeError(f"{' '.join(command)}: {ended.stderr[-2000:]}")


def _taken(made: SystemUnderTest) -> int:
    """How many mails the sink has taken so far."""
    return len(made.log.read_text().splitlines())


def _check(made: SystemUnderTest, number: int) -> None:
    if (taken := _taken(made)) != number:
        raise RuntimeError(f"{taken} of {number} mails came")


def _celery(made: SystemUnderTest, number: int, environment: dict[str, str]) -> float:
    """Everything is with the broker before the two processes of the worker begin."""
    before = _taken(made)
    _run(*PLAIN, "-c", f"from bench.celery_peer import publish; publish({number})", environment=environment)
    command = [*PLAIN, "-m", "celery", "-A", "bench.celery_peer", "worker", "-c", str(PROCESSES), "-l", "CRITICAL"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    with _running(command, made, environment):
        _wait(lambda: _taken(made) >= before + number)
    moments = [float(line.split()[0]) for line in made.log.read_text().splitlines()[before:]]
    return (number - 1) / (moments[-1] - moments[0])


@contextmanager
def _running(
    command: list[str], made: SystemUnderTest, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with _words(made).open("a") as log:
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=log, text=True)
        try:
            yield started
        finally:
            started.terminate()
            started.communicate(timeout=60)


def _wait(over: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not over():
        if time.monotonic() > until:
            raise RuntimeError("a peer did not come to its end")
        time.sleep(0.2)


def _smtp_source(made: SystemUnderTest, number: int, port: str) -> float:
    """As many connections as ours, each kept open, mails of the same length."""
    before, sessions = _taken(made), str(CONNECTIONS * PROCESSES)
    ours = [str(find_program("smtp-source")), "-d", "-s", sessions, "-m", str(number), "-l", str(LETTER)]
    begun = time.perf_counter()
    _run(*ours, "-f", "plp@example.be", "-t", "member@example.be", f"127.0.0.1:{port}")
    seconds = time.perf_counter() - begun
    _check(made, before + number)
    return number / seconds
