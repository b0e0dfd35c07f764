"""Takes one rule away at a time and looks whether a cell of the table of access, or of exposure, notices (G8)."""

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
from plp.mandates.grants import GRANTS, Permission, Role
from plp.mandates.scopes import AreaScope
from plp.ops.routes import all_routes
from plp.places.models import Area
from plp.portal.shell import guards
from proof.canaries.exposure import ExposureLog
from proof.harness.identities import IdentityBrowser, outcome_letter
from proof.probes.access_matrix import AccessMatrix, blanking_templates_and_pdfs
from proof.probes.access_table import METHODS, AccessRow, read_access_rows
from proof.result import Figure, ProofRequest, ProofResult, print_progress

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
KINDS = ("missing_role_rights", "missing_view_guards", "missing_fresh_proofs", "widened_scopes")
FRESHLY_PROVEN = f"{guards.freshly_proven.__qualname__}.<locals>.guarded"
STALE = 6 * 60  # seconds: a proof that is not fresh any more
Taken = Callable[[], AbstractContextManager[Any]]
Cell = tuple[str, str, AccessRow, str]  # identity, method, row, owner


@dataclass(frozen=True)
class MissingRule:
    """One rule taken away. ``cells``: who could notice, the likeliest first; ``stale``: their proofs are not fresh.

    ``deeper``: the rule together with the one that holds the same door behind it. ``room``: of the pages that may show
    too much.
    """

    name: str
    taken: Taken
    cells: tuple[Cell, ...]
    stale: bool = False
    deeper: Taken | None = None
    room: str = ""


class MissingRules:
    """Every rule, and the cells that would notice its absence."""

    def __init__(self, seed: Mapping[str, Any]) -> None:
        self.walls, self.rows, self.seed = AccessMatrix(seed), read_access_rows(), seed
        self.browsers = {one.name: one for one in self.walls.browsers}
        self.stale = {name: IdentityBrowser(name, seed, age=STALE) for name in ROLES}
        self.columns = [one.name for one in self.walls.browsers]
        self.permissions = {one.route: one.permission for one in all_routes()}
        self.urls = cache(
            lambda route: self.walls.url_by_owner(self.rows[route])
        )  # nothing is made while rules are missing
        self.module = cache(lambda route: resolve(self.urls(route)["own"]).func.__module__)

    def declared_letter(self, identity: str, method: str, row: AccessRow, owner: str) -> str:
        """What the table declares."""
        cells = row.cells[method].get(owner, "")
        return cells[self.columns.index(identity)] if cells else ""

    def missing_role_rights(self) -> Iterator[MissingRule]:
        """Each cell of the table of rights whose permission stands in front of a page."""
        for identity, role in ROLES.items():
            for permission in sorted(GRANTS[role]):
                rows = [row for route, row in self.rows.items() if self.permissions.get(route) == permission.value]
                cells = tuple(
                    (identity, "GET", row, "own")
                    for row in rows
                    if self.declared_letter(identity, "GET", row, "own") not in "NS"
                )
                less = {role: GRANTS[role] - {permission}}
                if cells:
                    yield MissingRule(f"{role} may {permission.value}", _deferred_call(patch.dict, GRANTS, less), cells)

    def missing_view_guards(self) -> Iterator[MissingRule]:
        """Each view that asks for a permission, without its guard."""
        for route, row, pattern, layers in self._guarded_views():
            turned_away = sorted(self.columns, key=lambda who: who not in {"anonymous", "administrator"})
            yield MissingRule(
                f"guard of {route}",
                _deferred_call(patch.object, pattern, "callback", layers[1]),
                tuple(
                    (who, method, row, "own")
                    for who in turned_away
                    for method in METHODS
                    if self.declared_letter(who, method, row, "own") in "NSR"
                ),
                deeper=_deferred_call(patch.object, pattern, "callback", layers[-1]) if len(layers) > 2 else None,
            )

    def missing_fresh_proofs(self) -> Iterator[MissingRule]:
        """Each view that asks for a fresh proof, without that. It asks before it looks for the thing."""
        for route, row, pattern, layers in self._guarded_views():
            if FRESHLY_PROVEN in [layer.__code__.co_qualname for layer in layers]:
                guard = guards.needs(Permission(self.permissions[route] or ""))
                cells = tuple(
                    (who, method, row, "own")
                    for who in ROLES
                    for method in METHODS
                    if self.declared_letter(who, method, row, "own") != "S"
                    and self.actual_letter(self.stale[who], method, row, "own") == "S"
                )
                taken = _deferred_call(patch.object, pattern, "callback", guard(layers[-1]))
                yield MissingRule(f"fresh proof of {route}", taken, cells, stale=True)

    def _guarded_views(self) -> Iterator[tuple[str, AccessRow, URLPattern, list[Any]]]:
        """Each view that asks for a permission: its route, its row, its entry, and its guards from the outside in."""
        for route, row in self.rows.items():
            pattern = (
                _find_url_pattern(route) if self.permissions.get(route) not in {None, "public", "own_data"} else None
            )
            layers = list(_decorator_layers(pattern.callback)) if pattern else []
            if pattern and len(layers) > 1:
                yield route, row, pattern, layers

    def widened_scopes(self) -> Iterator[MissingRule]:
        """Each module that asks over which areas somebody holds a permission, answered "over all"."""

        def all_areas(*_given: Any, **_more: Any) -> AreaScope:
            return AreaScope(Area).all()

        for name, module in sorted(sys.modules.items()):
            if name.startswith("plp.") and name != queries.__name__ and _imports_permitted_areas(module):
                room = name.split(".")[3 if name.startswith("plp.portal.subjects.") else 1]
                cells = [
                    (who, method, row, owner)
                    for row in self.rows.values()
                    for owner in ("far", "near")
                    for who in WHOLE
                    for method in METHODS
                    if self.declared_letter(who, method, row, "own") == "A"
                    and self.declared_letter(who, method, row, owner) == "N"
                ]
                cells.sort(key=lambda cell: room not in self.module(cell[2].route))
                yield MissingRule(
                    f"scope in {name}",
                    _deferred_call(patch.object, module, "permitted_areas", all_areas),
                    tuple(cells),
                    room=room,
                )

    def is_noticed_by_matrix(self, hole: MissingRule, most: int, taken: Taken | None = None) -> bool:
        """Whether one of its first ``most`` cells is not as declared any more."""
        browsers = self.stale if hole.stale else self.browsers
        with (taken or hole.taken)():
            for identity, method, row, owner in hole.cells[:most]:
                declared = "S" if hole.stale else self.declared_letter(identity, method, row, owner)
                if self.actual_letter(browsers[identity], method, row, owner) not in {declared, ""}:
                    return True
        return False

    def actual_letter(self, browser: IdentityBrowser, method: str, row: AccessRow, owner: str) -> str:
        """What a browser meets now, as a letter; nothing where there is no address."""
        url = self.urls(row.route).get(owner)
        return (
            outcome_letter(browser.request_and_roll_back(method, url, {} if method == "POST" else None)) if url else ""
        )

    def is_noticed_on_pages(self, hole: MissingRule, most: int) -> bool:
        """Whether one of ``most`` pages shows somebody what is not declared: those of its room first, and lists."""
        watch = ExposureLog(self.seed)
        pages = [
            (who, row)
            for row in self.rows.values()
            for who in WHOLE
            if self.declared_letter(who, "GET", row, "own") == "A"
        ]
        pages.sort(key=lambda page: (hole.room not in self.module(page[1].route), len(page[1].ids)))
        with hole.taken():
            for who, row in pages[:most]:
                url = self.urls(row.route).get("own")
                if url:
                    watch.scan_and_record_answer(
                        self.browsers[who], url, self.browsers[who].request_and_roll_back("GET", url)
                    )
                if watch.undeclared_exposures():
                    return True
        return False


