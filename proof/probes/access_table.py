"""The declared table of access: ``proof/access.json``, from which ``docs/access.md`` is made.

For each route: which kind of thing each part of its address names (``ids``), and for GET and POST one letter per
identity and owner: Allowed, Sign in first, Not existing, Refused, Method not allowed. Owners: own, near, far.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "access.json"
METHODS = ("GET", "POST")
OWNERS = ("own", "near", "far")
WORDS = {"A": "allowed", "S": "sign in first", "N": "does not exist", "R": "refused", "M": "another method"}
GROUPS = {"own": "own", "near": "next door", "far": "elsewhere"}
PAGE = """# Who reaches what

Every address × seventeen identities × three owners of the thing behind it: one's **own** partnership, one **next
door** in the same police zone, one **elsewhere**. Whoever is not named meets the same answer as for a thing that does
not exist, or is asked to sign in. This page is made from `proof/access.json`, which `./plp prove --only matrix`
compares with the running pages, cell by cell; a test keeps the two together. What each role may do inside a page says
[the page of the roles](roles.md).

All identities: {identities}.

| Address | Reading | Sending |
|---|---|---|
"""


@dataclass(frozen=True)
class AccessRow:
    """One route of the table. ``cells``: method -> owner -> one letter per identity."""

    route: str
    ids: Mapping[str, str]
    cells: Mapping[str, Mapping[str, str]]


def read_access_rows() -> dict[str, AccessRow]:
    """Every row, by route."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return {route: AccessRow(route, one["ids"], one["cells"]) for route, one in kept["routes"].items()}


def identity_names_of_table() -> list[str]:
    """The names of the columns, in their order."""
    names: list[str] = json.loads(FILE.read_text(encoding="utf-8"))["identities"]
    return names


def write_access_table(names: list[str], rows: Mapping[str, AccessRow]) -> None:
    """Keep the table, one route a line."""
    lines = [
        f"  {json.dumps(route)}: {json.dumps({'ids': row.ids, 'cells': row.cells})}"
        for route, row in sorted(rows.items())
    ]
    text = f'{{\n "identities": {json.dumps(names)},\n "routes": {{\n' + ",\n".join(lines) + "\n }\n}\n"
    FILE.write_text(text, encoding="utf-8")


def access_page_as_markdown() -> str:
    """``docs/access.md``."""
    names = identity_names_of_table()
    rows = [
        f"| `{route}` | "
        + " | ".join(_admitted_identities_in_words(names, row.cells[method]) for method in ("GET", "POST"))
        + " |"
        for route, row in sorted(read_access_rows().items())
    ]
    return PAGE.format(identities=", ".join(names)) + "\n".join(rows) + "\n"


def _admitted_identities_in_words(names: list[str], cells: Mapping[str, str]) -> str:
    """Who is let in, grouped by where."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for place, name in enumerate(names):
        where = tuple(owner for owner in OWNERS if owner in cells and cells[owner][place] == "A")
        if where:
            groups.setdefault(where, []).append(name)
    everywhere = tuple(owner for owner in OWNERS if owner in cells)
    if groups.get(everywhere) == names:
        return "everybody"
    said = [
        _identity_group_in_words(who, names)
        + (f" ({', '.join(GROUPS[one] for one in where)})" if len(everywhere) > 1 else "")
        for where, who in groups.items()
    ]
    return "; ".join(said) or "nobody by itself"


def _identity_group_in_words(who: list[str], names: list[str]) -> str:
    """One word for all who sign in, and for all who are known."""
    for word, first in (("everybody known", "pending"), ("all staff", "committee")):
        if who == names[names.index(first) : -1]:
            return word
    return ", ".join(who)


def address_of(row: AccessRow, found: Mapping[str, Any]) -> str | None:
    """The address with these values for its parts; None when one is missing."""
    from proof.harness.site_map import PARAMETER  # noqa: PLC0415 - needs the settings

    if any(found.get(name) is None for name in row.ids):
        return None
    return PARAMETER.sub(lambda part: str(found[part[2]]), row.route)
