"""The services of an installation, from outside: exchange them without a gap, and renew their units."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from plp.ops.cli import Failed, say
from plp.ops.environment import find_program

WEB, BRIDGE = "plp-web", "plp-web-bridge"
SERVICES = (WEB, "plp-worker", "plp-watch")
UNITS = Path("/etc/systemd/system")


def run_as_data_owner(release: Path, *arguments: str) -> None:
    """Run a command of a release as the user whom the data folder belongs to. Raises ``Failed`` if it fails."""
    owner = _data_owner_uid()
    before = [] if owner == os.geteuid() else [str(find_program("runuser")), "-u", pwd.getpwuid(owner).pw_name, "--"]
    run_program(
        [*before, str(release / "plp"), *arguments],
        f"plp {arguments[0]} of {release.name} did not work, and nothing was exchanged",
    )


def _data_owner_uid() -> int:
    home = Path(os.environ.get("PLP_HOME") or "/nonexistent")
    if not home.is_dir():
        raise Failed("PLP_HOME names no folder: start this with the wrapper deploy/plp, which reads the settings.")
    return home.stat().st_uid


def run_program(command: Sequence[str], trouble: str) -> None:
    """Run a program; what it says on standard error is shown. Raises ``Failed`` with ``trouble`` if it fails."""
    if subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603 - our own words
        raise Failed(f"{trouble}.")


def has_systemctl() -> bool:
    """Whether there is a systemd that starts them."""
    return find_program("systemctl") is not None


def start_new_release_beside_running_one() -> None:
    """Have the release that ``current`` means answer pages beside the one that runs, and wait until it does.

    Raises ``Failed`` if it does not come up: whoever runs was not touched.
    """
    if subprocess.run([_systemctl_path(), "is-active", "--quiet", WEB], check=False).returncode == 0:  # noqa: S603 - as below
        run_program([_systemctl_path(), "start", BRIDGE], "The new version answers no page")


def restart_services_and_stop_interim_ones() -> None:
    """Start those of our services that run anew, and end what answered beside them. Raises ``Failed``."""
    try:
        run_program([_systemctl_path(), "try-restart", *SERVICES], "The services were not started again")
    finally:
        run_program([_systemctl_path(), "--no-warn", "stop", BRIDGE], f"{BRIDGE} was not stopped")


def _systemctl_path() -> str:
    return str(find_program("systemctl"))


def install_changed_systemd_units(old: Path, new: Path) -> None:
    """Put the units of the new release in the place of those of the old one; one that was changed here is named."""
    changed = False
    for unit in sorted((new / "deploy" / "systemd").glob("plp-*")) if (UNITS / f"{WEB}.service").is_file() else ():
        here, before = UNITS / unit.name, old / "deploy" / "systemd" / unit.name
        now, then = (path.read_bytes() if path.is_file() else b"" for path in (here, before))
        if now == then != unit.read_bytes():
            shutil.copyfile(unit, here)
            changed = True
        elif now in (b"", unit.read_bytes()):
            continue
        else:
            say(f"plp: {here} was changed on this machine and is left so: compare it with {unit}.")
    if changed:
        run_program([_systemctl_path(), "daemon-reload"], "systemd did not read the new units")
