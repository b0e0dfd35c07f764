"""Slow clients against the real server, without a proxy in front: the others are still answered (T50, G24)."""

import http.client
import re
import socket
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

from proof.harness.seeded_data import environment_of_data_folder
from proof.harness.web_server import PATIENCE, WebServer, create_database
from proof.result import Figure, ProofRequest, ProofResult

HEAD = b"POST /idea/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
PAUSE = 0.5  # seconds between two drops
MOST, SOON = 90, 0.1  # seconds until one gives up waiting, and what counts as quick whatever was before


def prove(ask: ProofRequest) -> ProofResult:
    """Ask for a page in a row: before, during and after each kind of attack."""
    clients, seconds = (
        ask.number_for_size(trial=20, quick=100, floor=100, full=400),
        ask.number_for_size(trial=0, quick=5, floor=10, full=30),
    )
    figures: list[Figure] = [Figure("slow clients at once", clients)]
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder:
        home = Path(folder, "home")
        create_database(home)
        web = WebServer(SimpleNamespace(environment=environment_of_data_folder(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
        try:
            for kind, (first, drop) in _first_and_repeated_bytes_by_attack(web.port).items():
                before, _ = _measure_page_p95_and_failures(web.port, seconds)
                with _Attack(web.port, clients, first, drop):
                    during, failed = _measure_page_p95_and_failures(web.port, seconds)
                back = _seconds_until_normal_speed(web.port, before)
                figures += [
                    Figure(f"{kind}: unanswered requests of others", failed, "", 0, 0),
                    Figure(f"{kind}: p95 of others, during beside before", during / before, "times", None, 2),
                    Figure(f"{kind}: back to normal after", back, "s", 60, 10),
                ]
        finally:
            web.close()
    return ProofResult(clients * len(figures[1:]) // 3, "slow clients against one web process", tuple(figures))


def _first_and_repeated_bytes_by_attack(port: int) -> dict[str, tuple[bytes, bytes]]:
    """For each attack what a client sends at once, and what it sends now and then."""
    sheet = re.search(r'href="(/static/[^"]+\.css)"', _fetch_page_or_empty(port, "/"))
    assert sheet
    ask = f"GET {sheet[1]} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    return {
        "headers that never end": (HEAD, b"X-A: b\r\n"),
        "a body that never ends": (HEAD + b"Content-Length: 100000\r\n\r\n", b"a"),
        "answers that nobody reads": (ask * 100, b""),
    }


class _Attack:
    """So many open lines that send a drop now and then, and read nothing."""

    def __init__(self, port: int, number: int, first: bytes, drop: bytes) -> None:
        self.port, self.number, self.first, self.drop = port, number, first, drop
        self.begun, self.over = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._send_slowly_until_over)

    def __enter__(self) -> None:
        self.thread.start()
        self.begun.wait()
        time.sleep(PAUSE)

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def _send_slowly_until_over(self) -> None:
        lines = []
        for _one in range(self.number):
            with suppress(OSError):
                line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
                lines.append(line)
                line.sendall(self.first)
        self.begun.set()
        while not self.over.wait(PAUSE):
            for line in lines:
                with suppress(OSError):
                    line.sendall(self.drop)
        for line in lines:
            line.close()


def _measure_page_p95_and_failures(port: int, seconds: float) -> tuple[float, int]:
    """The 95th percentile in seconds, and how many were not answered."""
    times: list[float] = []
    failed, until = 0, time.monotonic() + seconds
    while time.monotonic() < until or len(times) < 10:
        begun = time.perf_counter()
        failed += not _fetch_page_or_empty(port)
        times.append(time.perf_counter() - begun)
        if failed:
            break  # the next one would wait as long
        time.sleep(0.02)
    return sorted(times)[int(len(times) * 0.95)], failed


def _fetch_page_or_empty(port: int, path: str = "/privacy/") -> str:
    """The page, or nothing if it did not come."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.read().decode() if answer.status == 200 else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        line.close()


def _seconds_until_normal_speed(port: int, normal: float) -> float:
    """Seconds until a page comes as quickly as before, or nearly."""
    begun = time.monotonic()
    while time.monotonic() - begun < MOST:
        moment = time.perf_counter()
        if _fetch_page_or_empty(port) and time.perf_counter() - moment <= max(2 * normal, SOON):
            break
    return time.monotonic() - begun
