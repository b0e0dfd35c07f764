"""The process that reads strangers' files: it waits for one, forks, and lets the copy read it under the limits.

It begins with an empty environment, without a word of the site's settings, and loads parsers alone. Each file is read
in a copy of its own, so one that takes its reader over meets no other file. It ends when the process that started it
ends, or after a while without work.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
from typing import Any

from plp.sandbox import limits, wire
from plp.sandbox.parsers import Rejected
from plp.sandbox.registry import PARSERS

REQUESTS, ANSWERS = 0, 1  # standard input and output
DIES_WITH_PARENT, NO_NEW_RIGHTS = 1, 38  # of prctl(2): PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS
SYSTEM = ctypes.CDLL(None)


def main() -> int:
    """Serve until nobody asks any more. Answers the exit code."""
    _step_aside()
    while select.select([REQUESTS], [], [], limits.IDLE)[0]:
        try:
            head, contents = wire.receive(REQUESTS, most=limits.REQUEST)
            wire.send(ANSWERS, _handled(head, contents))
        except wire.Broken:  # the one who asked has ended
            break
    return 0


def _step_aside() -> None:
    """Away from the network and from other processes, where the system lets us; behind the pages in any case."""
    os.nice(limits.NICENESS)
    SYSTEM.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
    with contextlib.suppress(OSError):  # forbidden to those who are not root on some systems
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)


def _handled(head: dict[str, Any], contents: list[bytes]) -> bytes:
    """The answer to one request: from a copy of this process, or what became of the copy."""
    name = head["parser"]
    if name not in PARSERS:
        return wire.packed({"outcome": "died", "peak": 0})
    module = importlib.import_module(f"plp.sandbox.parsers.{name.partition(':')[0]}")
    parser = getattr(module, name.partition(":")[2])
    gc.freeze()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _read(parser, contents, head.get("options", {}), writing)
    os.close(writing)
    try:
        said, parts, outcome = _heard(reading)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _pid, status, used = os.wait4(pid, 0)
    if outcome == "died" and os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        outcome = "late"
    return wire.packed({**said, "outcome": outcome, "peak": used.ru_maxrss}, parts)


def _heard(reading: int) -> tuple[dict[str, Any], list[bytes], str]:
    """What the copy says before its time is over: a few fields that we know, its bytes, and how it came out."""
    try:
        head, parts = wire.receive(reading, most=limits.ANSWER, until=time.monotonic() + limits.SECONDS)
    except wire.Late:
        return {}, [], "late"
    except wire.Broken:
        return {}, [], "died"
    outcome = head.get("outcome")
    if outcome not in {"json", "bytes", "rejected", "memory", "failed"}:
        return {}, [], "died"
    return {name: str(head.get(name, ""))[:200] for name in ("key", "detail")}, parts, outcome


def _read(parser: Any, contents: list[bytes], options: dict[str, Any], writing: int) -> None:
    """In the copy: read, answer, end. Never comes back."""
    try:
        SYSTEM.prctl(DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        limits.apply()
        answer = _answered(parser, contents, options)
        wire.send(writing, answer)
    finally:
        os._exit(0)


def _answered(parser: Any, contents: list[bytes], options: dict[str, Any]) -> bytes:
    try:
        found = parser(*contents, **options)
        if isinstance(found, bytes):
            return wire.packed({"outcome": "bytes"}, [found])
        told = json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace")  # halves of signs as \\udc80
        return wire.packed({"outcome": "json"}, [told])
    except Rejected as rejected:
        return wire.packed({"outcome": "rejected", "key": rejected.key, "detail": rejected.detail})
    except MemoryError:
        return wire.packed({"outcome": "memory"})
    except BaseException as failure:  # whatever a decoder trips over, its own panics too
        return wire.packed({"outcome": "failed", "key": type(failure).__name__})


if __name__ == "__main__":
    sys.exit(main())