def _deferred_call(make: Callable[..., Any], *given: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: make(*given)


def _imports_permitted_areas(module: ModuleType) -> bool:
    return getattr(module, "permitted_areas", None) is queries.permitted_areas


def _find_url_pattern(route: str, patterns: Any = None, before: str = "/") -> URLPattern | None:
    """The entry of the address tree behind a route."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found = _find_url_pattern(route, one.url_patterns, path) if route.startswith(path) else None
            if found:
                return found
        elif path == route:
            return one  # type: ignore[no-any-return]
    return None


def _decorator_layers(view: Any) -> Iterator[Any]:
    """A view with its guards, the outermost first, the bare view last."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``matrix_mutants``."""
    holes, counts, missed = MissingRules(seed), Counter[str](), list[MissingRule]()
    with blanking_templates_and_pdfs():
        every = [(kind, hole) for kind in KINDS for hole in getattr(holes, kind)()]
        most = ask.number_for_size(trial=24, quick=40, floor=120, full=len(every))
        for kind, hole in random.Random(ask.seed).sample(every, min(len(every), most)):
            counts[kind] += 1
            if counts.total() % 50 == 0:
                print_progress(f"{counts.total()} rules taken away")
            if not holes.is_noticed_by_matrix(hole, ask.number_for_size(trial=60, quick=60, floor=1_000, full=2_000)):
                missed.append(hole)
        deep = [hole for hole in missed if hole.deeper and holes.is_noticed_by_matrix(hole, 1_000, hole.deeper)]
    seen = [
        hole
        for hole in missed
        if hole.room and holes.is_noticed_on_pages(hole, ask.number_for_size(trial=6, quick=60, floor=200, full=5_000))
    ]
    left = [hole.name for hole in missed if hole not in deep and hole not in seen]
    for name in left:
        print_progress(f"nobody noticed: {name}")
    number = sum(counts.values())
    figures = (
        Figure("rights taken from a role", counts["missing_role_rights"]),
        Figure("guards taken from a view", counts["missing_view_guards"]),
        Figure("of these, behind which another one held the door: noticed once both were gone", len(deep)),
        Figure(
            "fresh proofs that a view asks for no more",
            counts["missing_fresh_proofs"],
            "",
            ask.number_for_size(trial=0, quick=0, floor=0, full=1),
            most=False,
        ),
        Figure("scopes widened to everything", counts["widened_scopes"]),
        Figure("of these, noticed by what a page shows", len(seen)),
        Figure("noticed by at least one cell", 100 * (number - len(left)) / number, "%", 60, 100, most=False),
    )
    return ProofResult(number, "rules taken away, one at a time", figures, BOUNDS, {"missed": left})


BOUNDS = (
    "Unnoticed: a scope that lengthens a list by what is not personal, opens no address and names no partnership. "
    "The tests of its room notice it."
)
