"""One process that reads files, seen from the process that started it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import plp
from plp.sandbox import limits, messages

PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from plp.sandbox.server import main; sys.exit(main(sys.argv[2:]))"
)
CODE = Path(plp.__file__).resolve().parent.parent  # this very version, also after a link has come to mean another one
START = 10.0  # seconds more, for a slow machine: to start and to hand the file over
ENDING = 2.0  # seconds in which it ends once nobody asks any more


def _interpreter_path() -> str:
    """The interpreter of this version, by no link that an upgrade turns."""
    own = Path(sys.prefix).resolve() / "bin" / Path(sys.executable).name
    return str(own) if own.exists() else sys.executable


def _start_server(source: IO[bytes] | int, *parser_names: str) -> subprocess.Popen[bytes]:
    """A process of the server. No variable of ours, no open file and no signal from the keyboard reach it."""
    return subprocess.Popen(  # noqa: S603 - a fixed program of ours; what is foreign goes in by the pipe
        [_interpreter_path(), "-I", "-c", PROGRAM, str(CODE), *parser_names],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        cwd="/",
        start_new_session=True,
    )


class ReaderProcess:
    """One that reads file after file. It starts at once. Raises ``OSError`` if the system starts nothing."""

    def __init__(self) -> None:
        self.child = _start_server(subprocess.PIPE)
        assert self.child.stdin is not None and self.child.stdout is not None  # noqa: S101, PT018 - pipes, as asked for
        self.requests, self.answers = self.child.stdin, self.child.stdout
        os.set_blocking(self.requests.fileno(), False)

    @property
    def is_alive(self) -> bool:
        """Whether it still waits for a file."""
        return self.child.poll() is None

    def ask(self, request: bytes) -> tuple[dict[str, Any], list[bytes]]:
        """Its answer to one request.

        Raises ``messages.ConnectionBroken`` or ``messages.TimedOut``: then it is of no use any more.
        """
        until = time.monotonic() + limits.SECONDS + START
        messages.write_message_to_file(self.requests.fileno(), request, until=until)
        return messages.read_message_from_file(self.answers.fileno(), most_bytes=limits.ANSWER, until=until)

    def end(self) -> None:
        """End it: nobody asks any more, so it goes by itself."""
        self.close_pipes()
        try:
            self.child.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it and what it began, now."""
        self.close_pipes()
        _kill_process(self.child)

    def close_pipes(self) -> None:
        """Ask nothing any more: it ends by itself."""
        for pipe in (self.requests, self.answers):
            with suppress(OSError):
                pipe.close()


class StreamProcess:
    """One that reads a single long file, its standard input. Raises ``OSError`` if the system starts nothing."""

    def __init__(self, parser: str, source: IO[bytes]) -> None:
        self.child = _start_server(source, parser)
        assert self.child.stdout is not None  # noqa: S101 - a pipe, as asked for
        self.answers = self.child.stdout

    def next(self) -> tuple[dict[str, Any], list[bytes]]:
        """What it says next. Raises ``messages.ConnectionBroken`` or ``messages.TimedOut``."""
        until = time.monotonic() + limits.SECONDS + START
        return messages.read_message_from_file(self.answers.fileno(), most_bytes=limits.ANSWER, until=until)

    def kill(self) -> None:
        """End it, now."""
        self.answers.close()
        _kill_process(self.child)


def _kill_process(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
