"""Import of an arrondissement, twice: seconds and peak memory of each run, as JSON on standard output.

    python bench/import_addresses.py FILE [--municipality NIS]

Each run is the real command in a process of its own, on a fresh database: SQLite in a temporary folder, or the empty
PostgreSQL database that PLP_DATABASE_URL names. Floor: 121,273 rows in 30 s and 300 MB, a second run without change.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MEASURED = """
import json, resource, sys, time
from plp.ops import cli
started = time.monotonic()
code = cli.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"wall": round(time.monotonic() - started, 2), "cpu": round(used.ru_utime + used.ru_stime, 2),
    "peak_mb": round(used.ru_maxrss / 1024, 1)}), flush=True)
sys.exit(code)
"""


def measured(*arguments: str, environment: dict[str, str]) -> list[dict[str, Any]]:
    """Run a command of ``./plp``; what it printed as JSON, then what it cost. Raises ``CalledProcessError``."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def main() -> None:
    """Set a database up, import twice, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--municipality", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plp-bench-") as home:
        environment = {**os.environ, "PLP_HOME": home}
        measured("migrate", environment=environment)
        asked = ["--municipality", options.municipality] if options.municipality else []
        runs = []
        for _ in range(2):
            figures, cost = measured(
                "import", "addresses", str(options.file.resolve()), *asked, "--json", environment=environment
            )
            runs.append({**figures, **cost})
    database = "postgresql" if os.environ.get("PLP_DATABASE_URL") else "sqlite"
    print(json.dumps({"database": database, "first": runs[0], "second": runs[1]}, indent=2))


if __name__ == "__main__":
    main()
