"""From one release to the next under running services, and back (ADR 40).

Whatever fails before the link moves leaves everything as it was. If the new version does not come up beside the old
one, the link moves back, and the old one was never stopped.
"""

import os
import subprocess
from pathlib import Path

from plp.ops.cli import Failed, say
from plp.ops.release import services
from plp.ops.release.checksums import SUMS, refuse_wrong_checksum
from plp.ops.release.folders import ReleaseFolders
from plp.ops.schema import version_as_comparable_numbers

OLDEST = "from plp.ops.schema import OLDEST; print(OLDEST)"


def upgrade_to_release(folders: ReleaseFolders, archive: Path) -> None:
    """Go to the release in ``archive``, beside which its checksums lie. Raises ``Failed``."""
    refuse_wrong_checksum(archive, archive.with_name(SUMS))
    old, new = folders.current, folders.unpack(archive)
    if version_as_comparable_numbers(new.name) <= version_as_comparable_numbers(old.name):
        raise Failed(f"{old.name} runs here, and the archive holds {new.name}: to go back, type plp upgrade --back.")
    say(f"plp: Setting {new.name} up beside {old.name} ...")
    services.run_program(
        [str(new / "plp"), "help"], f"The environment of {new.name} was not made, and nothing was exchanged"
    )
    _refuse_upgrade_from_too_old(old, new)
    _back_up_if_configured(old, new)
    services.run_as_data_owner(new, "migrate")
    _exchange_releases(folders, old, new)
    for path in folders.delete_old_releases():
        say(f"plp: {path} is gone; {old.name} stays for plp upgrade --back.")


def go_back_to_previous_release(folders: ReleaseFolders) -> None:
    """Go back to the release before. Raises ``Failed`` without one, or if it cannot use the database."""
    old, before = folders.current, folders.release_behind("previous")
    if before is None or not (before / "plp").is_file():
        raise Failed(f"There is no release before {old.name} here.")
    services.run_as_data_owner(before, "migrate", "--check")
    _exchange_releases(folders, old, before)


def _refuse_upgrade_from_too_old(old: Path, new: Path) -> None:
    """Raise ``Failed`` if the old version could not go on while the database is that of the new one."""
    command = [str(new / ".venv" / "bin" / "python"), "-P", "-c", OLDEST]
    oldest = subprocess.check_output(command, cwd="/", text=True).strip()  # noqa: S603 - our own words
    if version_as_comparable_numbers(oldest) > version_as_comparable_numbers(old.name):
        raise Failed(f"{new.name} follows {oldest} and newer, and {old.name} runs here: upgrade to {oldest} first.")


def _back_up_if_configured(old: Path, new: Path) -> None:
    folder, recipient = (os.environ.get(f"PLP_BACKUP_{name}") for name in ("FOLDER", "RECIPIENT"))
    if folder and recipient:
        services.run_as_data_owner(old, "backup", f"{folder}/before-{new.name}.age")
    else:
        say("plp: No backup is made: PLP_BACKUP_FOLDER and PLP_BACKUP_RECIPIENT are not set.")


def _exchange_releases(folders: ReleaseFolders, old: Path, new: Path) -> None:
    """Move the link, let the new version answer beside the old one, then start the services anew."""
    _switch_links_and_units(folders, old, new)
    if not services.has_systemctl():
        say(f"plp: {folders.root / 'current'} is {new.name} now: start the services anew.")
        return
    try:
        services.start_new_release_beside_running_one()
    except Failed as error:
        _switch_links_and_units(folders, new, old)
        raise Failed(f"{error} {old.name} runs on; journalctl -u {services.BRIDGE} says why.") from error
    try:
        services.restart_services_and_stop_interim_ones()
    except Failed as error:
        _switch_links_and_units(folders, new, old)
        services.restart_services_and_stop_interim_ones()
        raise Failed(f"{error} {old.name} runs again; journalctl -u {services.WEB} says why.") from error
    say(f"plp: {new.name} runs; {old.name} stays for plp upgrade --back.")


def _switch_links_and_units(folders: ReleaseFolders, old: Path, new: Path) -> None:
    """From now on whatever starts is of the new release."""
    services.install_changed_systemd_units(old, new)
    folders.make_current(new)
