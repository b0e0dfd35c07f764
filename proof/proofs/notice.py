"""Everything broken at once, and the time until the operator has it by mail (G29)."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from proof.harness.system import ROOT, SystemUnderTest, system_under_test
from proof.result import Figure, ProofRequest, ProofResult, Size

BROKEN = {  # key of the watch: what was done
    "worker": "no worker",
    "queue": "a queue that nobody empties",
    "supplier email": "a supplier that fails",
    "refused": "mails refused one after the other",
    "disk": "a disk with less than a tenth free",
    "clock": "a clock that is wrong by a minute",
    "backup": "a backup of two days ago",
    "journal be/z1/m1/q-a/": "a journal that was changed",
}
PATIENCE = 240.0  # seconds


def prove(ask: ProofRequest) -> ProofResult:
    """Watch a house in order, break all, mend all; so many times."""
    turns = ask.number_for_size(trial=1, quick=1, floor=1, full=5)
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as name:
        folder = Path(name)
        more = {"PLP_ALARM_TO": "ops@example.be", "PLP_BACKUP_FOLDER": str(folder)}
        with system_under_test(
            folder, "", connections=1, stage="proof.procedures.watched_troubles", settings=more
        ) as scene:
            seconds, false = _time_alarms_of_watch(scene, folder, ask, turns)
            mails = sum(line.endswith("ops@example.be") for line in scene.log.read_text().splitlines())
    slowest = {key: max(turn.get(key, PATIENCE) for turn in seconds) for key in BROKEN}
    return ProofResult(
        turns * len(BROKEN),
        "things broken at once, and the seconds until the mail server had the alarm",
        (
            *(Figure(words, slowest[key], "s", floor=300, goal=60) for key, words in BROKEN.items()),
            Figure("alarms in a house in order", false, "", 0, 0),
            Figure("mails to the operator, at least one a turn", mails, "", floor=turns, goal=turns, most=False),
        ),
        details={"seconds": seconds},
    )


def _time_alarms_of_watch(
    scene: SystemUnderTest, folder: Path, ask: ProofRequest, turns: int
) -> tuple[list[dict[str, float]], int]:
    scene.call_procedure("create_people_journal_and_pulse")
    _write_backup_record(folder, timedelta(0))
    command = [sys.executable, "-m", "proof.harness.faked_watch", str(folder)]
    command += ["--hurried"] if ask.size == Size.TRIAL else []
    with (folder / "watch.log").open("w") as log:
        watch = subprocess.Popen(command, cwd=ROOT, env=scene.environment, stdout=log, stderr=log)
    try:
        false, seconds = 0, []
        for _ in range(turns):
            false += _count_false_alarms(folder)
            seconds.append(_break_all_and_time_alarms(scene, folder))
            _repair_all_and_wait(scene, folder)
        return seconds, false
    finally:
        watch.terminate()
        watch.wait(60)


def _read_told_troubles(folder: Path) -> dict[str, float]:
    """Which troubles the watch has told, and when (the mail server had it by then)."""
    try:
        kept: dict[str, Any] = json.loads((folder / "watch.json").read_text())
    except FileNotFoundError:
        return {}
    return {key.partition(" /")[0]: (folder / "watch.json").stat().st_mtime for key in kept["told"]}


def _wait_until(condition: Callable[[], bool], folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, (folder / "watch.log").read_text()[-2000:]
        time.sleep(0.05)


def _count_false_alarms(folder: Path) -> int:
    """Three looks at a house in order; answers how many alarms there were."""
    for _ in range(3):
        before = _state_file_mtime(folder) if (folder / "watch.json").exists() else 0
        _wait_until(lambda seen=before: (folder / "watch.json").exists() and _state_file_mtime(folder) != seen, folder)
    return len(_read_told_troubles(folder))


def _state_file_mtime(folder: Path) -> int:
    return (folder / "watch.json").stat().st_mtime_ns


def _break_all_and_time_alarms(scene: SystemUnderTest, folder: Path) -> dict[str, float]:
    """Break all; answers after how many seconds each was told."""
    begun, seen = time.time(), {}
    scene.call_procedure("create_delivery_troubles")
    scene.call_procedure("falsify_journal_entry")
    (folder / "full").touch()
    (folder / "offset").write_text("60")
    _write_backup_record(folder, timedelta(days=2))

    def note_and_check_all_told() -> bool:
        for key, moment in _read_told_troubles(folder).items():
            seen.setdefault(key, moment - begun)
        return seen.keys() >= BROKEN.keys()

    _wait_until(note_and_check_all_told, folder)
    return seen


def _repair_all_and_wait(scene: SystemUnderTest, folder: Path) -> None:
    (folder / "full").unlink()
    (folder / "offset").unlink()
    _write_backup_record(folder, timedelta(0))
    scene.call_procedure("repair_troubles_and_journal")
    _wait_until(lambda: not _read_told_troubles(folder), folder)


def _write_backup_record(folder: Path, ago: timedelta) -> None:
    (folder / "backup.json").write_text(json.dumps({"at": (datetime.now(UTC) - ago).isoformat()}))
