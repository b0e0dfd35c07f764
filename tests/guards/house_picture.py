"""``docs/house.md``: the rooms from the highest line to the lowest, and which rooms each imports.

``.venv/bin/python -m tests.guards.house_picture`` writes it.
"""

from collections.abc import Mapping

import grimp

from plp.ops.environment import PACKAGE
from tests.guards.tree import ROOT, layers

OPENING = """# The house

Each box is a room: a folder of `src/plp/`, a Django app. An arrow is an import, and goes down only
([why](design.md#direction)). An arrow is left out where a longer way says the same: `membership` imports `people`, but
also reaches it through `accounts`. The table lists every import.
`.venv/bin/python -m tests.guards.house_picture` writes this page.
"""


def imports() -> dict[str, set[str]]:
    """The rooms that each room imports."""
    graph = grimp.build_graph("plp", exclude_type_checking_imports=True)
    rooms = set().union(*layers())
    looks_at: dict[str, set[str]] = {room: set() for room in rooms}
    for module in graph.modules:
        room = module.split(".")[1] if "." in module else ""
        if room in rooms:
            targets = {
                imported.split(".")[1]
                for imported in graph.find_modules_directly_imported_by(module)
                if "." in imported
            }
            looks_at[room] |= targets & rooms - {room}
    return looks_at


def below(room: str, looks_at: Mapping[str, set[str]]) -> set[str]:
    """Every room that can be reached from one."""
    return looks_at[room].union(*(below(lower, looks_at) for lower in looks_at[room]))


def arrows(looks_at: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The imports that no others imply."""
    return [
        (room, lower)
        for room in looks_at
        for lower in sorted(looks_at[room])
        if not any(lower in below(other, looks_at) for other in looks_at[room] - {lower})
    ]


def purpose(room: str) -> str:
    """What a room is, from the first line of its README."""
    first = (PACKAGE / room / "README.md").read_text(encoding="utf-8").split("\n", 1)[0]
    return first.partition(": ")[2] or first.removeprefix("# ")


def page() -> str:
    """The whole page."""
    looks_at = imports()
    order = [room for line in layers() for room in sorted(line)]
    drawn = sorted(arrows(looks_at), key=lambda arrow: (order.index(arrow[0]), order.index(arrow[1])))
    lines = [
        f"| `{room}` | {purpose(room)} | {', '.join(sorted(looks_at[room], key=order.index)) or '–'} |"
        for room in order
    ]
    picture = ["```mermaid", "flowchart TD", *(f"  {room} --> {lower}" for room, lower in drawn), "```"]
    return "\n".join([OPENING, *picture, "", "| Room | What it is | Imports |", "|---|---|---|", *lines, ""])


if __name__ == "__main__":
    (ROOT / "docs" / "house.md").write_text(page(), encoding="utf-8")
