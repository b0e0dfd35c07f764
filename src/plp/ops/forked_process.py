"""A process of ours that begins as a copy of this one: everything is loaded already, and its memory is shared."""

import math
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable


class ForkedProcess:
    """Like ``subprocess.Popen``, as far as the supervision asks, for a function instead of a command.

    ``first`` is called in the child before ``act``; what ``act`` answers is its exit code. It is in a session of its
    own, and signals are as at the start of a program. To be made while this process has one thread.
    """

    def __init__(self, act: Callable[[], int], *, first: Callable[[], object] = int) -> None:
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _run_as_child(act, first)

    def poll(self) -> int | None:
        """The exit code (a signal as its negative number), or ``None`` while it lives."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float = math.inf) -> int:
        """The exit code, waited for. Raises ``TimeoutError`` after ``timeout`` seconds."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(0.02)
        return code


def _run_as_child(act: Callable[[], int], first: Callable[[], object] = int) -> None:
    """In the child: never come back to what the parent was doing."""
    code = 1
    try:
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        first()
        code = act()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
