"""Which statements each test sends, so that a second database is asked each of them, and not by every page (ADR 70).

A page puts words around what the rooms ask: another database can answer otherwise only where it is asked. The run on
SQLite notes the shape of each statement, and whether a value in it is one that a column may be too small for; of the
tests of pages, that on PostgreSQL takes those that it needs to send every shape ``TIMES`` times. Tests of the rooms are
all repeated, whatever they send.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from tests.isolation import ROOT

PAGES = tuple(str(ROOT / "tests" / folder) + os.sep for folder in ("portal", "api"))
TIMES = 2  # each shape, from as many tests: other rows stand in them
LONG, LARGE = 100, 2**31 - 1  # beyond these the databases differ: SQLite takes any length and any number
VALUES = re.compile(r"%s(?:[\s,()]|UNION ALL SELECT|%s)*%s|\bs\d+_x\d+\b|\d+")


@cache
def shape_of(sql: str) -> str:
    """A short name for statements that differ in their values, or in how many there are of them, alone."""
    return blake2b(VALUES.sub("%s", sql).encode(), digest_size=8).hexdigest()


def is_beyond(value: object) -> bool:
    """Whether a value is longer or larger than what every column holds."""
    return len(value) > LONG if isinstance(value, str) else isinstance(value, int) and abs(value) > LARGE


class StatementNotes:
    """Notes for each test the shapes that it sends: a file of JSON lines for each process of the run."""

    def __init__(self, folder: Path) -> None:
        """``folder``: where the files stand."""
        self.file = folder / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.jsonl"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        """Listen for as long as a test runs, from its set-up to its end."""
        from django.db import connection  # noqa: PLC0415 - after the settings found their folder

        shapes: set[str] = set()

        def note(execute: Callable[..., Any], sql: Any, values: Any, many: bool, context: dict[str, Any]) -> Any:
            rows = values if many else [values or ()]
            beyond = any(is_beyond(value) for row in rows for value in row)
            shapes.add(shape_of(str(sql)) + ("+" if beyond else ""))
            return execute(sql, values, many, context)

        with connection.execute_wrapper(note):
            outcome = yield
        with self.file.open("a", encoding="utf-8") as notes:
            notes.write(json.dumps([item.nodeid, sorted(shapes)]) + "\n")
        return outcome


def read_notes(folder: Path) -> dict[str, list[str]]:
    """The shapes that each test sent."""
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return dict(json.loads(line) for line in lines)


def needed_items(items: list[pytest.Item], notes: dict[str, list[str]]) -> list[pytest.Item]:
    """``items`` without the tests of pages that send nothing that ``TIMES`` others do not send; in their order."""
    pages = {item.nodeid for item in items if item.path.as_posix().startswith(PAGES)} & notes.keys()
    sent = Counter(shape for item in items if item.nodeid not in pages for shape in notes.get(item.nodeid, ()))
    left_out = set()
    for page in sorted(pages, key=lambda page: (-len(notes[page]), page)):
        if all(sent[shape] >= TIMES for shape in notes[page]):
            left_out.add(page)
        else:
            sent.update(notes[page])
    return [item for item in items if item.nodeid not in left_out]
