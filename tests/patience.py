"""Waiting for what must happen: for as long as it takes, on any machine; the end only catches what never comes."""

import socket
import time
from collections.abc import Callable

PATIENCE = 600.0  # seconds


def eventually(condition: Callable[[], object], *, pause: float = 0.02) -> bool:
    """Whether ``condition`` comes true."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def listens(port: int) -> bool:
    """Whether somebody takes connections on a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except OSError:
        return False
    return True
