"""From the command to the first page, and what web server and worker weigh when nothing happens."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.stage import ROOT, say
from plp.ops.environment import NOT_PASSED_ON

PATIENCE = 120.0  # seconds for a start
SETTLES = 5.0  # seconds until a worker has done its first chores


@dataclass(frozen=True)
class Start:
    """The middle of several starts, in seconds, and the memory of all processes together, in MB."""

    seconds: float
    megabytes: float


def clean(folder: str, database: str = "") -> dict[str, str]:
    """An environment with no settings of ours but these, in which what was compiled once is kept."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
    more = {"PLP_DATABASE_URL": database} if database else {}
    return kept | {"PLP_HOME": folder, "DJANGO_SETTINGS_MODULE": "plp.server.settings"} | more


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def command(*words: str) -> list[str]:
    """A command of ours, as the launcher starts it."""
    return [sys.executable, "-P", "-m", "plp.ops.cli", *words]


@contextmanager
def running(
    word: str, environment: dict[str, str], port: int, sign: str = "/healthz"
) -> Iterator[subprocess.Popen[bytes]]:
    """``./plp web`` or ``./plp up``, from the moment at which ``sign`` answers well until the end."""
    with tempfile.NamedTemporaryFile(prefix="plp-bench-") as log:
        server = subprocess.Popen(command(word), cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            until = time.monotonic() + PATIENCE
            while not _is_ready(port, sign):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(Path(log.name).read_text()[-2000:])
                time.sleep(0.01)
            yield server
        finally:
            server.terminate()
            server.wait(60)


def _is_ready(port: int, sign: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{sign}", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def family(process: int) -> list[int]:
    """A process and all that came from it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(one for child in children for one in family(int(child)))]


def megabytes(process: int) -> float:
    """What a process and all that came from it hold; what several share counts once (its PSS)."""
    total = 0
    for member in family(process):
        lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def worked(process: int) -> float:
    """Seconds of processor that a process and all that came from it took so far."""
    ticks = 0
    for member in family(process):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended since it was listed
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def start(times: int) -> Start:
    """Start ``./plp up`` so many times on a database that is up to date, and weigh it the last time."""
    with tempfile.TemporaryDirectory(prefix="plp-bench-") as folder:
        environment = clean(folder) | {"PLP_PORT": str(free_port())}
        subprocess.run(command("migrate"), cwd=ROOT, env=environment, check=True, capture_output=True)
        waits, weight = [], 0.0
        for number in range(times):
            begun = time.monotonic()
            with running("up", environment, int(environment["PLP_PORT"]), "/readyz") as server:
                waits.append(time.monotonic() - begun)
                if number == times - 1:
                    time.sleep(SETTLES)
                    weight = megabytes(server.pid)
    say(f"ready after {median(waits):.2f} s; {weight:.0f} MB")
    return Start(median(waits), weight)
