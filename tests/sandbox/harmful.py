"""Parsers that do what a hostile file could make one do, for a server of the tests: ``serve`` is its program."""

import os
import resource
import socket
import sys
import time
from pathlib import Path
from typing import Any

from plp.sandbox import confinement, limits, server

LANDLOCK = confinement.SYSTEM.syscall(confinement.NEW_RULES, None, 0, confinement.ASK_VERSION) >= confinement.SIGNALS
LIMITS = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)


def memory(_content: bytes) -> int:
    """Ask for more than there may be."""
    return len(bytearray(10**9))


def end(_content: bytes) -> None:
    """What native code does when it is at its end."""
    os.abort()


def spin(_content: bytes) -> None:
    """Never end."""
    while True:
        pass


def sleep(_content: bytes) -> None:
    """Never end, and use nothing."""
    time.sleep(3_600)


def flood(_content: bytes) -> bytes:
    """Answer more than may be answered."""
    return bytes(limits.ANSWER + 1)


def fail(_content: bytes) -> None:
    """Trip over something that nobody foresaw."""
    raise ZeroDivisionError


def around(content: bytes) -> dict[str, Any]:
    """What can be seen and done from here."""
    return {
        "environment": sorted(os.environ),
        "files": sorted(filter(None, map(_open, range(3, limits.OPEN_FILES)))),
        "reads": _can(lambda: os.listdir("/")) if LANDLOCK else False,
        "signals": _can(lambda: os.kill(1, 0)) if LANDLOCK else False,
        "writes": _can(lambda: Path(content.decode()).write_bytes(b"x")),
        "limits": [resource.getrlimit(kind) for kind in LIMITS],
        "pid": os.getppid(),
    }


def network(_content: bytes) -> bool:
    """Whether a port of this machine can be reached."""
    return _can(lambda: socket.create_connection(("127.0.0.1", int(_content)), timeout=5).close())


def _open(number: int) -> str:
    """What an open file of this process is."""
    try:
        return os.readlink(f"/proc/self/fd/{number}").partition(":")[0]
    except OSError:
        return ""


def _can(act: Any) -> bool:
    try:
        act()
    except OSError:
        return False
    return True


def serve() -> None:
    """The server with these parsers, and little patience."""
    limits.SECONDS = 1
    sys.modules["plp.sandbox.parsers.harmful"] = sys.modules[__name__]
    names = "memory end spin sleep flood fail around network".split()
    server.PARSERS = frozenset(f"harmful:{name}" for name in names) | server.PARSERS  # type: ignore[misc]
    sys.exit(server.main())
