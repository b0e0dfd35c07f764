"""Walks side by side: a process a core, each with a copy of the database to itself."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from django.db import connection, connections

WALKERS = min(4, os.cpu_count() or 1)


def run_in_parallel[Walked](walk: Callable[[int, int], Walked]) -> Iterator[Walked]:
    """What each walker brings back from ``walk(first, step)``; what one of them writes, no other one sees."""
    connections.close_all()  # a line to the database belongs to one process
    with ProcessPoolExecutor(WALKERS, mp_context=get_context("fork")) as walkers:
        yield from walkers.map(partial(_walk_in_own_database, walk), range(WALKERS))


def _walk_in_own_database[Walked](walk: Callable[[int, int], Walked], number: int) -> Walked:
    with _use_copy_of_database(number):
        return walk(number, WALKERS)


@contextmanager
def _use_copy_of_database(number: int) -> Iterator[None]:
    """A copy of the database of the data folder, gone afterwards."""
    shared = Path(connection.settings_dict["NAME"])
    own = shared.with_name(f"walker-{number}.sqlite3")
    with closing(sqlite3.connect(shared)) as source, closing(sqlite3.connect(own)) as copy:
        source.backup(copy)
    connection.settings_dict["NAME"] = own
    try:
        yield
    finally:
        connections.close_all()
        own.unlink()
