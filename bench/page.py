"""Write the figures of ``docs/bench.json`` into ``docs/scale.md``: ``python -m bench.page``."""

import json
from pathlib import Path
from typing import Any

from bench.stage import ROOT

BEGIN, END = "<!-- figures -->\n", "<!-- /figures -->"


def table(told: dict[str, Any]) -> str:
    """The figures of one run as a table, with its peers and the size of its country."""
    country, machine = told["pages"]["country"], told["machine"]
    rows = [
        f"{machine['cores']} cores, {told['database']}, {country['partnerships']:,} partnerships, "
        f"{country['members']:,} members, {country['dispatches']:,} copies{', a short run' if told['quick'] else ''}.",
        "",
        "| Figure | Found | Floor | Goal |",
        "|---|---|---|---|",
    ]
    for name, row in told["figures"].items():
        sign = "≤" if row["most"] else "≥"
        bounds = [f"{sign} {row[bound]:,g}" if row[bound] is not None else "" for bound in ("floor", "goal")]
        mark = "" if row["reaches"] else " (floor)" if row["holds"] else " **(below)**"
        rows.append(f"| {name} | {row['value']:,.2f} {row['unit']}{mark} | {bounds[0]} | {bounds[1]} |")
    rows += ["", "| Page at 50 a second | half within | 95 % within | processor |", "|---|---|---|---|"]
    for page in told["pages"]["pages"]:
        spans = " | ".join(f"{page[span] * 1000:.1f} ms" for span in ("middle", "p95", "work"))
        rows.append(f"| {page['name']} | {spans} |")
    rows += ["", "| Peer | Messages per second |", "|---|---|"]
    rows += [f"| {name} | {rate:,} |" for name, rate in told["peers"]["messages_per_second"].items()]
    return "\n".join(rows) + "\n"


def main() -> None:
    """Put the table between the two marks."""
    page, told = (
        Path(ROOT, "docs", "scale.md"),
        json.loads(Path(ROOT, "docs", "bench.json").read_text(encoding="utf-8")),
    )
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(before + BEGIN + table(told) + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
