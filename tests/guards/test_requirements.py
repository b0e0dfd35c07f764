"""Every requirement has its row in docs/requirements.md, and every file and test that a row names exists."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import ROOT

ROW = re.compile(r'^\| (?:<a id="r\d+"></a>)?R(\d+) \| (.+?) \| (.+?) \| (.+?) \|$', re.MULTILINE)
TASK = re.compile(r"^\| S(\d+) \| .+? \| `(.+?)` \| `(.+?)` \|$", re.MULTILINE)
TICKED = re.compile(r"`([^`]+)`")
REST = re.compile(r"\b(not yet|partly): ")
MET, PARTLY, NOT_YET = "met", "partly", "not yet"
NUMBERS = range(1, 156)


@dataclass(frozen=True)
class Row:
    """One requirement: where it is met, by which tests, and how far."""

    number: int
    paths: list[str]
    tests: list[str]
    state: str


def rows(document: str) -> list[Row]:
    """The rows of the table, in its order."""
    found = []
    for number, _asks, done, tested in ROW.findall(document):
        rest = REST.search(done)
        found.append(Row(int(number), TICKED.findall(done), TICKED.findall(tested), rest[1] if rest else MET))
    return found


def has_test(name: str, folder: Path) -> bool:
    """Whether ``room/test_file.py::test_name`` is a test below ``folder``."""
    file, _, test = name.partition("::")
    path = folder / file
    return path.is_file() and re.search(rf"^ *def {test}\(", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def faults(document: str, package: Path, tests: Path) -> list[str]:
    """What is wrong with the table."""
    found = []
    for row in rows(document):
        found += [f"R{row.number}: no file {path}" for path in row.paths if not (package / path).exists()]
        found += [f"R{row.number}: no test {test}" for test in row.tests if not has_test(test, tests)]
        if row.state != NOT_YET and not (row.paths and row.tests):
            found.append(f"R{row.number}: neither done nor put off")
        if row.state == NOT_YET and (row.paths or row.tests):
            found.append(f"R{row.number}: partly, not “not yet”")
    return found


def read() -> str:
    """The document."""
    return (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")


def test_every_requirement_has_its_row_and_what_it_names_exists() -> None:
    assert [row.number for row in rows(read())] == list(NUMBERS)
    assert faults(read(), PACKAGE, ROOT / "tests") == []


def test_the_sums_above_the_table_are_right() -> None:
    states = Counter(row.state for row in rows(read()))

    said = f"Of 155: {states[MET]} are met, {states[PARTLY]} partly, {states[NOT_YET]} not yet."
    assert said in read()


def test_each_task_of_coordinator_and_officer_has_its_walk_and_its_test_of_rights() -> None:
    tasks = TASK.findall(read())

    assert [int(number) for number, _walk, _rights in tasks] == list(range(19, 35))
    assert {walk.partition("/")[0] for _number, walk, _rights in tasks} == {"browser"}
    assert [name for _number, *both in tasks for name in both if not has_test(name, ROOT / "tests")] == []


def test_bad_rows_are_found(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "test_a.py").write_text("def test_one() -> None: ...\n")
    document = (
        "| R1 | a | `room` | `room/test_a.py::test_one` |\n"
        "| R2 | b | `gone.py` | `room/test_a.py::test_two` |\n"
        "| R3 | c | some day | – |\n"
        "| R4 | d | not yet: it comes | – |\n"
        "| R5 | e | `room`; not yet: it comes | – |\n"
        "| R6 | f | `room`; partly: more | `room/test_a.py::test_one` |\n"
    )

    assert faults(document, tmp_path, tmp_path) == [
        "R2: no file gone.py",
        "R2: no test room/test_a.py::test_two",
        "R3: neither done nor put off",
        "R5: partly, not “not yet”",
    ]
    assert [row.state for row in rows(document)] == [MET, MET, MET, NOT_YET, NOT_YET, PARTLY]
