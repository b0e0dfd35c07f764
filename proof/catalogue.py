"""Every proof: what it answers, and on which databases it runs."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from plp.ops.environment import find_program
from proof.result import Size

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
BOTH = (SQLITE, POSTGRES)
ROOT, MOUNTING = "root", "mount"


@dataclass(frozen=True)
class Proof:
    """``key`` is the module's name; ``answers`` are the figures, faults and threats that it tries (docs/).

    ``least``: the smallest size that is worth its time. What has no trial is left out of the tests, what is only
    whole is left out of a quick run too.
    """

    key: str
    title: str
    answers: tuple[str, ...]
    databases: tuple[str, ...] = (SQLITE,)
    minutes: int = 30  # after which a full run is ended and counts as failed
    least: Size = Size.TRIAL
    is_alone: bool = False  # it measures seconds: nothing else runs beside it
    needs: tuple[str, ...] = ()  # programs of the system; ROOT: its rights; MOUNTING: on a machine that may mount, too


PROOFS: tuple[Proof, ...] = (
    Proof("speed", "From release to supplier", ("G6",), BOTH, minutes=60, least=Size.QUICK, is_alone=True),
    Proof("kills", "Workers killed by signal 9", ("G1", "F1", "F21"), BOTH),
    Proof("keys", "The field key changed on live data", ("T21", "T52"), BOTH, minutes=60),
    Proof("erasure", "Members erased, and an older copy brought back", ("G23", "T51", "F30")),
    Proof("supply", "What we are built from, and weak secrets", ("G27", "T48", "T49")),
    Proof("asvs", "The requirements of ASVS 5.0", ("G26",)),
    Proof("money", "SMS that an attack makes us pay for", ("G20", "T40"), BOTH, minutes=60),
    Proof("receipts", "Receipts forged, late, doubled and out of order", ("G21", "F15", "T34", "T35"), BOTH),
    Proof(
        "exchange",
        "Letters between installations, and two that play",
        ("T58",),
        BOTH,
        minutes=90,
        least=Size.QUICK,
    ),
    Proof("suppliers", "Suppliers that fall out while an alarm leaves", ("F9", "F14"), BOTH),
    Proof(
        "voice",
        "Telephones called by a machine",
        ("F9",),
        BOTH,
        is_alone=True,
        needs=("baresip", "espeak-ng", "sipp", ROOT),
    ),
    Proof("restarts", "Planned restarts", ("G4", "F33"), BOTH),
    Proof("races", "Rivals at one moment", ("G12", "F25", "F26", "F27", "T42", "T43"), BOTH, minutes=120),
    Proof("soak", "Left alone while one thing after the other fails", ("G25",), minutes=600, least=Size.QUICK),
    Proof("withdrawal", "Messages taken back while they leave", ("G7", "F27"), BOTH, minutes=60),
    Proof("stop_words", "STOP while copies leave", ("G19", "F28", "T41"), BOTH),
    Proof("honesty", "The screen beside the receivers", ("G30",), minutes=90),
    Proof("poison", "Names and addresses that break code", ("F35", "T28")),
    Proof("mail_loops", "Machines that answer mails", ("T54",)),
    Proof(
        "bounces", "Mails that come back", ("G33", "T34", "T54"), BOTH, minutes=60, needs=("postfix", "dovecot", ROOT)
    ),
    Proof("clock", "Summer time, winter time and clocks that jump", ("F24", "T56")),
    Proof("wrong_clocks", "Machines whose clocks are wrong", ("F24", "T56"), BOTH, needs=("faketime",)),
    Proof("overload", "Ten alarms beside a newsletter", ("F36",), BOTH),
    Proof("drops", "Lines cut after the final dot", ("G5", "F11"), BOTH),
    Proof("sms_faults", "A gateway that fails four times in ten", ("F14",), least=Size.QUICK),
    Proof("stalled", "Lines that hang", ("F10",), least=Size.QUICK),
    Proof("smtp_tls", "Encryption tampered with", ("F13",)),
    Proof("smtp_faults", "A mail server that misbehaves", ("F8", "F9", "F10")),
    Proof(
        "sweep", "Workers killed at every call of the system", ("G2", "F2", "F12"), BOTH, minutes=60, needs=("strace",)
    ),
    Proof("zombie", "Workers that sleep through their lease", ("F20",), BOTH),
    Proof("claims", "Eight workers at one outbox", ("F21",), BOTH),
    Proof("disk_errors", "The disk refuses a write or a flush", ("F6", "F7"), minutes=60, needs=("strace",)),
    Proof("disk_full", "Disks without room", ("F6",), minutes=60, needs=(MOUNTING,)),
    Proof("contention", "Everybody writes at once", ("F23",), minutes=60),
    Proof("memory", "No memory left, few open files", ("F32",), BOTH),
    Proof("web_kills", "The web server killed amid forms", ("F3",), BOTH, minutes=90, least=Size.QUICK),
    Proof("power", "The power fails", ("G3", "F4", "F5"), BOTH, minutes=60, least=Size.QUICK),
    Proof("database_restarts", "The database restarts", ("F17",), (POSTGRES,), minutes=60),
    Proof("partition", "Workers cut off from database and mail server", ("F19",), BOTH, minutes=60, least=Size.QUICK),
    Proof("failover", "The leader of the database dies", ("G16", "F18"), (POSTGRES,), least=Size.QUICK),
    Proof(
        "patroni",
        "Machines of a country killed under Patroni",
        ("G16", "F18"),
        (POSTGRES,),
        minutes=150,
        least=Size.QUICK,
        needs=("patroni", "etcd"),
    ),
    Proof("restore", "Backup and restore", ("G15", "F30", "F31", "T21", "T56", "T57"), BOTH, minutes=60),
    Proof("push", "Push services that say gone, busy or nothing", ("F16",)),
    Proof("ssrf", "Subscriptions that point at our own machines", ("T44",)),
    Proof("journal", "The journal manipulated", ("G18", "T37", "T38"), BOTH),
    Proof("notice", "Trouble noticed", ("G29",)),
    Proof("signin", "Signing in: codes, sessions, browsers, links", ("T4", "T5", "T6", "T7"), minutes=60),
    Proof("lockout", "Nobody shuts others out", ("G24", "T5", "T17"), BOTH, minutes=150, is_alone=True),
    Proof("redirects", "Ways that lead elsewhere", ("T8", "T33")),
    Proof("tokens", "Keys of links, swapped and altered", ("G21",)),
    Proof("mandate_ends", "Mandates that end amid acts", (), BOTH, least=Size.QUICK),
    Proof("split_merge", "Quarters split, merged, redrawn and set back", (), BOTH, least=Size.QUICK),
    Proof("upgrade", "An upgrade under load", ("G17", "F29", "F33"), least=Size.QUICK),
    Proof("canaries", "Tokens in every personal field", ("G9", "T15", "T16", "T18", "T20", "T21", "T52"), minutes=180),
    Proof("crowd", "Many people at one server at once", ("T17",), minutes=90),
    Proof("slow", "Slow clients", ("G24", "T50")),
    Proof("scripts", "Scripts in every text", ("G22", "T19", "T24"), minutes=120, needs=("chromium-headless-shell",)),
    Proof("matrix", "Every page, everybody, everywhere", ("G8", "G14", "T9", "T10", "T31"), minutes=150),
    Proof("matrix_mutants", "Rules of access taken away", ("G8",), minutes=150),
    Proof("typed", "Forms sent wrong, and the words typed into them", ()),
    Proof("oracles", "Forms that could tell who is a member", ("G11", "T13", "T45"), minutes=150),
    Proof("hostile", "Hostile requests", ("G10", "T28", "T29", "T30", "T46", "T47"), minutes=200),
    Proof("parsers", "Files that strangers send", ("G10", "T30"), minutes=90, least=Size.QUICK),
    Proof("headers", "Headers and cookies", ("T32",), minutes=60),
    Proof("probes", "What scanners look for", ("T22",)),
    Proof("walks", "Random walks through the step plan", (), least=Size.QUICK),
    Proof("journeys", "Every journey in every way", (), minutes=120, least=Size.QUICK),
    Proof("founding", "Partnerships founded, and the forms it took", (), least=Size.QUICK, needs=("chromium",)),
    Proof("tasks", "Tasks of every day, by touches and pages", (), least=Size.QUICK, needs=("chromium",)),
    Proof("pages", "The HTML of every page", (), minutes=60, least=Size.QUICK, needs=("java", "vnu")),
    Proof("weights", "Pages on a slow line", (), minutes=30, least=Size.QUICK),
    Proof("branches", "Branches that tests take", ("G13",), minutes=120, least=Size.FULL),
    Proof("repeats", "Tests that fail now and then", ("G28",), minutes=900, least=Size.FULL),
    Proof("mutants", "Tests that notice a changed line", ("G13",), minutes=170, least=Size.FULL),
)


def missing_requirements(proof: Proof) -> list[str]:
    """What this machine lacks of what a proof needs, in words."""
    rights: dict[str, tuple[str, Callable[[], bool]]] = {
        ROOT: ("the rights of root", is_root),
        MOUNTING: ("the right to mount small disks", can_mount_disks),
    }
    absent = [f"the program {name}" for name in proof.needs if name not in rights and not find_program(name)]
    return absent + [words for name, (words, is_there) in rights.items() if name in proof.needs and not is_there()]


def is_root() -> bool:
    """Whether a program may be started as another user."""
    return os.geteuid() == 0


@cache
def can_mount_disks() -> bool:
    """Whether a disk in memory can be mounted: by root, and not in every container."""
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=1m", "plp-proof", folder]
        is_mounted = is_root() and subprocess.run(command, check=False, capture_output=True).returncode == 0
        if is_mounted:
            subprocess.run(["umount", folder], check=True)
    return is_mounted
