"""Signed-in pages while the database holds a tenth of the country: how long people wait, and how many are served."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.stage import PROCESSES, ROOT, say
from bench.starting import clean, free_port, running, worked
from bench.visitors import at_once, steadily
from proof.harness.system import fresh_database

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
    with tempfile.TemporaryDirectory(prefix="plp-bench-") as folder, fresh_database(database) as url:
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


def measure(environment: dict[str, str], told: dict[str, Any], *, rounds: int, seconds: float) -> Pages:
    """In a country that was built: ask for each page in turn fifty times a second, then for the desk as often as it
    comes; all of it so many times. What counts is the round in the middle, for each page: one hiccup says nothing.
    """
    port, desk = free_port(), told["pages"][DESK]
    environment = environment | {"PLP_PORT": str(port), "PLP_WEB_PROCESSES": str(PROCESSES)}
    visits: dict[str, list[Page]] = {name: [] for name in told["pages"]}
    most = []
    with running("web", environment, port) as server:
        for page in told["pages"].values():
            _see_once(port, page)
        for _round in range(rounds):
            for name, page in told["pages"].items():
                visits[name].append(_visited(name, page, port, server.pid, seconds))
            most.append(at_once(port, desk["path"], desk["cookies"], browsers=8, seconds=seconds).rate)
    found = [middle(pages) for pages in visits.values()]
    for page in found:
        say(f"{page.name:20} p95 {page.p95 * 1000:6.1f} ms, processor {page.work * 1000:5.1f} ms")
    return Pages({key: told[key] for key in ("partnerships", "members", "dispatches", "seconds")}, found, median(most))


def _see_once(port: int, page: dict[str, Any]) -> None:
    """Each process has seen the page once, and each person."""
    where = (port, page["path"], page["cookies"])
    at_once(*where, browsers=PROCESSES, seconds=1)
    steadily(*where, per_second=PER_SECOND / 2, seconds=2 * len(page["cookies"]) / PER_SECOND)


def _visited(name: str, page: dict[str, Any], port: int, server: int, seconds: float) -> Page:
    """One round of a page."""
    before = worked(server)
    visit = steadily(port, page["path"], page["cookies"], per_second=PER_SECOND, seconds=seconds)
    work = (worked(server) - before) / len(visit.waits)
    return Page(name, visit.percentile(0.5), visit.percentile(0.95), visit.failures, work)


def middle(rounds: Sequence[Page]) -> Page:
    """The medians of a page; what was no page counts in every round."""
    return Page(
        rounds[0].name,
        median(page.middle for page in rounds),
        median(page.p95 for page in rounds),
        sum(page.failures for page in rounds),
        median(page.work for page in rounds),
    )
