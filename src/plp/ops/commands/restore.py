"""Bring a backup back, onto an empty machine or in the place of what is there; nothing is sent before you say so."""

import argparse
import time
from pathlib import Path

from django.conf import settings

from plp.ops.backup import encryption, restoration
from plp.ops.backup.creation import SETTINGS
from plp.ops.cli import SUCCESS, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, ``--identity`` and ``--replace``."""
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument(
        "--identity", type=Path, required=True, metavar="KEYFILE", help="the secret key that backup-key wrote"
    )
    parser.add_argument("--replace", action="store_true", help="keep what stands here aside, instead of refusing")


def run(options: argparse.Namespace) -> int:
    """Restore, and say what there is and how to go on."""
    begun = time.monotonic()
    outcome = restoration.restore_backup(
        options.file, secret_key=encryption.read_secret_key(options.identity), replace=options.replace
    )
    seconds = time.monotonic() - begun
    made_at = outcome["made_at"][:16].replace("T", " ")
    say(f"plp: Restored the backup of {made_at} UTC: {outcome['rows']} rows, {seconds:.0f} s.")
    for flaw in outcome["flaws"]:
        say(f"plp: Its journal was changed before the backup was made: {flaw}. Keep this backup and tell the zone.")
    set_aside = " ".join(filter(None, [outcome["aside"], outcome.get("old_schema", "")]))
    if set_aside:
        say(f"plp: What was here before is kept: {set_aside}. Delete it when all is well: it holds personal data.")
    restored = settings.HOME / SETTINGS
    if restored.exists():
        say(f"plp: The settings of that installation, with their passwords, are in {restored}.")
        say("     Take over what is missing in yours, then delete the file.")
    say("plp: Nothing is sent yet. Start ./plp up and look at what waits: ./plp queue, or the administrator's page at")
    say(f"     {settings.ORIGIN}/running/. Pull back what was sent since the backup, then: ./plp queue --resume")
    return SUCCESS
