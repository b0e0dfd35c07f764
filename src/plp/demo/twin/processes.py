"""One of two installations as a process that is told what to do, with its pages at an address of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from plp.ops.cli import Failed
from plp.ops.environment import NOT_PASSED_ON, OWN_COMMAND

HERE, THERE, READER = "haren", "lembeek", "register"
STARTING = 300.0  # seconds until a server must answer
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class TwinProcess:
    """One installation: its people as a process that is told what to do, and its pages at an address of their own."""

    def __init__(self, name: str, home: Path, database: str = "", settings: Mapping[str, str] | None = None) -> None:
        self.name, self.port, self.home = name, free_port(), home
        home.mkdir(parents=True)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
        self.environment = inherited | {
            "DJANGO_SETTINGS_MODULE": "plp.server.settings",
            "PLP_HOME": str(home),
            "PLP_PORT": str(self.port),
            "PLP_ORIGIN": f"http://127.0.0.1:{self.port}",
            "PLP_WEB_PROCESSES": "1",
            **(settings or {}),
        }
        if database:
            self.environment["PLP_DATABASE_URL"] = database
        self.log = home / "log"
        command = [sys.executable, "-P", "-m", "plp.demo.twin.installation"]
        with self.log.open("w") as log:
            self.people = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=self.environment, text=True
            )
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.stop_pages()
        if self.worker is not None:
            self.worker.terminate()
            self.worker.wait()
        if self.people.stdin:
            self.people.stdin.close()
        self.people.wait()

    def perform_act(self, act: str, *arguments: Any) -> Any:
        """Let its people do something. Raises ``Failed`` with what went wrong there."""
        assert self.people.stdin is not None  # noqa: S101 - for the type checker
        assert self.people.stdout is not None  # noqa: S101 - as above
        self.people.stdin.write(json.dumps([act, *arguments]) + "\n")
        self.people.stdin.flush()
        line = self.people.stdout.readline()
        if not line:
            raise Failed(f"{self.name} ended: {self.log.read_text()[-2000:]}")
        answer = json.loads(line)
        if "error" in answer:
            raise Failed(f"{self.name}: {act}: {answer['error']}")
        return answer["answer"]

    def start_web(self) -> None:
        """Serve its pages, and wait until they answer."""
        with self.log.open("a") as log:
            self.web = subprocess.Popen(  # noqa: S603 - our own command
                [*OWN_COMMAND, "web"], stdout=log, stderr=log, env=self.environment, start_new_session=True
            )
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            with suppress(OSError), NO_PROXY.open(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return
            time.sleep(0.1)
        raise Failed(f"{self.name} does not answer: {self.log.read_text()[-2000:]}")

    def start_worker(self) -> None:
        """Let its worker send mails and letters by itself."""
        with self.log.open("a") as log:
            self.worker = subprocess.Popen(  # noqa: S603 - our own command
                [*OWN_COMMAND, "worker"], stdout=log, stderr=log, env=self.environment
            )

    def final_address(self, path: str) -> str:
        """Where a page of it leads a browser that follows."""
        with NO_PROXY.open(f"http://127.0.0.1:{self.port}{path}", timeout=STARTING) as answer:
            return str(answer.url)

    def post_form(self, path: str, fields: dict[str, str]) -> int:
        """Post a form as a mail program does. Answers the status."""
        data = urllib.parse.urlencode(fields).encode()
        with NO_PROXY.open(f"http://127.0.0.1:{self.port}{path}", data, timeout=STARTING) as answer:
            return int(answer.status)

    def run_and_kill_command(self, seconds: float, *words: str) -> None:
        """Run a command of its operator, and kill it after so many seconds if it has not ended."""
        with self.log.open("a") as log:
            command = subprocess.Popen(  # noqa: S603 - our own command
                [*OWN_COMMAND, *words], stdout=log, stderr=log, env=self.environment, start_new_session=True
            )
        try:
            command.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(command.pid, signal.SIGKILL)
            command.wait()

    def kill_pages(self) -> None:
        """Kill the process of its pages, and whatever it started."""
        if self.web is not None:
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
            self.web = None

    def stop_pages(self) -> None:
        """Let its pages answer no more."""
        if self.web is not None:
            self.web.terminate()
            self.web.wait()
            self.web = None


def free_port() -> int:
    """A port that nobody uses now."""
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def running_twins(
    home: Path, databases: Sequence[str] = ("", "", ""), settings: Mapping[str, Mapping[str, str]] | None = None
) -> Iterator[tuple[TwinProcess, TwinProcess, TwinProcess]]:
    """Two zones and the reader of the register, each with a database of its own."""
    with ExitStack() as stack:
        here, there, reader = (
            stack.enter_context(TwinProcess(name, home / name, database, (settings or {}).get(name)))
            for name, database in zip((HERE, THERE, READER), databases, strict=True)
        )
        yield here, there, reader
