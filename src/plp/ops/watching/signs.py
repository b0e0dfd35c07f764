"""What may be wrong, sign by sign: each looks at one thing, and says what to do."""

import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from plp.delivery.engine.meter import NOTED_PERCENTS
from plp.delivery.health import SILENT_AFTER, outbox_health
from plp.delivery.queries import budgets, last_pulse
from plp.journal.queries import verify_journal
from plp.ops import anchoring
from plp.ops.backup.making import last
from plp.ops.schema import schema
from plp.people.codes import are_codes_guessed
from plp.toolbox import clock

LEAST_SHARE = 0.10  # of a disk
CLOCK_OFF = 5.0  # seconds
BACKUP_OLD = timedelta(hours=25)
FIRST_MINUTE = 45.0  # seconds in which a worker may still be starting
JOURNAL_EVERY, JOURNAL_SHARE = 20.0, 20.0  # seconds; or so many times what the check took


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong: ``key`` for the machine, ``words`` and ``cure`` for the operator."""

    key: str
    words: str
    cure: str


@dataclass
class Memory:
    """What is kept from one look to the next."""

    begun: float = field(default_factory=time.monotonic)
    clocks: tuple[float, float] | None = None
    clock_trouble: Trouble | None = None
    journal_due: float = 0.0
    journal: tuple[Trouble, ...] = ()
    web_seen: bool = False  # a machine that only delivers has no pages
    web_missed: int = 0
    is_behind: bool = True  # until a look finds the database of this version: it never goes back while we run


def tables(memory: Memory) -> Iterator[Trouble]:
    """Whether the database was brought up to this version after an upgrade."""
    missing = len(schema().missing) if memory.is_behind else 0
    memory.is_behind = missing > 0
    if missing:
        yield Trouble(
            "database",
            f"The database lacks {missing} steps of this version: nothing is delivered.",
            "Run ./plp migrate, then systemctl restart plp-web; the worker goes on by itself.",
        )


def outbox(memory: Memory) -> Iterator[Trouble]:
    """Worker, queue, suppliers."""
    found = outbox_health(clock.now())
    if found.is_silent and not memory.is_behind and time.monotonic() - memory.begun > FIRST_MINUTE:
        yield Trouble(
            "worker", "No worker runs: nothing is delivered.", "Start it: systemctl start plp-worker, or ./plp up."
        )
    if found.is_stuck:
        cure = "Look at ./plp queue and at the worker's last lines, then ./plp doctor."
        yield Trouble("queue", f"Messages do not leave: {found.waiting} wait.", cure)
    for supplier, reason in found.suspended.items():
        cure = "Ask the supplier; it is tried again by itself."
        yield Trouble(f"supplier {supplier}", f"The supplier of {supplier} fails ({reason}).", cure)
    if found.is_refused:
        cure = "./plp queue and the page of the message show why; ask the supplier."
        yield Trouble("refused", f"{found.refused} messages were refused in five minutes.", cure)
    if found.paused and settings.ALARM_TO:
        cure = "Look at what waits, then ./plp queue --resume."
        yield Trouble("paused", "The outbox is shut: nothing leaves.", cure)


def money(memory: Memory) -> Iterator[Trouble]:
    """Whether half, four fifths or all of the money of today is spent on a channel (T40): each is told by itself."""
    cure = "Look who sends so much, and whether codes are asked for and not used; the limit is PLP_SMS_CENTS_A_DAY."
    for budget in budgets(clock.now()):
        for step in NOTED_PERCENTS:
            if budget.percent >= step:
                yield Trouble(f"money {budget.channel} {step}", f"{step} % of today's {budget.channel} is spent.", cure)


def disk(memory: Memory) -> Iterator[Trouble]:
    """Room where the data and the backups stand."""
    for folder in {str(settings.HOME), settings.BACKUP_FOLDER} - {""}:
        if not Path(folder).exists():
            yield Trouble(f"disk {folder}", f"{folder} is not there.", "Is the disk of the backups attached?")
            continue
        usage = shutil.disk_usage(folder)
        if usage.free < LEAST_SHARE * usage.total:
            share = usage.free / usage.total
            cure = "Free some space: old logs, old backups, before-restore folders."
            yield Trouble(f"disk {folder}", f"The disk of {folder} is nearly full ({share:.0%} free).", cure)


def clocks(memory: Memory) -> Iterator[Trouble]:
    """Whether the clock jumped since the last look, or differs from that of the database."""
    now = (clock.machine().timestamp(), time.monotonic())
    cure = "Set the clock by the network: timedatectl set-ntp true. Alarms expire by it."
    if memory.clocks:
        jump = (now[0] - memory.clocks[0]) - (now[1] - memory.clocks[1])
        if abs(jump) > CLOCK_OFF:
            memory.clock_trouble = Trouble("clock", f"The clock jumped by {jump:.0f} s.", cure)
        elif memory.clock_trouble:
            memory.clock_trouble = None
    memory.clocks = now
    if memory.clock_trouble:
        yield memory.clock_trouble
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            off = float(cursor.fetchone()[0]) - now[0]
        if abs(off) > CLOCK_OFF:
            yield Trouble("clock of the database", f"The clocks of database and web differ by {off:.0f} s.", cure)
    still = last_pulse("clock")
    if still and abs(clock.now() - still) < SILENT_AFTER:
        yield Trouble("clock of a worker", "A worker does nothing: the clock of its machine is wrong.", cure)


def backup(memory: Memory) -> Iterator[Trouble]:
    """Whether the last backup is a day old."""
    if not settings.BACKUP_FOLDER:
        return
    made = last()
    if made is None or clock.now() - made > BACKUP_OLD:
        words = f"The last backup is of {made:%Y-%m-%d %H:%M} UTC." if made else "No backup was ever made."
        yield Trouble("backup", words, "Run ./plp backup --daily and read what it says.")


def journal(memory: Memory) -> Iterator[Trouble]:
    """Whether the chains hold, and hold what was noted at the last look."""
    begun = time.monotonic()
    if begun >= memory.journal_due:
        at, flaws = clock.now(), verify_journal(anchoring.noted()).flaws
        cure = "Keep a copy of the database as it is, and tell the zone's data protection officer. ./plp verify-audit"
        memory.journal = tuple(
            Trouble(f"journal {flaw.chain}", f"The journal was changed: {flaw.chain}, entry {flaw.number}.", cure)
            for flaw in flaws
        )
        if not flaws:
            anchoring.note_heads(at)
        took = time.monotonic() - begun
        memory.journal_due = begun + max(JOURNAL_EVERY, JOURNAL_SHARE * took)
    yield from memory.journal


def guessing(memory: Memory) -> Iterator[Trouble]:
    """Whether somebody tried so many codes within an hour that it is no mistyping any more (T5)."""
    if are_codes_guessed(clock.now()):
        cure = (
            "See in the log of the proxy which networks send to /m/code/ and shut them out; members come in meanwhile."
        )
        yield Trouble("codes", "Somebody guesses codes of members.", cure)


def pages(memory: Memory) -> Iterator[Trouble]:
    """Whether the web server, once seen here, still answers: not twice in a row is a trouble."""
    address = f"http://{settings.WEB_HOST}:{settings.WEB_PORT}/healthz"
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=_as_proxy()), timeout=5):
            memory.web_seen, memory.web_missed = True, 0
    except urllib.error.HTTPError:
        memory.web_missed = 0  # it answers
    except OSError:
        memory.web_missed += 1
    if memory.web_seen and memory.web_missed > 1:
        yield Trouble("web", "The pages do not answer.", "Start them: systemctl start plp-web, or ./plp up.")


def _as_proxy() -> dict[str, str]:
    return {"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"}


type Sign = Callable[[Memory], Iterator[Trouble]]
SIGNS: tuple[Sign, ...] = (tables, outbox, money, disk, clocks, backup, journal, guessing, pages)


def look(memory: Memory) -> list[Trouble]:
    """Every sign. A database that does not answer is a trouble itself; no sign hides another."""
    found: dict[str, Trouble] = {}
    for sign in SIGNS:
        try:
            found.update({trouble.key: trouble for trouble in sign(memory)})
        except Error as error:
            connection.close()
            cure = "Is it running? ./plp doctor says more."
            words = f"The database does not answer ({type(error).__name__})."
            found.setdefault("database", Trouble("database", words, cure))
        except (OSError, ValueError) as error:
            cure = "./plp doctor says more."
            found[sign.__name__] = Trouble(sign.__name__, f"{sign.__name__}: {type(error).__name__}.", cure)
    return list(found.values())


def as_json(troubles: list[Trouble], at: datetime) -> str:
    """For ``./plp watch --once --json``."""
    return json.dumps({"at": at.isoformat(), "troubles": [vars(one) for one in troubles]}, default=str)
