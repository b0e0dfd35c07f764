"""Keep a few processes of ours alive: start, start again with growing patience, stop cleanly, end nobody else's."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from plp.ops.cli import SUCCESS, say
from plp.ops.forked_process import ForkedProcess

PATIENCE = 30.0  # the longest wait before another start, in seconds
STEADY = 60.0  # a process that lived this long starts with a clean sheet
GRACE = 35.0  # to finish what is in hand after SIGTERM, in seconds: the worker takes up to 30
LOOK = 0.2
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded here: a child of threads must load nothing

type Command = Sequence[str] | Callable[[], int]


def _set_parent_death_signal() -> None:
    """In the child, before it becomes its command: ask Linux for a SIGTERM when we are gone, even by signal 9."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class SupervisedProcess:
    """One process under our care: a command, or a function that runs in a copy of this process."""

    name: str
    command: Command
    process: subprocess.Popen[bytes] | ForkedProcess | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0

    def start(self, now: float) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches us alone and we decide the order of the stop."""
        self.started = now
        if callable(self.command):
            self.process = ForkedProcess(self.command, first=_set_parent_death_signal)
            return
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            start_new_session=True,
            preexec_fn=_set_parent_death_signal,  # noqa: PLW1509 - one call of the kernel, which takes no lock
        )

    def start_if_due_or_note_end(self, now: float) -> None:
        """Start it when it is due; when it has ended, say so and set the time of its next start."""
        if self.process is None:
            if now >= self.due:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.signal(signal.SIGKILL)  # whatever it left behind would hold the port
        self.failures = 1 if now - self.started > STEADY else self.failures + 1
        wait = min(PATIENCE, 2.0 ** (self.failures - 1))
        self.process, self.due = None, now + wait
        say(f"plp: {self.name} ended with {code}; starting it again in {wait:.0f} s.")

    def signal(self, number: int) -> None:
        """Pass a signal on to the process and to what it started itself (its session)."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def is_over(self) -> bool:
        """Whether nothing of it runs any more."""
        return self.process is None or self.process.poll() is not None


class StopSignal:
    """Whether somebody asked us to stop. A signal only sets it: an exception amid a start would orphan the child."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._remember_stop_request)

    def _remember_stop_request(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def supervise_until_stopped(commands: Mapping[str, Command]) -> int:
    """Keep ``commands`` (name: command line or function) running until SIGTERM or Ctrl-C, then stop them. Answers 0."""
    children = [SupervisedProcess(name, command) for name, command in commands.items()]
    ending = StopSignal()
    try:
        while not ending.asked:
            for child in children:
                child.start_if_due_or_note_end(time.monotonic())
            time.sleep(LOOK)
        say("plp: Stopping ...")
    finally:
        stop_all_after_grace(children)
    return SUCCESS


def stop_all_after_grace(children: Sequence[SupervisedProcess], *, grace: float = GRACE) -> None:
    """Ask every child to stop, wait ``grace`` seconds for those at work, then end them."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them behind
    for child in children:
        child.signal(signal.SIGTERM)
    until = time.monotonic() + grace
    while time.monotonic() < until and not all(child.is_over() for child in children):
        time.sleep(LOOK)
    for child in children:
        child.signal(signal.SIGKILL)
