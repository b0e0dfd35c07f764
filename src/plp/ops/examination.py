"""What an operator asks when it does not work, as a list of questions, each answered with what to do."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from plp.charter.queries import damaged
from plp.delivery.installed import channels
from plp.delivery.queries import budgets, last_pulse, queue_figures
from plp.evaluation.queries.reports import damaged as damaged_reports
from plp.journal.queries import verify
from plp.ops import anchoring
from plp.ops.backup.making import last as last_backup
from plp.ops.commands.migrate import waiting
from plp.ops.commands.web import ALONE, amiss_in_public
from plp.toolbox import clock
from plp.toolbox.replicas import commits_are_kept_twice

LEAST_FREE = 1_000_000_000  # bytes: a backup, a log and a burst of letters still fit
LATE_SECONDS = 120  # a message that waits longer than this has no worker
SILENT_SECONDS = 120  # a worker says every ten seconds that it lives
NEARLY_SPENT = 80  # per cent of the money of a day
SPENT = "Look who sends so much. Above the limit alarms go by other channels and the rest waits: PLP_SMS_CENTS_A_DAY."
BACKUP_OLD = timedelta(hours=25)
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Finding:
    """The answer to one question. ``advice`` says what to do, and is empty when all is well."""

    subject: str
    state: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do."""
        return not self.advice


def python() -> Iterator[Finding]:
    """The language and the place."""
    yield Finding("python", f"{sys.version.split()[0]} in {sys.prefix}")


def disk() -> Iterator[Finding]:
    """Room on the disk of the data folder."""
    free = shutil.disk_usage(settings.HOME).free
    state = f"{free / 1e9:.1f} GB free where {settings.HOME} stands"
    yield Finding("disk", state, "" if free >= LEAST_FREE else "Free some space: below 1 GB sending may stop.")


def keys() -> Iterator[Finding]:
    """The data folder and the secrets: who else on this machine may read them."""
    folder = settings.HOME / "secrets"
    open_to_others = [path for path in (settings.HOME, *_files(folder)) if stat.S_IMODE(path.stat().st_mode) & OTHERS]
    names = " ".join(str(path) for path in open_to_others)
    yield Finding("keys", f"in {folder}", f"chmod go= {names} (others on this machine may read it)" if names else "")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file())


def database() -> Iterator[Finding]:
    """Whether the database answers, holds together, and is of this version."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)" if connection.vendor == "sqlite" else "SELECT 'ok'")
            verdict = cursor.fetchone()[0]
    except DatabaseError as error:
        yield Finding("database", type(error).__name__, "It does not answer: is PLP_DATABASE_URL right, is it running?")
        return
    damage = "" if verdict == "ok" else "The file is damaged: stop plp and put a backup in its place."
    yield Finding("database", f"{connection.vendor}, {verdict}", damage)
    if settings.COUNTRY:
        kept = commits_are_kept_twice()
        yield Finding("replication", "synchronous" if kept else "asynchronous", "" if kept else ALONE)
    missing = waiting()
    yield Finding("migrations", f"{len(missing)} missing", "Run ./plp migrate." if missing else "")
    if not missing:
        yield from _inside()


def _inside() -> Iterator[Finding]:
    """What the tables say."""
    figures = queue_figures(clock.now())
    late = figures["oldest_seconds"] > LATE_SECONDS
    state = f"{figures['waiting']} waiting, the oldest for {figures['oldest_seconds']:.0f} s"
    yield Finding("queue", state, "Nobody delivers: is ./plp worker (or ./plp up) running?" if late else "")
    yield worker()
    for channel, reason in figures["suspended"].items():
        yield Finding(
            "queue", f"{channel} is suspended ({reason})", "Look at the supplier; it is tried again by itself."
        )
    for budget in budgets(clock.now()):
        state = f"{budget.cents / 100:.2f} EUR of {budget.most / 100:.2f} EUR spent on {budget.channel} today"
        yield Finding("money", state, SPENT if budget.percent >= NEARLY_SPENT else "")
    unknown = figures["unknown"]
    advice = "The coordinator's page lists them: somebody must find out whether they arrived." if unknown else ""
    yield Finding("unknown outcomes", str(unknown), advice)
    verdict = verify(anchoring.noted())
    flaws = [f"{flaw.chain} entry {flaw.number} ({flaw.why})" for flaw in verdict.flaws]
    advice = (
        f"Somebody changed the journal: {'; '.join(flaws)}. Keep a copy and tell the zone's data protection officer."
    )
    yield Finding("journal", f"{verdict.entries} entries in {verdict.chains} chains", advice if flaws else "")
    broken = [f"{one.file} ({one.why})" for one in damaged()]
    broken += [f"{report} (report)" for report in damaged_reports()]
    advice = f"Somebody changed what was signed: {'; '.join(broken)}. Keep a copy, and put a backup beside it."
    yield Finding("signed files", "every one as it was stored" if not broken else "changed", advice if broken else "")


def worker() -> Finding:
    """When a worker last said that it lives."""
    seen = last_pulse()
    start = "Start ./plp worker, or ./plp up for web and worker: nothing is delivered without it."
    if seen is None:
        return Finding("worker", "none has run here yet", start)
    silent = (clock.now() - seen).total_seconds()
    return Finding("worker", f"last seen {silent:.0f} s ago", start if silent > SILENT_SECONDS else "")


def care() -> Iterator[Finding]:
    """Whether backups are made, and whether somebody is told when something breaks."""
    if not (settings.BACKUP_FOLDER and settings.BACKUP_RECIPIENT):
        advice = "" if settings.IS_LOCAL else "Run ./plp backup-key, set PLP_BACKUP_RECIPIENT and PLP_BACKUP_FOLDER."
        yield Finding("backup", "none is made by itself", advice)
    else:
        made = last_backup()
        old = made is None or clock.now() - made > BACKUP_OLD
        state = f"last made {made:%Y-%m-%d %H:%M} UTC" if made else "none was made yet"
        yield Finding("backup", state, "Run ./plp backup --daily and read what it says." if old else "")
    nobody = "" if settings.IS_LOCAL else "Set PLP_ALARM_TO: nobody is told when something breaks."
    yield Finding("alarms", f"to {len(settings.ALARM_TO)} addresses", "" if settings.ALARM_TO else nobody)


def suppliers() -> Iterator[Finding]:
    """Whether each channel is set up and its supplier can be reached."""
    if not channels():
        yield Finding("channels", "none", "Install plp as a package (./plp does), so that its channels are found.")
    for key, channel in channels().items():
        yield Finding(f"channel {key}", str(channel.label), " ".join(channel.check()))


def security() -> Iterator[Finding]:
    """Django's own list for a public installation."""
    if settings.IS_LOCAL:
        yield Finding("address", f"{settings.ORIGIN} (this machine only; PLP_ORIGIN opens it to others)")
        return
    yield Finding("address", settings.ORIGIN, " ".join(str(found.msg) for found in amiss_in_public()))


QUESTIONS: tuple[Callable[[], Iterator[Finding]], ...] = (python, disk, keys, security, database, care, suppliers)


def examine() -> list[Finding]:
    """Ask every question. One that cannot even be asked is a finding too, so the round is always finished."""
    found: list[Finding] = []
    for question in QUESTIONS:
        try:
            found += question()
        except Exception as error:
            if os.environ.get("PLP_DEBUG") == "1":
                raise
            found.append(
                Finding(question.__name__, type(error).__name__, "This could not be looked at: PLP_DEBUG=1 shows why.")
            )
    return found
