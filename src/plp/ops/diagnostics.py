"""What an operator asks when it does not work, as a list of questions, each answered with what to do."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from plp.channels.email.channel import sender_address
from plp.charter.queries import damaged_files
from plp.delivery.health import SILENT_AFTER
from plp.delivery.installed import channels
from plp.delivery.queries import daily_budgets, last_pulse, outbox_figures_for_operators, substitute_suppliers
from plp.delivery.reasons import outage_in_words_with_substitute, supplier_name
from plp.documents.dates import duration_text_in_largest_unit
from plp.evaluation.queries.reports import keys_of_damaged_report_files as damaged_reports
from plp.journal.models import Entry
from plp.journal.queries import verify_journal
from plp.mandates.terms import expiries_by_zone
from plp.metrics.replication import is_synchronously_replicated
from plp.ops import journal_anchors
from plp.ops.backup.creation import last_backup_at as last_backup
from plp.ops.backup.encryption import parse_public_key
from plp.ops.cli import Failed, with_installed_program_name
from plp.ops.commands.verify_audit import WHY
from plp.ops.commands.web import ALONE
from plp.ops.deployment import deployment_warnings
from plp.ops.error_sentences import database_connection_trouble, process_user_name
from plp.ops.schema import PROGRAM_VERSION, SchemaState, read_schema_state
from plp.ops.watch.round import address_numbers_without_mail
from plp.places.gazetteer import REGISTER
from plp.places.models import Street
from plp.toolbox import clock

LEAST_FREE = 1_000_000_000  # bytes: a backup, a log and a burst of letters still fit
LATE_SECONDS = 120  # a message that waits longer than this has no worker
SILENT_SECONDS = 120  # a worker says every ten seconds that it lives
NEARLY_SPENT = 80  # per cent of the money of a day
SPENT = gettext_noop(
    "Look who sends so much. Above the limit alarms go by other channels and the rest waits: PLP_SMS_CENTS_A_DAY."
)
WRONG_KEY = gettext_noop("PLP_BACKUP_RECIPIENT is no public key: put there what ./plp backup-key printed.")
BACKUP_OLD = timedelta(hours=25)
OTHERS = stat.S_IRWXG | stat.S_IRWXO


TITLES = {  # of a subject, on a page; the subject itself is for the command and for programs
    "version": gettext_noop("The version of the program"),
    "disk": gettext_noop("Room on the disk"),
    "data folder": gettext_noop("Who may write the data"),
    "settings": gettext_noop("The settings"),
    "keys": gettext_noop("Who may read the secrets"),
    "address": gettext_noop("The public address"),
    "database": gettext_noop("The database itself"),
    "replication": gettext_noop("The second machine of the database"),
    "migrations": gettext_noop("Steps of the database"),
    "addresses": gettext_noop("The register of addresses"),
    "clock": gettext_noop("The time"),
    "queue": gettext_noop("What waits to leave"),
    "worker": gettext_noop("Whoever delivers"),
    "money": gettext_noop("The money of today"),
    "unknown outcomes": gettext_noop("Copies that may not have arrived"),
    "journal": gettext_noop("The chains of the journal"),
    "signed files": gettext_noop("Files that were signed"),
    "mandates": gettext_noop("Roles that end"),
    "backup": gettext_noop("The backup of each day"),
    "alarms": gettext_noop("Who is told of trouble"),
    "bounces": gettext_noop("Mails that come back"),
}


@dataclass(frozen=True)
class Diagnosis:
    """The answer to one question. ``advice`` says what to do, and is empty when all is well."""

    subject: str
    state: str
    advice: str = ""

    @property
    def title(self) -> str:
        """The subject in the words of a page: of a channel its name, which is its ``state``, too."""
        return self.state if self.subject.startswith("channel ") else _(TITLES.get(self.subject, self.subject))

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do."""
        return not self.advice


def diagnose_version_of_plp_and_python() -> Iterator[Diagnosis]:
    """The version, the language and the place."""
    yield Diagnosis("version", PROGRAM_VERSION)
    yield Diagnosis("python", f"{sys.version.split()[0]} in {sys.prefix}")


def diagnose_room_on_data_disk() -> Iterator[Diagnosis]:
    """Room on the disk of the data folder."""
    free = shutil.disk_usage(settings.HOME).free
    state = _("%(free).1f GB free where %(folder)s stands") % {"free": free / 1e9, "folder": settings.HOME}
    yield Diagnosis("disk", state, "" if free >= LEAST_FREE else _("Free some space: below 1 GB sending may stop."))
    written = (settings.HOME, *settings.HOME.glob("secrets"), *settings.HOME.glob("plp.sqlite3"))
    if not all(os.access(path, os.W_OK) for path in written):
        owner = {"user": process_user_name(), "folder": settings.HOME}
        advice = _("The user %(user)s may not write all of it: chown -R %(user)s %(folder)s") % owner
        yield Diagnosis("data folder", str(settings.HOME), advice)


