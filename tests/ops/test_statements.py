"""Which tests of pages a second database needs: by the statements that they send, and what is in them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from tests.isolation import ROOT
from tests.statements import TIMES, StatementNotes, needed_items, read_notes, shape_of


def items(*names: str) -> list[Any]:
    """Tests by their names: the path before the colons."""
    return [SimpleNamespace(nodeid=name, path=ROOT / name.partition("::")[0]) for name in names]


def names_needed(notes: dict[str, list[str]], *more: str) -> list[str]:
    return [item.nodeid for item in needed_items(items(*notes, *more), notes)]


def test_pages_that_send_nothing_of_their_own_are_left_out() -> None:
    pages = {f"tests/portal/a.py::{number}": ["one"] for number in range(TIMES + 2)}
    own = {"tests/api/b.py::own": ["one", "two"]}

    assert names_needed(pages | own) == [*list(pages)[: TIMES - 1], *own]


def test_what_the_rooms_send_often_no_page_need_send() -> None:
    rooms = {f"tests/notices/a.py::{number}": ["one"] for number in range(TIMES)}

    assert names_needed(rooms | {"tests/portal/b.py::page": ["one"]}) == list(rooms)


def test_a_test_of_which_nothing_is_noted_is_repeated() -> None:
    assert names_needed({}, "tests/portal/a.py::new") == ["tests/portal/a.py::new"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("SELECT a FROM b WHERE c IN (%s, %s)", "SELECT a FROM b WHERE c IN (%s, %s, %s, %s)", True),
        ("INSERT INTO a (b) VALUES (%s, %s), (%s, %s)", "INSERT INTO a (b) VALUES (%s, %s)", True),
        ("SAVEPOINT s140_x12", "SAVEPOINT s7_x1", True),
        ("SELECT a FROM b LIMIT 1", "SELECT a FROM b LIMIT 21", True),
        ("SELECT a FROM b WHERE c = %s", "SELECT a FROM b WHERE c > %s", False),
        ("SELECT a FROM b ORDER BY a", "SELECT a FROM b", False),
    ],
)
def test_statements_are_alike_but_for_their_values(one: str, other: str, alike: bool) -> None:
    assert (shape_of(one) == shape_of(other)) is alike


@pytest.mark.django_db
def test_what_a_test_sends_is_noted_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    running = StatementNotes(tmp_path).pytest_runtest_protocol(*items("tests/portal/a.py::it"))
    next(running)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        for value in ("short", "long" * 30, 7, 2**40):
            cursor.execute("SELECT %s", [value])
    next(running, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 2 AS b")

    assert read_notes(tmp_path) == {
        "tests/portal/a.py::it": sorted({shape_of("SELECT 1"), shape_of("SELECT %s") + "+"})
    }
