"""``docs/pages.md``: what the proof ``weights`` found, page by page."""

from collections.abc import Mapping
from typing import Any

OPENING = """# How heavy the pages are

The twenty pages that are opened most, each for the first time in an empty browser, on a slow line (400 kbit/s, 400 ms
to the first byte of each answer). Written by `./plp prove --only weights`: run it and compare. Bytes are those on the
line, packed, with their headers. Limits: 100 kB a page, of which 20 kB are script; first words within 2 s. Styles,
scripts and fonts come once: the next page fetches its own text alone.

"""
KINDS = ("page", "style", "script", "font", "other")
HEAD = ("Who", "Page", *KINDS, "All, kB", "Requests", "Questions to the database", "First words")


def page_weights_markdown(run: Mapping[str, Any] | None) -> str:
    """The document, from what is kept of the run."""
    if run is None:
        return OPENING + "Not run yet.\n"
    rows = [_page_weight_cells(one) for one in run["found"]["details"]["pages"]]
    lines = [f"| {' | '.join(cells)} |" for cells in (HEAD, ("---",) * len(HEAD), *rows)]
    return f"{OPENING}{run['date']}, version {run['version']}, {run['size']}.\n\n" + "\n".join(lines) + "\n"


def _page_weight_cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    sizes = [one["bytes"].get(kind, 0) / 1000 for kind in KINDS]
    return (
        one["who"],
        f"{one['name']} `{one['route']}`",
        *(f"{size:.1f}" for size in sizes),
        f"**{sum(sizes):.1f}**",
        str(one["requests"]),
        str(one["questions"]),
        f"{one['painted'] / 1000:.2f} s",
    )
