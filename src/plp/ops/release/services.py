"""The services of an installation, from outside: start them anew, look whether pages are answered, renew units."""

import http.client
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from plp.ops.cli import Failed, say
from plp.ops.house import program

SERVICES = ("plp-web", "plp-worker", "plp-watch")
UNITS = Path("/etc/systemd/system")
PATIENCE = 180.0  # seconds until the new version must have answered a page
LOOK = 0.5
AT_ONCE = 30.0  # seconds for one page of a busy machine


def run_by_service(release: Path, *words: str) -> None:
    """Run a command of a release as the user whom the data folder belongs to. Raises ``Failed`` if it fails."""
    owner = _owner()
    before = [] if owner == os.geteuid() else [str(program("runuser")), "-u", pwd.getpwuid(owner).pw_name, "--"]
    run([*before, str(release / "plp"), *words], f"plp {words[0]} of {release.name} did not work (see above)")


def _owner() -> int:
    home = Path(os.environ.get("PLP_HOME") or "/nonexistent")
    if not home.is_dir():
        raise Failed("PLP_HOME names no folder: start this with the wrapper deploy/plp, which reads the settings.")
    return home.stat().st_uid


def run(command: Sequence[str], trouble: str) -> None:
    """Run a program; what it says on standard error is shown. Raises ``Failed`` with ``trouble`` if it fails."""
    if subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603 - our own words
        raise Failed(f"{trouble}. The version that runs was left as it is.")


def restart() -> bool:
    """Have systemd start those of our services that run anew; whether there is a systemd that could."""
    if not program("systemctl"):
        return False
    run([str(program("systemctl")), "try-restart", *SERVICES], "The services were not started again")
    return True


def answers(seconds: float) -> bool:
    """Whether a page is answered on this machine, waited for so long."""
    until = time.monotonic() + seconds
    while True:
        line = http.client.HTTPConnection(
            "127.0.0.1", int(os.environ.get("PLP_PORT") or 8000), timeout=max(seconds, AT_ONCE)
        )
        try:
            line.request("GET", "/healthz")
            if line.getresponse().status < 500:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            line.close()
        if time.monotonic() > until:
            return False
        time.sleep(LOOK)


def refresh_units(old: Path, new: Path) -> None:
    """Put the units of the new release in the place of those of the old one; one that was changed here is named."""
    changed = False
    for unit in sorted((new / "deploy" / "systemd").glob("plp-*")):
        here, before = UNITS / unit.name, old / "deploy" / "systemd" / unit.name
        if not here.is_file() or here.read_bytes() == unit.read_bytes():
            continue
        if before.is_file() and here.read_bytes() == before.read_bytes():
            shutil.copyfile(unit, here)
            changed = True
        else:
            say(f"plp: {here} was changed on this machine and is left so: compare it with {unit}.")
    if changed:
        run([str(program("systemctl")), "daemon-reload"], "systemd did not read the new units")
