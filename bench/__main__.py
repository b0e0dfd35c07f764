"""Measure the speed beside the peers in one run: ``python -m bench --json FILE [--quick]``; ``./plp bench`` runs it.

On SQLite, or with ``PLP_DATABASE_URL`` on that PostgreSQL server.
"""

import argparse
import json
import os
import sys
import warnings
from pathlib import Path
from statistics import median

from bench.rivals import NAMES
from bench.stage import say
from bench.table import FULL, QUICK, as_json, figures, measure


def main() -> int:
    """Measure, write, say. 1 if a floor does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    database = os.environ.get("PLP_DATABASE_URL", "")
    found = measure(QUICK if options.quick else FULL, database)
    rows = figures(found)
    told = as_json(found, rows, quick=options.quick, database=database)
    options.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for row in rows:
        verdict = (
            "BELOW" if not row.meets_bound(row.floor) else "goal" if row.goal and row.meets_bound(row.goal) else "floor"
        )
        say(f"{row.name:44} {row.value:>12,.2f} {row.unit:3} {verdict}")
    for name, rates in found.rivals.items():
        say(f"{NAMES.get(name, name):44} {median(rates):>12,.0f} /s in the middle of {len(rates)} rounds")
    for name, remedy in found.absent.items():
        say(f"peer {NAMES[name]:39} is not here: {remedy}")
    return int(not all(row.meets_bound(row.floor) for row in rows))


if __name__ == "__main__":
    sys.exit(main())
