"""Takes one rule away at a time and looks whether a cell of the table of access notices (G8)."""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any
from unittest.mock import patch

from django.urls import get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver

from plp.mandates import queries
from plp.mandates.grants import GRANTS, Role
from plp.mandates.scopes import Known
from plp.ops.routes import all_routes
from plp.places.models import Area
from proof.found import Ask, Figure, Found, progress
from proof.stand.browsers import outcome
from proof.stand.table import Row, read
from proof.stand.walls import Walls, blank_paper

ROLES = {
    "coordinator": Role.COORDINATOR,
    "deputy": Role.DEPUTY,
    "committee": Role.COMMITTEE,
    "officer": Role.OFFICER,
    "supervisor": Role.SUPERVISOR,
    "chief": Role.CHIEF,
    "municipality": Role.MUNICIPALITY,
    "federal": Role.FEDERAL,
    "administrator": Role.ADMINISTRATOR,
}
WHOLE = ("officer", "coordinator", "chief", "supervisor", "committee", "municipality")  # who could look too far


@dataclass(frozen=True)
class Hole:
    """One rule taken away. ``cells``: (identity, row, owner) that could notice, the likeliest first."""

    name: str
    taken: Callable[[], AbstractContextManager[Any]]
    cells: tuple[tuple[str, Row, str], ...]


class Holes:
    """Every rule, and the cells that would notice its absence."""

    def __init__(self, seed: Mapping[str, Any]) -> None:
        self.walls, self.rows = Walls(seed), read()
        self.browsers = {one.name: one for one in self.walls.browsers}
        self.columns = [one.name for one in self.walls.browsers]
        self.permissions = {one.route: one.permission for one in all_routes()}
        self.urls = cache(lambda route: self.walls.urls(self.rows[route]))  # nothing is made while rules are missing
        self.module = cache(lambda route: resolve(self.urls(route)["own"]).func.__module__)

    def letter(self, identity: str, row: Row, owner: str) -> str:
        """What the table declares for reading."""
        cells = row.cells["GET"].get(owner, "")
        return cells[self.columns.index(identity)] if cells else ""

    def grants(self) -> Iterator[Hole]:
        """Each cell of the table of rights whose permission stands in front of a page."""
        for identity, role in ROLES.items():
            for permission in sorted(GRANTS[role]):
                rows = [row for route, row in self.rows.items() if self.permissions.get(route) == permission.value]
                cells = tuple((identity, row, "own") for row in rows if self.letter(identity, row, "own") not in "NS")
                less = {role: GRANTS[role] - {permission}}
                if cells:
                    yield Hole(f"{role} may {permission.value}", _later(patch.dict, GRANTS, less), cells)

    def guards(self) -> Iterator[Hole]:
        """Each view that asks for a permission, without its guard."""
        for route, row in self.rows.items():
            if self.permissions.get(route) in {None, "public", "own_data"}:
                continue
            pattern = _pattern(route)
            bare = getattr(pattern.callback, "__wrapped__", None) if pattern else None
            if pattern and bare:
                cells = tuple((who, row, "own") for who in ("anonymous", "administrator"))
                yield Hole(f"guard of {route}", _later(patch.object, pattern, "callback", bare), cells)

    def scopes(self) -> Iterator[Hole]:
        """Each module that asks over which areas somebody holds a permission, answered "over all"."""

        def all_areas(*_given: Any, **_more: Any) -> Known:
            return Known(Area).made_of([""])  # below every path

        for name, module in sorted(sys.modules.items()):
            if name.startswith("plp.") and name != queries.__name__ and _asks(module):
                room = name.split(".")[1]
                cells = [
                    (who, row, owner)
                    for row in self.rows.values()
                    for owner in ("far", "near")
                    for who in WHOLE
                    if self.letter(who, row, "own") == "A" and self.letter(who, row, owner) == "N"
                ]
                cells.sort(key=lambda cell: room not in self.module(cell[1].route))
                yield Hole(f"scope in {name}", _later(patch.object, module, "within", all_areas), tuple(cells))

    def noticed(self, hole: Hole, most: int) -> bool:
        """Whether one of its first ``most`` cells is not as declared any more."""
        with hole.taken():
            for identity, row, owner in hole.cells[:most]:
                url = self.urls(row.route).get(owner)
                if url and outcome(self.browsers[identity].ask("GET", url)) != self.letter(identity, row, owner):
                    return True
        return False


def _later(make: Callable[..., Any], *given: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: make(*given)


def _asks(module: ModuleType) -> bool:
    return getattr(module, "within", None) is queries.within


def _pattern(route: str, patterns: Any = None, before: str = "/") -> URLPattern | None:
    """The entry of the address tree behind a route."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found = _pattern(route, one.url_patterns, path) if route.startswith(path) else None
            if found:
                return found
        elif path == route:
            return one  # type: ignore[no-any-return]
    return None


def look(ask: Ask, seed: Mapping[str, Any]) -> Found:
    """The proof ``matrix_mutants``."""
    holes, missed, counts = Holes(seed), [], Counter[str]()
    with blank_paper():
        every = [(kind, hole) for kind in ("grants", "guards", "scopes") for hole in getattr(holes, kind)()]
        most = ask.of(trial=24, quick=60, floor=120, full=len(every))
        for kind, hole in random.Random(ask.seed).sample(every, min(len(every), most)):
            counts[kind] += 1
            if not holes.noticed(hole, ask.of(trial=60, quick=60, floor=1_000, full=10_000)):
                missed.append(hole.name)
                progress(f"nobody noticed: {hole.name}")
    number = sum(counts.values())
    share = 100 * (number - len(missed)) / number
    figures = (
        Figure("rights taken from a role", counts["grants"]),
        Figure("guards taken from a view", counts["guards"]),
        Figure("scopes widened to everything", counts["scopes"]),
        Figure("noticed by at least one cell", share, "%", 60, 100, most=False),
    )
    return Found(number, "rules taken away, one at a time", figures, BOUNDS, {"missed": missed})


BOUNDS = (
    "A right that stands in front of no page of its own, and a scope that widens a list and no address, turns no cell: "
    "the tests of its room notice it."
)
