"""The table of figures: what each measurement found, beside floor and goal. The proof ``speed`` shows the same rows."""

from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

from bench.mails import Bulk, bulk, filled, send, send_again, slow_receiver
from bench.packing import Pack
from bench.packing import measure as make_pack
from bench.pages import SMALL, WHOLE, Pages, country
from bench.pages import measure as open_pages
from bench.rivals import Rates, compare, times_the_best, times_the_peer
from bench.stage import machine
from bench.starting import Start, start
from proof.result import Figure

MILLION = 1_000_000
UNEVEN = 1.25  # a mail among a million may take so much longer than one among a hundred thousand


@dataclass(frozen=True)
class Sizes:
    """How much is measured. ``large`` 0: the million is left out; ``twenty``: recipients of the longer slow run.

    ``rounds``: of us and the peers, and of the pages; ``ours`` and ``rivals``: mails of each in one;
    ``seconds``: of a page in one.
    """

    bulk: int
    large: int
    slow: int
    twenty: int
    rounds: int
    ours: int
    rivals: int
    seconds: float
    starts: int
    quick: bool


QUICK = Sizes(
    bulk=20_000, large=0, slow=2_000, twenty=0, rounds=3, ours=5_000, rivals=150, seconds=1.2, starts=3, quick=True
)
FULL = Sizes(
    bulk=100_000, large=MILLION, slow=2_000, twenty=20_000, rounds=5, ours=20_000, rivals=500, seconds=4, starts=7,
    quick=False,
)  # fmt: skip


@dataclass
class Report:
    """Everything that was measured."""

    rivals: Rates
    absent: dict[str, str]
    bulk: Bulk
    large: Bulk | None
    slow: list[float]
    twenty: list[float]
    start: Start
    pages: Pages
    pack: Pack


def measure(sizes: Sizes, database: str = "") -> Report:
    """One thing after the other, mails first. ``database``: "" for SQLite, else the address of a PostgreSQL server."""
    with filled(sizes.bulk, database) as (made, message):
        main = send(made, message, sizes.bulk)
        rivals, absent = compare(sizes.rivals, sizes.rounds, lambda: send_again(made, sizes.ours))
    large = bulk(sizes.large, database) if sizes.large else None
    slow = slow_receiver(sizes.slow, database)
    twenty = slow_receiver(sizes.twenty, database) if sizes.twenty else []
    started = start(sizes.starts)
    with country(SMALL if sizes.quick else WHOLE, database) as (environment, told):
        pack = make_pack(environment)
        pages = open_pages(environment, told, rounds=sizes.rounds, seconds=sizes.seconds)
    return Report(rivals, absent, main, large, slow, twenty, started, pages, pack)


def figures(found: Report) -> tuple[Figure, ...]:
    """The rows of the table, ratios first."""
    rows = [*_ratios(found), *_mails(found.bulk, found.slow)]
    if found.large:
        rows += _large(found.bulk, found.large)
    if found.twenty:
        rows.append(Figure("20,000, receiver 20 ms: 99.9 % within", within(found.twenty, 999), "s", 120, 60))
    slowest = found.pages.slowest
    rows += [
        Figure("signed-in pages at 50 a second: slowest p95", slowest.p95 * 1000, "ms", 50, 50),
        Figure("coordinator's desk, most per second", found.pages.most_per_second, "/s", 50, 1000, most=False),
        Figure("answers that were no page", sum(page.failures for page in found.pages.pages), "", 0, 0),
        Figure("whole launch pack of one partnership", found.pack.seconds, "s", 10, 4),
        Figure("start to ready", found.start.seconds, "s", 3, 1.5),
        Figure("memory of web and worker, idle", found.start.megabytes, "MB", 300, 160),
    ]
    return tuple(rows)


def within(waits: list[float], part: int) -> float:
    """Seconds within which so many of a thousand came."""
    return quantiles(waits, n=1000, method="inclusive")[part - 1]


def _ratios(found: Report) -> list[Figure]:
    """We and the others, on the same sink in turn: the median of the rounds, pair by pair."""
    rows = [Figure("times the best peer", times_the_best(found.rivals), "x", 10, 10, most=False)]
    if "smtp_source" in found.rivals:
        bare = times_the_peer(found.rivals, "smtp_source")
        rows.append(Figure("times Postfix smtp-source", bare, "x", None, 0.5, most=False))
    return rows


def _mails(main: Bulk, slow: list[float]) -> list[Figure]:
    return [
        Figure("full path, messages per second", main.rate, "/s", 5_000, 10_000, most=False),
        Figure("lost or doubled", main.lost + main.doubles, "", 0, 0),
        Figure("2,000, receiver 20 ms: 95 % within", within(slow, 950), "s", 10, 5),
        Figure("2,000, receiver 20 ms: 99 % within", within(slow, 990), "s", None, 5),
        Figure("first message after release", slow[0], "s", 1, 0.2),
        Figure("alarm to 200 during bulk: last", main.alarm_last, "s", 2, 0.5),
        Figure("queueing, rows per second", main.messages / main.queueing, "/s", most=False),
        Figure("memory of a worker", main.megabytes, "MB", 150, 150),
    ]


def _large(main: Bulk, large: Bulk) -> list[Figure]:
    """A million: whether it takes ten times as long as a tenth of it, and no more memory."""
    uneven = (large.seconds / large.messages) / (main.seconds / main.messages)
    return [
        Figure("1,000,000 recipients", large.seconds, "s", None, 180),
        Figure("1,000,000: time per mail beside 100,000", uneven, "x", UNEVEN, UNEVEN),
        Figure("1,000,000: memory of a worker", large.megabytes, "MB", 150, 150),
        Figure("1,000,000: queueing", large.queueing, "s", 10, 5),
        Figure("1,000,000: alarm to 200 meanwhile, last", large.alarm_last, "s", 2, 0.5),
        Figure("1,000,000: lost or doubled", large.lost + large.doubles, "", 0, 0),
    ]


def as_json(found: Report, rows: tuple[Figure, ...], *, quick: bool, database: str) -> dict[str, Any]:
    """Everything for the file: figures first."""
    return {
        "machine": machine(),
        "database": "postgresql" if database else "sqlite",
        "quick": quick,
        "figures": {
            row.name: asdict(row) | {"holds": row.meets_bound(row.floor), "reaches": row.meets_bound(row.goal)}
            for row in rows
        },
        "peers": {
            "messages_per_second": {name: round(median(rates)) for name, rates in found.rivals.items()},
            "rounds": found.rivals,
            "absent": found.absent,
        },
        "bulk": asdict(found.bulk),
        "million": found.large and asdict(found.large),
        "start": asdict(found.start),
        "pages": asdict(found.pages),
        "pack": asdict(found.pack),
    }
