"""The previous version at work, the database brought up under it, then the new version: nobody is turned away (G17).

First the last version as it was given out: it goes on for a while on the new database, as it does between ``plp
migrate`` and the restart. Then an installation as the guide lays it out goes to a version with one more step of the
database and back, by ``plp upgrade``, while people ask for pages, a worker runs and a command of the old version waits.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import pyrage

from plp.ops.schema import PROGRAM_VERSION
from proof.harness.installation import Installation, build_release_archive
from proof.harness.socket_activation import ActivationSocket, Visitors, terminate_and_wait
from proof.harness.system import ROOT
from proof.result import Figure, ProofRequest, ProofResult, print_progress

PREVIOUS = "95f7f98244b4313c8e7e473853b1c5750e4128cc"  # the version before this one
PATHS = ("/healthz", "/", "/account/sign-in/", "/advice/", "/partnerships/", "/report/", "/status")
VISITORS = 4
LEAST = 1_000  # requests answered meanwhile
TEXT = "Cambriolage rue Longue ce matin. Fermez vos portes."


def prove(ask: ProofRequest) -> ProofResult:
    """One upgrade from the last version, then one there and one back after the other."""
    rounds, pages = (
        ask.number_for_size(trial=1, quick=1, floor=2, full=10),
        ask.number_for_size(trial=5, quick=10, floor=200, full=300),
    )
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as name:
        folder = Path(name).resolve()
        old = _extract_previous_sources(folder / "old")
        first, steps, seconds = _upgrade_from_last_version(folder, old, pages)
        print_progress(f"{steps} steps of the database in {seconds:.1f} s")
        house, people, ended_well = _upgrade_and_go_back_repeatedly(folder / "machine", rounds, pages)
    failures = first.failures + people.failures
    return ProofResult(
        2 * rounds,
        f"upgrades and ways back by plp upgrade, after one from {PREVIOUS[:7]}, while {VISITORS} people ask for pages",
        (
            Figure(
                "requests answered",
                first.answered + people.answered,
                "",
                LEAST if ask.is_long else None,
                LEAST,
                most=False,
            ),
            Figure("requests failed", len(failures), "", 0, 0),
            Figure("commands of the version before that were broken off", rounds - ended_well, "", 0, 0),
            Figure("upgrades after which another version runs than was asked", house, "", 0, 0),
            Figure("steps of the database taken under load", steps + 1),
            Figure("bringing the database up", seconds, "s"),
            Figure("longest wait for a page while a server takes another's place", first.slowest, "s"),
            Figure("longest wait for a page during plp upgrade", people.slowest, "s"),
        ),
        bounds="" if not failures else f"Failed: {', '.join(sorted(set(failures)))}.",
    )


def _upgrade_from_last_version(folder: Path, old: Path, pages: int) -> tuple[Visitors, int, float]:
    """The last version serves, its database is brought up, this version serves; steps taken, in seconds."""
    home = folder / "home"
    _copy_database_of_old_version(old, home)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PLP_")}
    environment |= {"PLP_HOME": str(home), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}
    door = ActivationSocket()
    server = door.start_web_server(old, environment, folder / "web.log")
    try:
        with Visitors(door.port, PATHS, VISITORS) as people:
            people.wait_for_more_answers(pages)
            begun = time.monotonic()
            steps = _migrate_and_count_steps(environment)
            seconds = time.monotonic() - begun
            people.wait_for_more_answers(pages)  # the old version on the new database
            terminate_and_wait(server)
            server = door.start_web_server(ROOT, environment, folder / "web.log")
            people.wait_for_more_answers(pages)
    finally:
        terminate_and_wait(server)
    return people, steps, seconds


def _upgrade_and_go_back_repeatedly(root: Path, rounds: int, pages: int) -> tuple[int, Visitors, int]:
    """By the documented commands; how often the wrong version ran, who came, which waiting commands ended well."""
    root.mkdir()
    (root / "backups").mkdir()
    newer = f"{int(PROGRAM_VERSION.partition('.')[0]) + 1}.0.0"
    old, new = (
        build_release_archive(root / f"fetched-{version}", version, more_steps=version == newer)
        for version in (PROGRAM_VERSION, newer)
    )
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    machine, wrong, ended_well = Installation(root), 0, 0
    machine.install_first_release(old, {"PLP_BACKUP_FOLDER": str(root / "backups"), "PLP_BACKUP_RECIPIENT": recipient})
    machine.start_all_services()
    try:
        with machine.faked_systemctl(), Visitors(machine.door.port, PATHS, VISITORS) as people:
            people.wait_for_more_answers(pages)
            for _ in range(rounds):
                waiting = _start_waiting_command(machine)
                machine.run_command("upgrade", str(new))
                people.wait_for_more_answers(pages)
                wrong += machine.version != newer
                ended_well += _give_text_and_tell_if_done(waiting)
                machine.run_command("upgrade", "--back")
                people.wait_for_more_answers(pages)
                wrong += machine.version != PROGRAM_VERSION
    finally:
        machine.stop_all_services()
    return wrong, people, ended_well


def _start_waiting_command(machine: Installation) -> subprocess.Popen[bytes]:
    """A command of the version that runs, which waits for its text before it loads most of what it needs."""
    line = machine.command_line("check-text", "--lang", "fr", "--kind", "alarm")
    return subprocess.Popen(line, env=machine.environment_of_commands, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _give_text_and_tell_if_done(waiting: subprocess.Popen[bytes]) -> bool:
    """Give the waiting command its text; whether it did its work."""
    said, _ = waiting.communicate(TEXT.encode())
    return waiting.returncode == 0 and b'"verdict"' in said


def _extract_previous_sources(folder: Path) -> Path:
    """The sources of the previous version; of this one where its history is not there."""
    folder.mkdir()
    archive = folder / "sources.tar"
    command = ["git", "archive", "--output", str(archive), PREVIOUS, "src", "pyproject.toml", "CHANGELOG.md"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if ended.returncode:
        print_progress("no history here: this version is upgraded to itself")
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        return folder
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    return folder


def _copy_database_of_old_version(old: Path, home: Path) -> None:
    """The database of the previous version, made by itself once and copied from then on (SQLite)."""
    own = Path(tempfile.gettempdir()) / f"plp-previous-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    kept = own / PREVIOUS
    with (own / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "plp.sqlite3").exists():
            shutil.rmtree(kept, ignore_errors=True)
            environment = os.environ | {"PLP_HOME": f"{kept}.new", "PYTHONPATH": str(old / "src")}
            subprocess.run([sys.executable, "-m", "plp.ops.cli", "migrate"], cwd=old, env=environment, check=True)
            Path(f"{kept}.new").rename(kept)
        shutil.copytree(kept, home)


def _migrate_and_count_steps(environment: dict[str, str]) -> int:
    """Bring the database up while the old version answers; how many steps that was."""
    line = [sys.executable, "-P", "-m", "plp.ops.cli", "migrate"]
    said = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stderr
    return int(said.partition("(")[2].partition(" ")[0] or 0) if "(" in said else 0
