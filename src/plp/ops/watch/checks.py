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
from plp.delivery.queries import daily_budgets, last_pulse, substitute_suppliers
from plp.journal.queries import verify_journal
from plp.ops import journal_anchors
from plp.ops.backup.creation import last_backup_at
from plp.ops.schema import read_schema_state
from plp.people.codes import are_many_codes_tried
from plp.toolbox import clock

LEAST_SHARE = 0.10  # of a disk
CLOCK_OFF = 5.0  # seconds
BACKUP_OLD = timedelta(hours=25)
FIRST_MINUTE = 45.0  # seconds in which a worker may still be starting
JOURNAL_EVERY, JOURNAL_SHARE = 20.0, 20.0  # seconds; or so many times what the check took


@dataclass(frozen=True)
class WatchTrouble:
    """One thing that is wrong: ``key`` for the machine, ``words`` and ``cure`` for the operator."""

    key: str
    words: str
    cure: str


@dataclass
class WatchMemory:
    """What is kept from one look to the next."""

    begun: float = field(default_factory=time.monotonic)
    clocks: tuple[float, float] | None = None
    clock_trouble: WatchTrouble | None = None
    journal_due: float = 0.0
    journal: tuple[WatchTrouble, ...] = ()
    web_seen: bool = False  # a machine that only delivers has no pages
    web_missed: int = 0
    is_behind: bool = True  # until a look finds the database of this version: it never goes back while we run


