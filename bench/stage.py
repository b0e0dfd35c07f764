"""What all measurements stand on: a house in a throw-away folder, and words on standard error."""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from proof.harness.system import ROOT, SystemUnderTest, system_under_test

__all__ = ["CONNECTIONS", "PROCESSES", "ROOT", "SystemUnderTest", "machine", "sandbox", "say"]

CONNECTIONS = 250  # per worker process; each has one message in flight
PROCESSES = 2


def say(words: str) -> None:
    """Progress, on standard error."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


@contextmanager
def sandbox(database: str = "", *, delay: float = 0.0, connections: int = CONNECTIONS) -> Iterator[SystemUnderTest]:
    """A house on SQLite, or in a database of its own on the server at ``database``."""
    with (
        tempfile.TemporaryDirectory(prefix="plp-bench-") as folder,
        system_under_test(
            Path(folder), database, delay=delay, connections=connections, lease=60, stage="bench.orders"
        ) as made,
    ):
        yield made


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.release()}
