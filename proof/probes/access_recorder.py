"""Writes the rows that the table of access lacks, from what the pages do now: read them before they are kept."""

import os
from collections.abc import Mapping
from typing import Any

from plp.ops.routes import all_routes
from proof.harness.identities import IDENTITIES
from proof.harness.site_map import PARAMETER
from proof.probes.access_matrix import AccessMatrix, blanking_templates_and_pdfs
from proof.probes.access_table import AccessRow, read_access_rows, write_access_table
from proof.result import ProofRequest, ProofResult, print_progress


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:  # noqa: ARG001 - called as every other
    """Drop the rows of routes that are no more, add those that are new, and make some anew."""
    walls, rows = AccessMatrix(seed), read_access_rows()
    routes = {one.route for one in all_routes() if not one.route.startswith("/demo/")}
    kept = {route: row for route, row in rows.items() if route in routes}
    again = tuple(os.environ.get("AGAIN", "").split())
    changed = 0
    with blanking_templates_and_pdfs():
        for route in sorted(routes):
            before = kept.get(route)
            if before and not route.startswith(again):
                continue
            row = before or AccessRow(route, _parameter_values_of_route(route, rows), {})
            cells = walls.outcomes_by_method(row)
            for found in cells.values():
                found.pop("mixed", None)
            kept[route] = AccessRow(route, row.ids, cells)
            if kept[route] != before:
                changed += 1
                print_progress(f"read this row: {route} {row.ids} {cells}, before: {row.cells}")
    write_access_table(list(IDENTITIES), kept)
    return ProofResult(changed, "rows added or changed", ())


def _parameter_values_of_route(route: str, rows: Mapping[str, AccessRow]) -> dict[str, str]:
    """What each part names: as in a row that begins alike, the key of a partnership, or nothing that is there."""
    found: dict[str, str] = {}
    for part in PARAMETER.finditer(route):
        beginning = route[: part.end()]
        alike = (row.ids[part[2]] for other, row in rows.items() if other.startswith(beginning))
        usual = (
            "partnership"
            if (part[1], part[2]) == ("slug", "key")
            else "zone"
            if part[2] == "zone"
            else {"uuid": f"={'0' * 8}-0000-0000-0000-{'0' * 12}", "int": "=1"}.get(part[1], "=zz")
        )
        found[part[2]] = next(alike, usual)
    return found
