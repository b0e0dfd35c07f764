"""A backup under load, its restore on an empty machine, and every way in which its file may be damaged (F30, F31)."""

import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from proof.harness.system import ROOT, SystemUnderTest, system_under_test
from proof.result import Figure, ProofRequest, ProofResult, print_progress

STAGE, CONNECTIONS = "proof.procedures.backups", 5
SLOW, QUICK = 0.5, 0.02  # seconds of a receiver: while the backup is made, and afterwards
GZIP = b"\x1f\x8b\x08"
NEEDLES = (b"lise Van den Berghe", b"@example.be", b"SQLite format", b"PGDMP")  # what stands in it in clear (T21)
ALARM_SECONDS, WATCHED = 3600.0, 2.0  # the alarm's life; how long a worker is watched before the outbox is opened
UNCOMPARED = {"journal_chain", "journal_entry", "delivery_pause"}  # a restore itself is an act, and shuts the outbox


def prove(ask: ProofRequest) -> ProofResult:
    """Back up while workers send; restore again and again; let a worker try; damage the file."""
    people = ask.number_for_size(trial=200, quick=2000, full=2000)
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as name:
        folder = Path(name)
        with _system_in_folder(folder / "first", ask, SLOW) as scene:
            backup, kept = _back_up_while_sending(scene, folder, people)
            figures = _backup_secrecy_figures(backup) + _damaged_backup_figures(scene, ask, backup, folder / "key")
        tries = [
            _restore_and_measure(folder, ask, backup, kept, turn)
            for turn in range(ask.number_for_size(trial=1, quick=1, full=20))
        ]
    return ProofResult(
        len(tries),
        f"a backup while {people:,} messages leave, restored on an empty machine and compared",
        (
            Figure("members", people),
            Figure("backup under load", kept["seconds"], "s"),
            Figure("restore, longest", max(one["seconds"] for one in tries), "s", floor=900, goal=120),
            Figure("tables that differ", sum(one["differences"] for one in tries), "", 0, 0),
            Figure("flaws in the journal", sum(one["flaws"] for one in tries), "", 0, 0),
            Figure("restores without the settings", sum(one["settings"] for one in tries), "", 0, 0),
            Figure("waiting in the backup, fewest", min(one["waits"] for one in tries), "", 1, 1, most=False),
            Figure("sent before somebody opened the outbox", sum(one["early"] for one in tries), "", 0, 0),
            Figure("alarms sent after their time", sum(one["late"] for one in tries), "", 0, 0),
            Figure("lost", sum(one["lost"] for one in tries), "", 0, 0),
            *figures,
        ),
    )


def _system_in_folder(folder: Path, ask: ProofRequest, delay: float) -> Any:
    folder.mkdir()
    return system_under_test(folder, ask.database, delay=delay, connections=CONNECTIONS, stage=STAGE)


def _run_plp_command(scene: SystemUnderTest, *words: str) -> None:
    """Run a command of the product as an operator would."""
    line: Sequence[str] = [sys.executable, "-P", "-m", "plp.ops.cli", *words]
    ended = subprocess.run(line, cwd=ROOT, env=scene.environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]


def _back_up_while_sending(scene: SystemUnderTest, folder: Path, people: int) -> tuple[Path, dict[str, Any]]:
    """A message on its way to everybody, an alarm that has not left, and a backup amid that."""
    bulk = scene.call_procedure("create_database_people_and_message", people)
    scene.call_procedure("queue_for_people_in_range", bulk, 0, people)
    alarm = scene.call_procedure("queue_expiring_alarm", ALARM_SECONDS)
    public = scene.call_procedure("create_key_pair", str(folder / "key"))
    scene.start_workers(1)
    scene.wait_for_more_mail(60)
    begun = time.monotonic()
    _run_plp_command(scene, "backup", str(folder / "backup"), "--to", public)
    seconds = time.monotonic() - begun
    scene.stop_workers_with_exit_code()
    return folder / "backup", {
        "seconds": seconds,
        "bulk": bulk,
        "alarm": alarm,
        "took": set(scene.count_received_copies()),
    }


def _backup_secrecy_figures(backup: Path) -> tuple[Figure, ...]:
    content = backup.read_bytes()
    looked_at = [content, *_decompressed_gzip_parts(content)]
    seen = sum(needle in one for needle in NEEDLES for one in looked_at)
    return (Figure("size of the backup", len(content) / 1e6, "MB"), Figure("words in clear in it", seen, "", 0, 0))


def _decompressed_gzip_parts(content: bytes) -> Iterator[bytes]:
    """What a thief finds where something looks compressed."""
    place = content.find(GZIP)
    while place >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content[place:], 50_000_000)
        place = content.find(GZIP, place + 1)


def _damaged_backup_figures(scene: SystemUnderTest, ask: ProofRequest, backup: Path, key: Path) -> tuple[Figure, ...]:
    number = ask.number_for_size(trial=12, quick=200, full=1000)
    ends = scene.call_procedure("damage_backup_and_count_outcomes", str(backup), str(key), ask.seed, number)
    print_progress(f"{number} damaged files: {ends}")
    return (
        Figure("damaged files tried", number),
        Figure("refused, or exactly the same", ends["refused"] + ends["exact"], "", number, number, most=False),
    )


def _start_worker_and_wait(scene: SystemUnderTest) -> None:
    """Start one, and wait until it is at work."""
    since = time.time()
    scene.start_workers(1)
    until = time.monotonic() + 120
    while not scene.call_procedure("was_worker_seen_since", since):
        assert time.monotonic() < until, "the worker did not begin"
        time.sleep(0.2)


def _restore_and_measure(
    folder: Path, ask: ProofRequest, backup: Path, kept: dict[str, Any], turn: int
) -> dict[str, float]:
    """One restore in an empty folder (and database), and what a worker does with it before and after it is opened."""
    with _system_in_folder(folder / f"again-{turn}", ask, QUICK) as scene:
        begun = time.monotonic()
        _run_plp_command(scene, "restore", str(backup), "--identity", str(folder / "key"))
        seconds = time.monotonic() - begun
        print_progress(f"restore {turn + 1}: {seconds:.1f} s")
        brought = Path(scene.environment["PLP_HOME"], "settings.env").read_text(encoding="utf-8").splitlines()
        facts = scene.call_procedure("row_counts_and_journal_state")
        said = scene.call_procedure("row_counts_listed_in_backup", str(backup), str(folder / "key"))
        differences = sum(facts["counts"][table] != rows for table, rows in said.items() if table not in UNCOMPARED)
        scene.call_procedure("expire_message", kept["alarm"])  # two days go by, as far as the alarm is concerned
        waits = sum(
            state == "queued"
            for state, _ in scene.call_procedure("ledger_and_copy_states", kept["bulk"])["copies"].values()
        )
        _start_worker_and_wait(scene)
        time.sleep(WATCHED)
        early = len(scene.count_received_copies())
        scene.call_procedure("resume_outbox")
        scene.wait_until_no_dispatch_waits(300)
        took = scene.count_received_copies()
        alarm, bulk = (
            scene.call_procedure("ledger_and_copy_states", kept[name])["copies"] for name in ("alarm", "bulk")
        )
    return {
        "seconds": seconds,
        "differences": differences,
        "flaws": facts["flaws"],
        "settings": int(f"PLP_DELIVERY_CONNECTIONS={CONNECTIONS}" not in brought),
        "waits": waits,
        "early": early,
        "late": sum(reference in took for reference in alarm) + sum(s != "expired" for s, _ in alarm.values()),
        "lost": sum(reference not in took and reference not in kept["took"] for reference in bulk),
    }
