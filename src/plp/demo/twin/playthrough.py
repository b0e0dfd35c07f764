"""Two installations and the federal reader on loopback: meet, offer, accept, relay there, correct, subscribe."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from plp.ops.cli import Failed, say
from plp.ops.environment import NOT_PASSED_ON, OWN_COMMAND

HERE, THERE, READER = "haren", "lembeek", "register"
STARTING = 300.0  # seconds until a server must answer
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class TwinProcess:
    """One installation: its people as a process that is told what to do, and its pages at an address of their own."""

    def __init__(self, name: str, home: Path, database: str = "") -> None:
        self.name, self.port = name, free_port()
        home.mkdir(parents=True)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
        self.environment = inherited | {
            "DJANGO_SETTINGS_MODULE": "plp.server.settings",
            "PLP_HOME": str(home),
            "PLP_PORT": str(self.port),
            "PLP_ORIGIN": f"http://127.0.0.1:{self.port}",
            "PLP_WEB_PROCESSES": "1",
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.stop_pages()
        if self.people.stdin:
            self.people.stdin.close()
        self.people.wait()

    def tell(self, act: str, *arguments: Any) -> Any:
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

    def open_pages(self) -> None:
        """Serve its pages, and wait until they answer."""
        with self.log.open("a") as log:
            self.web = subprocess.Popen(  # noqa: S603 - our own command
                [*OWN_COMMAND, "web"], stdout=log, stderr=log, env=self.environment
            )
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            with suppress(OSError), NO_PROXY.open(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return
            time.sleep(0.1)
        raise Failed(f"{self.name} does not answer: {self.log.read_text()[-2000:]}")

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
def twins(
    home: Path, databases: Sequence[str] = ("", "", "")
) -> Iterator[tuple[TwinProcess, TwinProcess, TwinProcess]]:
    """Two zones and the reader of the register, each with a database of its own."""
    with ExitStack() as stack:
        here, there, reader = (
            stack.enter_context(TwinProcess(name, home / name, database))
            for name, database in zip((HERE, THERE, READER), databases, strict=True)
        )
        yield here, there, reader


class TwinPlaythrough:
    """One run: its steps with their times, and how many foreign tokens were found."""

    def __init__(self, here: TwinProcess, there: TwinProcess, reader: TwinProcess) -> None:
        self.here, self.there, self.reader = here, there, reader
        self.steps: list[dict[str, Any]] = []
        self.foreign = -1
        self.facts: dict[str, Any] = {}

    @property
    def has_held(self) -> bool:
        """Whether every step held and no name is where it does not belong."""
        return self.foreign == 0 and all(step["ok"] for step in self.steps)

    def report(self) -> dict[str, Any]:
        """The shape that the operator's contract names."""
        return {"steps": self.steps, "canaries": {"foreign": self.foreign}}

    def step(self, name: str, act: Callable[[], Any]) -> Any:
        """Do one step, note how long it took and whether it held; a failure is told, and the run goes on."""
        began, outcome, ok = time.monotonic(), None, True
        try:
            outcome = act()
            ok = outcome is not False
        except (Failed, KeyError) as error:
            say(f"plp: {name}: {error}")
            ok = False
        self.steps.append({"name": name, "ok": ok, "seconds": round(time.monotonic() - began, 3)})
        say(f"plp: {'ok  ' if ok else 'FAIL'} {name}")
        return outcome

    def play(self) -> None:
        """From the invitation to the register."""
        for name, act in (
            ("three installations are built", self._build),
            ("meet: an invitation is answered", self._meet),
            ("meet: the words agree on both sides", self._compare),
            ("meet: both chiefs confirm", self._confirm),
            ("offer: a released message leaves with its words", self._offer),
            ("accept: it becomes a draft there", self._accept),
            ("relay: second officer and coordinator let it go there", self._relay),
            ("outcome: counts come back", self._outcome),
            ("correct: the correction goes the same way", self._correct),
            ("down: letters wait for an installation that is away", self._away),
            ("register: the federal reader subscribes", self._subscribe),
            ("canaries: nobody is named at the other side", self._count_foreign),
        ):
            self.step(name, act)

    def _build(self) -> None:
        self.here.tell("build", HERE)
        self.there.tell("build", THERE)
        self.reader.tell("build_reader")
        for side in (self.here, self.there, self.reader):
            side.open_pages()

    def _meet(self) -> bool:
        self.facts["meeting"], invitation = self.here.tell("invite")
        self.there.tell("answer", invitation)
        return bool(self.there.tell("post") == 1 and self._states() == ["met", "met"])

    def _states(self) -> list[str]:
        return [side.tell("state", self.facts["meeting"]) for side in (self.here, self.there)]

    def _compare(self) -> bool:
        first, second = (side.tell("words", self.facts["meeting"]) for side in (self.here, self.there))
        return bool(first == second and len(first) > 0)

    def _confirm(self) -> bool:
        for side in (self.here, self.there):
            side.tell("confirm", self.facts["meeting"])
            side.tell("post")
        return self._states() == ["open", "open"]

    def _offer(self) -> bool:
        self.facts["notice"] = self.here.tell("offer", self.facts["meeting"])
        return bool(self.here.tell("post") == 1 and self.there.tell("waiting") == 1)

    def _accept(self) -> bool:
        self.facts["copy"] = self.there.tell("accept")
        self.there.tell("post")
        return bool(self.here.tell("outcome", self.facts["notice"])[0] == "accepted")

    def _relay(self) -> bool:
        self.facts["members"] = self.there.tell("relay", self.facts["copy"])
        return bool(self.facts["members"] > 0)

    def _outcome(self) -> bool:
        self.there.tell("post")
        return bool(self.here.tell("outcome", self.facts["notice"]) == ["accepted", 1, self.facts["members"]])

    def _correct(self) -> bool:
        correction = self.here.tell("correct", self.facts["notice"])
        self.here.tell("post")
        copy = self.there.tell("accept")
        members = self.there.tell("relay", copy)
        self.there.tell("post")
        return bool(self.here.tell("outcome", correction) == ["accepted", 1, members])

    def _away(self) -> bool:
        self.there.stop_pages()
        notice = self.here.tell("offer", self.facts["meeting"])
        lost = self.here.tell("post")
        self.there.open_pages()
        self.here.tell("retry")
        self.there.tell("accept")
        self.there.tell("post")
        return bool(lost == 0 and self.here.tell("outcome", notice)[0] == "accepted")

    def _subscribe(self) -> bool:
        meeting, invitation = self.reader.tell("invite")
        self.here.tell("answer", invitation)
        self.here.tell("post")
        for side in (self.reader, self.here):
            side.tell("confirm", meeting)
            side.tell("post")
        self.here.tell("tell_register", meeting)
        self.here.tell("post")
        return bool(self.reader.tell("register") == [HERE])

    def _count_foreign(self) -> bool:
        ours, theirs = self.here.tell("tokens"), self.there.tell("tokens")
        self.foreign = (
            self.there.tell("count_foreign", ours)
            + self.here.tell("count_foreign", theirs)
            + self.reader.tell("count_foreign", [*ours, *theirs])
        )
        return bool(self.foreign == 0 and len(ours) > 0 and len(theirs) > 0)
