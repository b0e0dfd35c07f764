"""Signed-in pages while the database holds a tenth of the country: how long people wait, and how many are served."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.stage import PROCESSES, ROOT, say
from bench.starting import clean, free_port, running, worked
from bench.visitors import at_once, steadily
from proof.stand.house import own_database

BUILD = "import django; django.setup(); from bench.country import main; main()"  # in a process with Django
PER_SECOND = 50
DESK = "coordinator's desk"


@dataclass(frozen=True)
class Size:
    """How large the country is."""

    plps: int
    members: int  # of each
    notices: int  # of each


WHOLE = Size(plps=200, members=500, notices=10)  # 100,000 members, 1,000,000 dispatches
SMALL = Size(plps=20, members=500, notices=10)


@dataclass(frozen=True)
class Page:
    """One page: seconds within which half and 95 of 100 answers came, answers that were not a page, and seconds of
    processor that one took.
    """

    name: str
    middle: float
    p95: float
    failures: int
    work: float


@dataclass(frozen=True)
class Pages:
    """What was found, and in which country."""

    country: dict[str, Any]
    pages: list[Page]
    most_per_second: float  # on the coordinator's desk

    @property
    def slowest(self) -> Page:
        """The page with the longest wait."""
        return max(self.pages, key=lambda page: page.p95)


@contextmanager
def country(size: Size, database: str = "") -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """A filled database: the environment to work in it, and what was built."""
    with tempfile.TemporaryDirectory(prefix="plp-bench-") as folder, own_database(database) as url:
        environment = clean(folder, url)
        say(f"building {size.plps} partnerships with {size.members} members each ...")
        wanted = ("--plps", str(size.plps), "--members", str(size.members), "--notices", str(size.notices))
        built = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", BUILD, *wanted],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        os.sync()  # a tenth of the country was not built in the minute before: the disk has done with it
        yield environment, json.loads(built.stdout)


def measure(environment: dict[str, str], told: dict[str, Any], *, seconds: float) -> Pages:
    """In a country that was built: ask for each page fifty times a second, then for the desk as often as it comes."""
    port, found = free_port(), []
    environment = environment | {"PLP_PORT": str(port), "PLP_WEB_PROCESSES": str(PROCESSES)}
    with running("web", environment, port) as server:
        for name, page in told["pages"].items():
            where = (port, page["path"], page["cookies"])
            at_once(*where, browsers=PROCESSES, seconds=1)  # each process has seen it once, and each person
            steadily(
                *where, per_second=PER_SECOND / 2, seconds=2 * len(page["cookies"]) / PER_SECOND
            )  # and each person
            before = worked(server.pid)
            visit = steadily(*where, per_second=PER_SECOND, seconds=seconds)
            work = (worked(server.pid) - before) / len(visit.waits)
            found.append(Page(name, visit.percentile(0.5), visit.percentile(0.95), visit.failures, work))
            say(f"{name:20} p95 {visit.percentile(0.95) * 1000:6.1f} ms, processor {work * 1000:5.1f} ms")
        desk = told["pages"][DESK]
        most = at_once(port, desk["path"], desk["cookies"], browsers=8, seconds=seconds)
    return Pages({key: told[key] for key in ("partnerships", "members", "dispatches", "seconds")}, found, most.rate)
