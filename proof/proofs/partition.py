"""A worker cut off from its database, or from its mail server, for seconds: another goes on, nobody is lost (F19)."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from proof.harness.postgresql import postgres_server
from proof.harness.system import ROOT, SystemUnderTest, system_under_test
from proof.harness.tcp_proxy import TcpProxy, tcp_proxy
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult, Size, print_progress

CONNECTIONS, SHARE = 4, 60
LASTS = {
    Size.TRIAL: (0.3, 1.5),
    Size.QUICK: (0.5, 3.0),
    Size.FLOOR: (1.0, 60.0),
    Size.FULL: (1.0, 60.0),
}  # seconds; the lease is one


def prove(ask: ProofRequest) -> ProofResult:
    """Hold or cut the lines of one of two workers while mails leave, and judge each copy."""
    partitions, dice = ask.number_for_size(trial=3, quick=4, floor=12, full=50), random.Random(ask.seed)
    people = partitions * SHARE
    with _system_with_proxied_lines(bool(ask.database)) as (scene, lines):
        message = scene.call_procedure("create_people_and_message", people)
        scene.start_workers(1)
        with _far_worker(scene, lines) as far:
            for number in range(partitions):
                scene.call_procedure("queue_for_people_in_range", message, number * SHARE, (number + 1) * SHARE)
                scene.wait_for_more_mail(60)
                _hold_then_cut_or_release(
                    lines[dice.choice(sorted(lines))], dice.uniform(*LASTS[ask.size]), cut=number % 2 == 0
                )
                if (number + 1) % 10 == 0:
                    print_progress(f"{number + 1} of {partitions} partitions")
            scene.wait_until_no_dispatch_waits(300)
            alive = far.poll() is None
        book, copies = scene.call_procedure("ledger_and_copy_states", message), scene.count_received_copies()
    figures = lost_and_double_figures(book, copies, people=people, window=partitions * CONNECTIONS)
    gone = Figure("workers that ended", int(not alive), floor=0, goal=0)
    kinds = " or ".join(sorted(lines))
    return ProofResult(
        partitions, f"lines of a worker to its {kinds} held or cut, beside another worker", (gone, *figures)
    )


@contextmanager
def _system_with_proxied_lines(served: bool) -> Iterator[tuple[SystemUnderTest, dict[str, TcpProxy]]]:
    """A house, and the lines of the worker that will be cut off."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plp-proof-")))
        base = stack.enter_context(postgres_server(folder / "cluster")) if served else None
        scene = stack.enter_context(
            system_under_test(folder, base.database_url if base else "", connections=CONNECTIONS, delay=0.02)
        )
        port = urlsplit(scene.environment["PLP_SMTP_URL"]).port or 0
        lines = {"mail server": stack.enter_context(tcp_proxy(port))}
        if base:
            lines["database"] = stack.enter_context(tcp_proxy(base.socket / ".s.PGSQL.5432"))
        yield scene, lines


@contextmanager
def _far_worker(scene: SystemUnderTest, lines: dict[str, TcpProxy]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that reaches everything through these lines."""
    environment = scene.environment | {"PLP_SMTP_URL": f"smtp://127.0.0.1:{lines['mail server'].port}"}
    if "database" in lines:
        there = urlsplit(scene.environment["PLP_DATABASE_URL"])
        far = there._replace(netloc=f"postgres:@127.0.0.1:{lines['database'].port}", query="")
        environment["PLP_DATABASE_URL"] = urlunsplit(far)
    with (scene.log.parent / "worker.log").open("a") as file:
        command = [sys.executable, "-m", "plp.ops.cli", "worker"]
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(60)


def _hold_then_cut_or_release(line: TcpProxy, seconds: float, *, cut: bool) -> None:
    """Hold a line for a while, then cut it or let everything through."""
    line.hold_traffic()
    time.sleep(seconds)
    if cut:
        line.cut_connections()
    line.release_traffic()
