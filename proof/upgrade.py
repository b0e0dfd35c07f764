"""The previous version at work, the database brought up under it, then the new version: nobody is turned away (G17).

The door is held as ``plp-web.socket`` holds it. The old web server goes on for a while on the new database, as it does
between ``plp migrate`` and the restart.
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

from proof.found import Ask, Figure, Found, Size, progress
from proof.stand.door import Door, Visitors, end
from proof.stand.house import ROOT
from proof.stand.web import own_database

PREVIOUS = "12c5a5031bebe3bb89591cbc6e73a9c34b457874"  # the version before this one
PATHS = ("/healthz", "/", "/account/sign-in/", "/advice/", "/partnerships/", "/report/")
VISITORS = 4


def prove(ask: Ask) -> Found:
    """Upgrade once, then exchange the server again and again."""
    restarts = ask.of(trial=1, quick=2, floor=4, full=20)
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as name:
        folder = Path(name)
        home = folder / "home"
        if ask.size == Size.TRIAL:  # short: the exchange of the server alone
            old = ROOT
            own_database(home)
        else:
            old = _previous(folder / "old")
            _old_database(old, home)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PLP_")}
        environment |= {"PLP_HOME": str(home), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}
        door = Door()
        server = door.serve(old, environment, folder / "web.log", ["-P", str(ROOT / "proof/stand/serving.py")])
        try:
            with Visitors(door.port, PATHS, VISITORS) as people:
                people.wait_for(10)
                begun = time.monotonic()
                steps = 0 if ask.size == Size.TRIAL else _migrate(environment)
                seconds = time.monotonic() - begun
                people.wait_for(10)  # the old version on the new database
                progress(f"{steps} steps of the database in {seconds:.1f} s")
                for _ in range(restarts):
                    end(server)
                    server = door.serve(ROOT, environment, folder / "web.log")
                    people.wait_for(10)
        finally:
            end(server)
    return Found(
        restarts,
        f"exchanges of the server{'' if old == ROOT else f' after an upgrade from {PREVIOUS[:7]}'}, "
        f"while {VISITORS} people ask for pages",
        (
            Figure("requests answered", people.answered),
            Figure("requests failed", len(people.failures), "", 0, 0),
            Figure("steps of the database taken under load", steps),
            Figure("bringing the database up", seconds, "s"),
            Figure("longest wait for a page", people.slowest, "s"),
        ),
        bounds="" if not people.failures else f"Failed: {', '.join(sorted(set(people.failures)))}.",
    )


def _previous(folder: Path) -> Path:
    """The sources of the previous version; of this one where its history is not there."""
    folder.mkdir()
    archive = folder / "sources.tar"
    command = ["git", "archive", "--output", str(archive), PREVIOUS, "src", "pyproject.toml", "CHANGELOG.md"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if ended.returncode:
        progress("no history here: this version is upgraded to itself")
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        return folder
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    return folder


def _old_database(old: Path, home: Path) -> None:
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


def _migrate(environment: dict[str, str]) -> int:
    """Bring the database up while the old version answers; how many steps that was."""
    line = [sys.executable, "-P", "-m", "plp.ops.cli", "migrate"]
    said = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stderr
    return int(said.partition("(")[2].partition(" ")[0] or 0) if "(" in said else 0