def diagnose_unknown_environment_variables() -> Iterator[Diagnosis]:
    """Variables of our prefix that no version of ours reads: a misspelt name changes nothing."""
    state = _("a name is unknown") if settings.UNKNOWN else _("every name is known")
    yield Diagnosis("settings", state, " ".join(settings.UNKNOWN))


def diagnose_who_can_read_secrets() -> Iterator[Diagnosis]:
    """The data folder and the secrets: who else on this machine may read them."""
    folder = settings.HOME / "secrets"
    files = filter(Path.is_file, sorted(folder.glob("*")))
    looked_at = (settings.HOME, *files, *sorted(settings.HOME.glob("plp.sqlite3*")))
    open_to_others = [path for path in looked_at if stat.S_IMODE(path.stat().st_mode) & OTHERS]
    names = " ".join(str(path) for path in open_to_others)
    advice = _("chmod go= %(names)s (others on this machine may read it)") % {"names": names}
    yield Diagnosis("keys", str(folder), advice if names else "")


def diagnose_database_and_what_its_tables_say() -> Iterator[Diagnosis]:
    """Whether the database answers, holds together, and is of this version."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)" if connection.vendor == "sqlite" else "SELECT 'ok'")
            verdict = cursor.fetchone()[0]
    except DatabaseError as error:
        advice = _("It does not answer: is PLP_DATABASE_URL right, is it running?")
        yield Diagnosis("database", database_connection_trouble(error) or type(error).__name__, advice)
        return
    damage = "" if verdict == "ok" else _("The file is damaged: stop plp and put a backup in its place.")
    yield Diagnosis("database", f"{connection.vendor}, {verdict}", damage)
    if settings.COUNTRY:
        is_kept_twice = is_synchronously_replicated()
        yield Diagnosis(
            "replication", "synchronous" if is_kept_twice else "asynchronous", "" if is_kept_twice else _(ALONE)
        )
    state = read_schema_state()
    yield _diagnose_missing_migrations(state)
    if not state.missing and not state.is_too_new:
        yield diagnose_whether_address_register_is_imported()
        yield diagnose_clocks_and_stalled_worker()
        yield diagnose_ending_and_vacant_mandates()
        yield from _diagnose_queue_spending_and_journal()


def _diagnose_missing_migrations(schema_state: SchemaState) -> Diagnosis:
    """Whether the tables are those of this version."""
    if schema_state.is_too_new:
        versions = {"maker": schema_state.newer_version or "?", "ours": PROGRAM_VERSION}
        advice = _(
            "Version %(maker)s made this database, and this program is %(ours)s. Install the newer one again, or "
            "restore a backup made before."
        )
        return Diagnosis(
            "migrations", _("%(number)s unknown") % {"number": len(schema_state.unknown)}, advice % versions
        )
    state = _("%(number)s missing") % {"number": len(schema_state.missing)}
    return Diagnosis("migrations", state, _("Run ./plp migrate.") if schema_state.missing else "")


def diagnose_clocks_and_stalled_worker() -> Diagnosis:
    """Whether machine and database agree on the time, on SQLite machine and journal; whether a worker stands still."""
    still = last_pulse("clock")
    if connection.vendor == "sqlite":
        newest = Entry.objects.aggregate(at=Max("at"))["at"]
        ahead = min(0.0, (clock.machine_time() - newest).total_seconds()) if newest else 0.0
    else:
        ahead = clock.ask_database_time().ahead
    state = _("%(seconds)+.0f s beside the database") % {"seconds": ahead}
    advice = _("Set the clock by the network: timedatectl set-ntp true. Acts and expiry go by it.")
    if abs(ahead) > clock.MOST_AHEAD:
        return Diagnosis("clock", state, advice)
    stands = still is not None and abs(clock.now() - still) < SILENT_AFTER
    words = _("A worker does nothing, for the clock of its machine is wrong: its log names it.")
    return Diagnosis("clock", state, f"{words} {advice}" if stands else "")


def _diagnose_queue_spending_and_journal() -> Iterator[Diagnosis]:
    """What the tables say."""
    at = clock.now()
    figures = outbox_figures_for_operators(at)
    late, unknown = figures["oldest_seconds"] > LATE_SECONDS, figures["unknown"]
    since = duration_text_in_largest_unit(at - timedelta(seconds=figures["oldest_seconds"]), at)
    state = _("%(waiting)s waiting, the oldest for %(since)s") % {"waiting": figures["waiting"], "since": since}
    yield Diagnosis("queue", state, _("Nobody delivers: is ./plp worker (or ./plp up) running?") if late else "")
    yield diagnose_last_heartbeat_of_worker()
    substitutes = substitute_suppliers(figures["suspended"])
    for key, reason in figures["suspended"].items():
        state = _("%(channel)s is suspended: %(reason)s") % {
            "channel": supplier_name(key),
            "reason": outage_in_words_with_substitute(reason, substitutes.get(key, "")),
        }
        yield Diagnosis("queue", state, _("Look at the supplier; it is tried again by itself."))
    for budget in daily_budgets(clock.now()):
        figures = {"spent": budget.cents / 100, "most": budget.most / 100, "channel": supplier_name(budget.channel)}
        state = _("%(spent).2f EUR of %(most).2f EUR spent on %(channel)s today") % figures
        yield Diagnosis("money", state, _(SPENT) if budget.percent >= NEARLY_SPENT else "")
    advice = _("The coordinator's page lists them: somebody must find out whether they arrived.") if unknown else ""
    yield Diagnosis("unknown outcomes", str(unknown), advice)
    yield from _diagnose_journal_and_signed_files()


def diagnose_ending_and_vacant_mandates() -> Diagnosis:
    """Whether somebody is about to lose a role, or a role has nobody since a month: in numbers, zone by zone."""
    expiries = expiries_by_zone(at=clock.now())
    figures = {"ending": sum(row.ending for row in expiries), "vacant": sum(row.vacant for row in expiries)}
    state = _("%(ending)s end within a month, %(vacant)s ended and nobody followed") % figures
    zones = ", ".join(f"{row.zone.names} ({row.ending} + {row.vacant})" for row in expiries)
    advice = _(
        "Whoever gives these roles confirms them or names somebody else, under “Who holds which role”: %(zones)s"
    )
    return Diagnosis("mandates", state, advice % {"zones": zones} if expiries else "")


def _diagnose_journal_and_signed_files() -> Iterator[Diagnosis]:
    """Whether journal and signed files are as they were written."""
    verdict = verify_journal(journal_anchors.read_anchors_here_and_in_files())
    flaw = _("%(chain)s, entry %(number)s %(why)s")
    flaws = "; ".join(
        flaw % {"chain": damage.chain, "number": damage.number, "why": _(WHY[damage.why])} for damage in verdict.flaws
    )
    advice = _("Somebody changed the journal: %(flaws)s. Keep a copy and tell the zone's data protection officer.")
    entries = ngettext("%(number)s entry", "%(number)s entries", verdict.entries) % {"number": verdict.entries}
    chains = ngettext("in %(number)s chain", "in %(number)s chains", verdict.chains) % {"number": verdict.chains}
    yield Diagnosis("journal", f"{entries} {chains}", advice % {"flaws": flaws} if flaws else "")
    broken = [f"{damage.file} {_(WHY[damage.why])}" for damage in damaged_files()]
    broken += [_("the report %(file)s") % {"file": report} for report in damaged_reports()]
    advice = _("Somebody changed what was signed: %(files)s. Keep a copy, and put a backup beside it.")
    state = _("something was changed") if broken else _("every one as it was stored")
    yield Diagnosis("signed files", state, advice % {"files": "; ".join(broken)} if broken else "")


def diagnose_whether_address_register_is_imported() -> Diagnosis:
    """Whether the register of addresses was read in: without it nobody can draw an area or join."""
    streets = Street.objects.count()
    advice = _(
        "Fetch the file of your region from %(source)s, then: ./plp import addresses FILE --zone “name of your zone”."
    )
    state = _("%(number)s streets") % {"number": streets}
    return Diagnosis("addresses", state, "" if streets else advice % {"source": REGISTER})


def diagnose_last_heartbeat_of_worker() -> Diagnosis:
    """When a worker last said that it lives."""
    pulse_at = last_pulse()
    start = _("Start ./plp worker, or ./plp up for web and worker: nothing is delivered without it.")
    if pulse_at is None:
        return Diagnosis("worker", _("none has run here yet"), start)
    at = clock.now()
    state = _("last seen %(since)s ago") % {"since": duration_text_in_largest_unit(pulse_at, at)}
    return Diagnosis("worker", state, start if (at - pulse_at).total_seconds() > SILENT_SECONDS else "")


def diagnose_backups_and_alarms() -> Iterator[Diagnosis]:
    """Whether backups are made, and whether somebody is told when something breaks."""
    if not (settings.BACKUP_FOLDER and settings.BACKUP_RECIPIENT):
        advice = _("Run ./plp backup-key, set PLP_BACKUP_RECIPIENT and PLP_BACKUP_FOLDER.")
        yield Diagnosis("backup", _("none is made by itself"), "" if settings.IS_LOCAL else advice)
    else:
        backup_at = last_backup()
        old = backup_at is None or clock.now() - backup_at > BACKUP_OLD
        state = (
            _("last made %(at)s UTC") % {"at": f"{backup_at:%Y-%m-%d %H:%M}"} if backup_at else _("none was made yet")
        )
        trouble = _("Run ./plp backup --daily and read what it says.") if old else ""
        yield Diagnosis(
            "backup", state, trouble if _is_usable_backup_public_key(settings.BACKUP_RECIPIENT) else _(WRONG_KEY)
        )
    nobody = "" if settings.IS_LOCAL else _("Set PLP_ALARM_TO: nobody is told when something breaks.")
    number = len(settings.ALARM_TO)
    state = ngettext("told to %(number)s address", "told to %(number)s addresses", number) % {"number": number}
    words = _("The last mail did not reach address %(places)s of %(setting)s: is it spelt right?")
    lost = [
        words % {"places": ", ".join(map(str, places)), "setting": setting}
        for setting, places in address_numbers_without_mail().items()
        if places
    ]
    yield Diagnosis("alarms", state, " ".join(lost) if settings.ALARM_TO else nobody)


def diagnose_whether_bounces_are_read() -> Iterator[Diagnosis]:
    """Whether mails that come back are read."""
    if not settings.BOUNCES_TO:
        advice = _("Set PLP_BOUNCES_TO: a mail that comes back counts as sent, and its address as reached.")
        yield Diagnosis("bounces", _("nobody reads them"), "" if settings.IS_LOCAL else advice)
        return
    way = _("read with the answers") if settings.IMAP_URL else _("brought by ./plp bounce")
    ours, theirs = (f".{address.rpartition('@')[2]}" for address in (sender_address().addr_spec, settings.BOUNCES_TO))
    advice = _(
        "Take a domain for PLP_BOUNCES_TO that belongs to that of PLP_MAIL_FROM: else SPF speaks of another one."
    )
    is_dmarc_aligned = ours.endswith(theirs) or theirs.endswith(ours)
    yield Diagnosis("bounces", f"{settings.BOUNCES_TO}: {way}", "" if is_dmarc_aligned else advice)


def _is_usable_backup_public_key(text: str) -> bool:
    """Whether something can be encrypted to it."""
    try:
        parse_public_key(text)
    except Failed:
        return False
    return True


def diagnose_channels_and_their_suppliers() -> Iterator[Diagnosis]:
    """Whether each channel is set up and its supplier can be reached."""
    if not channels():
        yield Diagnosis("channels", "0", _("Install plp as a package (./plp does), so that its channels are found."))
    for key, channel in channels().items():
        yield Diagnosis(f"channel {key}", str(channel.label), " ".join(channel.check()))


def diagnose_django_deployment_warnings() -> Iterator[Diagnosis]:
    """Django's own list for a public installation."""
    if settings.IS_LOCAL:
        state = _("%(origin)s (this machine only; PLP_ORIGIN opens it to others)") % {"origin": settings.ORIGIN}
        yield Diagnosis("address", state)
        return
    yield Diagnosis("address", settings.ORIGIN, " ".join(str(warning.msg) for warning in deployment_warnings()))


QUESTIONS: tuple[Callable[[], Iterator[Diagnosis]], ...] = (
    diagnose_version_of_plp_and_python,
    diagnose_room_on_data_disk,
    diagnose_unknown_environment_variables,
    diagnose_who_can_read_secrets,
    diagnose_django_deployment_warnings,
    diagnose_database_and_what_its_tables_say,
    diagnose_backups_and_alarms,
    diagnose_whether_bounces_are_read,
    diagnose_channels_and_their_suppliers,
)


def run_diagnostics() -> list[Diagnosis]:
    """Ask every question. One that cannot even be asked is a finding too, so the round is always finished."""
    diagnoses: list[Diagnosis] = []
    for question in QUESTIONS:
        try:
            diagnoses += [replace(found, advice=with_installed_program_name(found.advice)) for found in question()]
        except Exception as error:
            if os.environ.get("PLP_DEBUG") == "1":
                raise
            advice = _("This could not be looked at: PLP_DEBUG=1 shows why.")
            diagnoses.append(Diagnosis(question.__name__, type(error).__name__, advice))
    return diagnoses
