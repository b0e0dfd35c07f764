"""docs/peers.md: its numbers are those of its rows, and each page, command and test that a row names exists."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from plp.ops.cli import commands
from plp.ops.routes import all_routes
from tests.guards.test_requirements import has_test
from tests.guards.tree import ROOT

GROUP = re.compile(r"^## ([A-P])\. (.+)$")
ROW = re.compile(r"^\| ([A-P])(\d+) \| [^|]+ \| (works|partly|no|left out on purpose) \| ([^|]+) \| ([^|]+) \|$")
TICKED = re.compile(r"`([^`]+)`")
WORDS = ("works", "partly", "no", "left out on purpose")
COMMAND = "./plp "
NOTHING = "–"


@dataclass(frozen=True)
class PeerRow:
    """One feature: its group, its number there, how far it goes, where, and the remark."""

    group: str
    number: int
    word: str
    places: list[str]
    remark: str

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"{self.group}{self.number}"


def read() -> str:
    """The document."""
    return (ROOT / "docs" / "peers.md").read_text(encoding="utf-8")


def peer_rows(document: str) -> list[PeerRow]:
    """The rows of all groups, in their order."""
    matches = [match for line in document.splitlines() if (match := ROW.match(line))]
    return [PeerRow(one[1], int(one[2]), one[3], TICKED.findall(one[4]), one[5].strip()) for one in matches]


def is_there(place: str, routes: Collection[str]) -> bool:
    """Whether a page, a command or a test exists."""
    if place.startswith("/"):
        return place in routes
    if place.startswith(COMMAND):
        return place.removeprefix(COMMAND).split()[0] in commands()
    return has_test(place, ROOT / "tests")


def test_the_numbers_are_those_of_the_rows() -> None:
    rows = peer_rows(read())
    groups = dict(match.groups() for line in read().splitlines() if (match := GROUP.match(line)))
    sums = Counter(row.word for row in rows)
    parts = Counter((row.group, row.word) for row in rows)

    assert [row.key for row in rows] == [
        f"{group}{number}" for group in groups for number in range(1, sum(row.group == group for row in rows) + 1)
    ]
    works, partly, no, left_out = (sums[word] for word in WORDS)
    said = f"Of {len(rows)}: {works} work, {partly} partly, {no} no, {left_out} left out on purpose."
    missing = [
        line
        for group, title in groups.items()
        if (line := f"| {group}. {title} | {' | '.join(str(parts[group, word]) for word in WORDS)} |") not in read()
    ]
    assert (len(rows), said in read(), missing) == (165, True, [])


def test_what_a_row_names_exists_and_what_is_missing_is_said() -> None:
    routes = {one.route for one in all_routes()}
    rows = peer_rows(read())

    assert [f"{row.key}: {place}" for row in rows for place in row.places if not is_there(place, routes)] == []
    assert [row.key for row in rows if not row.places] == []
    assert [row.key for row in rows if row.word != "works" and row.remark == NOTHING] == []


def test_what_is_not_there_is_found() -> None:
    assert not is_there("/nowhere/", {"/"})
    assert not is_there("./plp nothing", set())
    assert not is_there("guards/test_peers.py::test_nothing", set())
