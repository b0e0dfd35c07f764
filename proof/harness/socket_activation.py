"""A web server behind a door that outlives it, and people who come all the time."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HAND = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'  # what systemd does for plp-web.socket


class ActivationSocket:
    """A listening socket that is handed from one server to the next (as ``deploy/systemd/plp-web.socket``)."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.socket.getsockname()[1]

    def descriptors_to_pass(self) -> tuple[int]:
        """The descriptor that a service is started with."""
        return (os.dup2(self.socket.fileno(), 3) if self.socket.fileno() != 3 else 3,)

    @staticmethod
    def command_prefix() -> list[str]:
        """What stands before the command that the door is handed to."""
        return ["/bin/sh", "-c", HAND, "sh"]

    def start_web_server(self, tree: Path, environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
        """Start the web server of the source tree ``tree`` behind this door."""
        with log.open("ab") as file:
            return subprocess.Popen(
                [*self.command_prefix(), sys.executable, "-m", "plp.ops.cli", "web"],
                cwd=tree,
                env={**environment, "PYTHONPATH": str(tree / "src"), "PLP_PORT": str(self.port)},
                pass_fds=self.descriptors_to_pass(),
                stdout=file,
                stderr=file,
            )


def terminate_and_wait(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, and wait."""
    process.send_signal(signal.SIGTERM)
    process.wait(90)


class Visitors:
    """People who ask for pages one after the other, each by a new line; what they did not get is kept."""

    def __init__(self, port: int, paths: Sequence[str], number: int) -> None:
        self.port, self.paths = port, paths
        self.answered, self.failures = 0, list[str]()
        self.slowest = 0.0
        self.lock, self.over = threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self._request_pages_until_over, args=(turn,)) for turn in range(number)]

    def __enter__(self) -> "Visitors":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _request_pages_until_over(self, turn: int) -> None:
        while not self.over.wait(0.02):
            turn += 1
            begun, why = time.monotonic(), ""
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=240)
            try:
                line.request("GET", self.paths[turn % len(self.paths)])
                answer = line.getresponse()
                answer.read()
                why = "" if answer.status < 500 else str(answer.status)
            except OSError as error:
                why = type(error).__name__
            finally:
                line.close()
            with self.lock:
                self.answered += not why
                self.failures += [why] if why else []
                self.slowest = max(self.slowest, time.monotonic() - begun)

    def wait_for_more_answers(self, more: int, seconds: float = 240.0) -> None:
        """Wait until so many more were answered."""
        goal, until = self.answered + more, time.monotonic() + seconds
        while self.answered < goal:
            assert time.monotonic() < until, self.failures[-3:]
            time.sleep(0.05)