def find_missing_migration_trouble(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Whether the database was brought up to this version after an upgrade."""
    missing = len(read_schema_state().missing) if memory.is_behind else 0
    memory.is_behind = missing > 0
    if missing:
        yield WatchTrouble(
            "database",
            f"The database lacks {missing} steps of this version: nothing is delivered.",
            "Run ./plp migrate, then systemctl restart plp-web; the worker goes on by itself.",
        )


def find_worker_queue_and_supplier_troubles(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Worker, queue, suppliers."""
    signs_of_life = outbox_health(clock.now())
    if signs_of_life.is_silent and not memory.is_behind and time.monotonic() - memory.begun > FIRST_MINUTE:
        yield WatchTrouble(
            "worker", "No worker runs: nothing is delivered.", "Start it: systemctl start plp-worker, or ./plp up."
        )
    if signs_of_life.is_stuck:
        cure = "Look at ./plp queue and at the worker's last lines, then ./plp doctor."
        yield WatchTrouble("queue", f"Messages do not leave: {signs_of_life.waiting} wait.", cure)
    substitutes = substitute_suppliers(signs_of_life.suspended)
    for supplier, reason in signs_of_life.suspended.items():
        cure = "Ask the supplier; it is tried again by itself."
        meanwhile = f"; meanwhile {substitutes[supplier]} serves" if supplier in substitutes else ""
        yield WatchTrouble(f"supplier {supplier}", f"The supplier of {supplier} fails ({reason}){meanwhile}.", cure)
    if signs_of_life.has_many_failures:
        cure = "./plp queue and the page of the message show why; ask the supplier."
        yield WatchTrouble("refused", f"{signs_of_life.refused} messages were refused in five minutes.", cure)
    if signs_of_life.paused and settings.ALARM_TO:
        cure = "Look at what waits, then ./plp queue --resume."
        yield WatchTrouble("paused", "The outbox is shut: nothing leaves.", cure)


def find_channel_spending_troubles(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Whether half, four fifths or all of the money of today is spent on a channel (T40): each is told by itself."""
    cure = "Look who sends so much, and whether codes are asked for and not used; the limit is PLP_SMS_CENTS_A_DAY."
    for budget in daily_budgets(clock.now()):
        for step in NOTED_PERCENTS:
            if budget.percent >= step:
                yield WatchTrouble(
                    f"money {budget.channel} {step}", f"{step} % of today's {budget.channel} is spent.", cure
                )


def find_full_disk_troubles(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Room where the data and the backups stand."""
    for folder in {str(settings.HOME), settings.BACKUP_FOLDER} - {""}:
        if not Path(folder).exists():
            yield WatchTrouble(f"disk {folder}", f"{folder} is not there.", "Is the disk of the backups attached?")
            continue
        usage = shutil.disk_usage(folder)
        if usage.free < LEAST_SHARE * usage.total:
            share = usage.free / usage.total
            cure = "Free some space: old logs, old backups, before-restore folders."
            yield WatchTrouble(f"disk {folder}", f"The disk of {folder} is nearly full ({share:.0%} free).", cure)


def find_clock_troubles(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Whether the clock jumped since the last look, or differs from that of the database."""
    now = (clock.machine_time().timestamp(), time.monotonic())
    cure = "Set the clock by the network: timedatectl set-ntp true. Alarms expire by it."
    if memory.clocks:
        jump = (now[0] - memory.clocks[0]) - (now[1] - memory.clocks[1])
        if abs(jump) > CLOCK_OFF:
            memory.clock_trouble = WatchTrouble("clock", f"The clock jumped by {jump:.0f} s.", cure)
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
            yield WatchTrouble("clock of the database", f"The clocks of database and web differ by {off:.0f} s.", cure)
    still = last_pulse("clock")
    if still and abs(clock.now() - still) < SILENT_AFTER:
        yield WatchTrouble("clock of a worker", "A worker does nothing: the clock of its machine is wrong.", cure)


def find_late_backup_trouble(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Whether the last backup is a day old."""
    if not settings.BACKUP_FOLDER:
        return
    backup_at = last_backup_at()
    if backup_at is None or clock.now() - backup_at > BACKUP_OLD:
        words = f"The last backup is of {backup_at:%Y-%m-%d %H:%M} UTC." if backup_at else "No backup was ever made."
        yield WatchTrouble("backup", words, "Run ./plp backup --daily and read what it says.")


def find_journal_troubles_else_save_heads(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Whether the chains hold, and hold what was noted at the last look."""
    begun = time.monotonic()
    if begun >= memory.journal_due:
        at, flaws = clock.now(), verify_journal(journal_anchors.read_anchors_here_and_in_files()).flaws
        cure = "Keep a copy of the database as it is, and tell the zone's data protection officer. ./plp verify-audit"
        memory.journal = tuple(
            WatchTrouble(f"journal {flaw.chain}", f"The journal was changed: {flaw.chain}, entry {flaw.number}.", cure)
            for flaw in flaws
        )
        if not flaws:
            journal_anchors.replace_anchor_file_with_verified_heads(at)
        took = time.monotonic() - begun
        memory.journal_due = begun + max(JOURNAL_EVERY, JOURNAL_SHARE * took)
    yield from memory.journal


def find_code_guessing_trouble(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Whether somebody tried so many codes within an hour that it is no mistyping any more (T5)."""
    if are_many_codes_tried(clock.now()):
        cure = (
            "See in the log of the proxy which networks send to /m/code/ and shut them out; members come in meanwhile."
        )
        yield WatchTrouble("codes", "Somebody guesses codes of members.", cure)


def find_silent_web_server_trouble(memory: WatchMemory) -> Iterator[WatchTrouble]:
    """Whether the web server, once seen here, still answers: not twice in a row is a trouble."""
    address = f"http://{settings.WEB_HOST}:{settings.WEB_PORT}/healthz"
    try:
        headers = {"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"}
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=5):
            memory.web_seen, memory.web_missed = True, 0
    except urllib.error.HTTPError:
        memory.web_missed = 0  # it answers
    except OSError:
        memory.web_missed += 1
    if memory.web_seen and memory.web_missed > 1:
        yield WatchTrouble("web", "The pages do not answer.", "Start them: systemctl start plp-web, or ./plp up.")


type Sign = Callable[[WatchMemory], Iterator[WatchTrouble]]
SIGNS: tuple[Sign, ...] = (
    find_missing_migration_trouble,
    find_worker_queue_and_supplier_troubles,
    find_channel_spending_troubles,
    find_full_disk_troubles,
    find_clock_troubles,
    find_late_backup_trouble,
    find_journal_troubles_else_save_heads,
    find_code_guessing_trouble,
    find_silent_web_server_trouble,
)


def find_all_troubles(memory: WatchMemory) -> list[WatchTrouble]:
    """Every sign. A database that does not answer is a trouble itself; no sign hides another."""
    troubles: dict[str, WatchTrouble] = {}
    for sign in SIGNS:
        try:
            troubles.update({trouble.key: trouble for trouble in sign(memory)})
        except Error as error:
            connection.close()
            cure = "Is it running? ./plp doctor says more."
            words = f"The database does not answer ({type(error).__name__})."
            troubles.setdefault("database", WatchTrouble("database", words, cure))
        except (OSError, ValueError) as error:
            cure = "./plp doctor says more."
            troubles[sign.__name__] = WatchTrouble(sign.__name__, f"{sign.__name__}: {type(error).__name__}.", cure)
    return list(troubles.values())


def troubles_as_json(troubles: list[WatchTrouble], at: datetime) -> str:
    """For ``./plp watch --once --json``."""
    return json.dumps({"at": at.isoformat(), "troubles": [vars(trouble) for trouble in troubles]}, default=str)
