"""Build the whole country on PostgreSQL once, and measure pages and an alarm for everybody in it.

``python -m bench.national --folder DIR --json FILE``: the server's data stand in DIR, which is used again where it was
filled before. 2,000 partnerships, 1,000,000 members, 5,000,000 addresses and 26,000,000 copies take some 15 GB.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

import psycopg

from bench.mails import send
from bench.pages import PROCESSES
from bench.stage import CONNECTIONS, ROOT, machine, say
from bench.starting import clean, free_port, running, worked
from bench.visitors import one_by_one
from proof.harness.postgresql import PostgresServer
from proof.harness.system import SystemUnderTest

BUILD = "import django; django.setup(); from bench.whole_country import main; main()"  # in a process with Django
TOLD = "country.json"
SERVER = {
    "shared_buffers": "2GB",
    "maintenance_work_mem": "1GB",
    "work_mem": "16MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "max_connections": "200",
}
TABLES = {
    "partnerships": "partnership_partnership",
    "members": "partnership_membership",
    "addresses": "places_address",
    "copies": "delivery_dispatch",
}


@contextmanager
def country_server(folder: Path, wanted: Sequence[str]) -> Iterator[tuple[PostgresServer, dict[str, Any]]]:
    """A server with the country in it, built if it is not there yet, and what was told when it was built."""
    folder.mkdir(parents=True, exist_ok=True)
    server = PostgresServer(folder / "data")
    told = folder / TOLD
    if not told.exists():
        server.create_empty_cluster()
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = '{value}'\n" for name, value in SERVER.items())
    try:
        if not told.exists():
            server.start("fsync=off", "autovacuum=off")
            begun = time.monotonic()
            answer = subprocess.run(
                [sys.executable, "-W", "ignore", "-c", BUILD, *wanted],
                cwd=ROOT,
                env=clean(str(folder / "home"), server.database_url),
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            told.write_text(json.dumps(json.loads(answer.stdout) | {"seconds": round(time.monotonic() - begun)}))
            server.stop()
        server.start()
        yield server, json.loads(told.read_text())
    finally:
        server.stop_if_running()


def counted(url: str) -> dict[str, int]:
    """How many of everything there are, and bytes on disk."""
    with psycopg.connect(url) as line:
        sizes = {name: line.execute(f"SELECT count(*) FROM {table}").fetchone() for name, table in TABLES.items()}  # type: ignore[arg-type]
        size = line.execute("SELECT pg_database_size(current_database())").fetchone()
    return {name: row[0] for name, row in (sizes | {"bytes": size}).items() if row}


@dataclass(frozen=True)
class VisitedPage:
    """Seconds of each visit, and seconds of the processor that web and database took for one of them."""

    path: str
    waits: list[float]
    web: float
    database: float


def visited_pages(
    environment: dict[str, str], server: PostgresServer, told: dict[str, Any], visits: int
) -> dict[str, list[VisitedPage]]:
    """Of each role its pages, each asked for so many times, one after the other, after once that is not counted."""
    port = free_port()
    pages: dict[str, list[VisitedPage]] = {}
    assert server.process
    with running("web", environment | {"PLP_PORT": str(port), "PLP_WEB_PROCESSES": str(PROCESSES)}, port) as web:
        processes = (web.pid, server.process.pid)
        for role, words in told["pages"].items():
            visited = [_visited(processes, port, path, words["cookie"], visits) for path in words["paths"]]
            if not (seen := [page for page in visited if page]):
                say(f"{role}: no page; a sign-in ends, and the country was built too long ago")
                continue
            pages[role] = seen
            waits = [wait for page in seen for wait in page.waits]
            say(f"{role:14} {len(pages[role]):4} pages, p95 {percentile(waits, 95) * 1000:7.1f} ms")
    return pages


def _visited(processes: tuple[int, int], port: int, path: str, cookie: str, visits: int) -> VisitedPage | None:
    """``None`` for what is no page."""
    if one_by_one(port, path, cookie, visits=1).failures:
        return None
    before = [worked(process) for process in processes]
    waits = one_by_one(port, path, cookie, visits=visits).waits
    web, database = ((worked(process) - begun) / visits for process, begun in zip(processes, before, strict=True))
    return VisitedPage(path, waits, web, database)


def percentile(waits: list[float], part: int) -> float:
    """Seconds within which so many of a hundred came."""
    return quantiles(waits, n=100, method="inclusive")[part - 1] if len(waits) > 1 else waits[0]


def everybody(folder: Path, url: str, number: int) -> dict[str, Any]:
    """A message to every member of the country, with an alarm for two hundred in the middle."""
    made = SystemUnderTest(folder, url, connections=CONNECTIONS, lease=60, stage="bench.orders")
    try:
        return asdict(send(made, made.call_procedure("create_message"), number))
    finally:
        made.close()


def summary(pages: list[VisitedPage]) -> dict[str, Any]:
    """Of the pages of a role, in ms: half and 95 of 100 visits within, the processor of one, and the slowest."""
    waits = [wait for page in pages for wait in page.waits]
    slowest = sorted(pages, key=lambda page: percentile(page.waits, 95), reverse=True)
    dearest = sorted(pages, key=lambda page: page.web + page.database, reverse=True)
    return {
        "pages": len(pages),
        "half": _ms(percentile(waits, 50)),
        "p95": _ms(percentile(waits, 95)),
        "web": _ms(fmean(page.web for page in pages)),
        "database": _ms(fmean(page.database for page in pages)),
        "slower than 100 ms": sum(percentile(page.waits, 95) > 0.1 for page in pages),
        "more than 100 ms of the processor": sum(page.web + page.database > 0.1 for page in pages),
        "slowest": {page.path: _ms(percentile(page.waits, 95)) for page in slowest[:8]},
        "dearest": {page.path: [_ms(page.web), _ms(page.database)] for page in dearest[:8]},
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def main() -> None:
    """Build, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--json", type=Path, required=True)
    for name, usual in {"plps": 2000, "members": 500, "notices": 26, "visits": 20}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    options = parser.parse_args()
    wanted = [word for name in ("plps", "members", "notices") for word in (f"--{name}", str(getattr(options, name)))]
    with country_server(options.folder, wanted) as (server, told):
        size = counted(server.database_url)
        say(", ".join(f"{number:,} {name}" for name, number in size.items()))
        pages = visited_pages(clean(str(options.folder / "home"), server.database_url), server, told, options.visits)
        result: dict[str, Any] = {
            "machine": machine(),
            "size": size | {"built in seconds": told["seconds"]},
            "pages": {role: summary(visited) for role, visited in pages.items()},
        }
        options.json.write_text(json.dumps(result, indent=1) + "\n")  # what follows may take long
        result["everybody"] = everybody(options.folder / "home", server.database_url, options.plps * options.members)
    options.json.write_text(json.dumps(result, indent=1) + "\n")
    say(json.dumps(result["everybody"]))


if __name__ == "__main__":
    main()
