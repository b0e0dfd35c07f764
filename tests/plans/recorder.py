"""Reads the plan of each statement that the product sends (ADR 78), in one test or, with ``--plans``, in all of a run.

There a test fails that is the first to send one which reads the country from end to end; it says which place sent it.
"""

import os
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests.isolation import ROOT
from tests.statements import shape_of

PRODUCT = str(ROOT / "src" / "plp") + os.sep
AROUND_EACH = str(Path("toolbox", "storable.py"))  # stands around every statement and sends none
OTHERS = tuple(str(ROOT / folder) + os.sep for folder in ("tests", "proof", "bench"))
OWN = str(Path(__file__).parent) + os.sep
ALLOWED = Path(__file__).with_name("whole_country.toml")
MOST_WORDS = 2_000  # of a statement that is shown


def sending_place() -> str:
    """Which function of the product sends, as ``room/file.py:name``; empty if a test asks by itself."""
    frame = sys._getframe(1)
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(PRODUCT) and not name.endswith(AROUND_EACH):
            return f"{name.removeprefix(PRODUCT)}:{frame.f_code.co_qualname}"
        if name.startswith(OTHERS) and not name.startswith(OWN):
            return ""
        frame = frame.f_back  # type: ignore[assignment]
    return ""


def allowed_places() -> dict[str, str]:
    """The functions that may read a whole table, each with its reason."""
    reasons: dict[str, str] = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))["reasons"]
    return reasons


class PlanRecorder:
    """Explains each statement that is sent for the first time in a process."""

    def __init__(self, server: str) -> None:
        """``server``: the address of PostgreSQL, for a database of one's own beside."""
        self.server = server
        self.stack = ExitStack()
        self.seen: set[tuple[str, str]] = set()
        self.flaws: list[str] = []
        self.allowed = allowed_places()

    @cached_property
    def reader(self) -> Any:
        """Asks the database that looks like the country; made when the first statement comes."""
        from tests.plans.country import country_database  # noqa: PLC0415 - after the settings found their folder
        from tests.plans.plan_reader import PlanReader  # noqa: PLC0415

        return PlanReader(self.stack.enter_context(country_database(self.server)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        """Listen for as long as a test runs, from its set-up to its end."""
        from django.db import connection  # noqa: PLC0415 - after the settings found their folder

        with connection.execute_wrapper(self.note):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[Any]:
        """Let the test fail that sent what reads too much; what it says itself goes first."""
        outcome = yield
        flaws, self.flaws = self.flaws, []
        if flaws:
            pytest.fail("\n\n".join(flaws), pytrace=False)
        return outcome

    def pytest_unconfigure(self) -> None:
        """Give the database back."""
        self.stack.close()

    def note(self, execute: Callable[..., Any], sql: Any, values: Any, many: bool, context: dict[str, Any]) -> Any:
        """Read the plan of what was not seen yet, then send it."""
        shape = shape_of(str(sql))
        if (place := sending_place()) and (shape, place) not in self.seen:
            self.seen.add((shape, place))
            rows = values if many else [values]
            if place not in self.allowed and isinstance(rows, list | tuple) and rows:  # of several the first one
                flaws = self.reader.find_flaws(str(sql), rows[0])
                self.flaws += [f"{place}: {flaw}\n{str(sql)[:MOST_WORDS]}" for flaw in flaws]
        return execute(sql, values, many, context)
