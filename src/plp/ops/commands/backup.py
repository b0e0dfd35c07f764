"""Write everything of this installation into one encrypted file, while it runs."""

import argparse
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from plp.ops.backup import creation, encryption
from plp.ops.cli import SUCCESS, Failed, say
from plp.toolbox import clock

FRESH = timedelta(hours=23)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, ``--to`` and ``--daily``."""
    parser.add_argument("file", nargs="?", type=Path, help="where the backup goes")
    parser.add_argument("--to", metavar="age1...", help="the public key (else PLP_BACKUP_RECIPIENT)")
    parser.add_argument(
        "--daily", action="store_true", help="into PLP_BACKUP_FOLDER under today's date, if none was made for 23 hours"
    )


def run(options: argparse.Namespace) -> int:
    """Make one backup. Raises ``Failed`` without a key or a place."""
    at = clock.now()
    if bool(options.file) == options.daily:
        raise Failed("Give the file that the backup goes to, or --daily (with PLP_BACKUP_FOLDER).")
    last_backup = creation.last_backup_at()
    if options.daily and last_backup is not None and timedelta(0) <= at - last_backup < FRESH:
        say(f"plp: The last backup was made at {last_backup:%Y-%m-%d %H:%M} UTC: nothing to do.")
        return SUCCESS
    key = options.to or settings.BACKUP_RECIPIENT
    if not key:
        raise Failed("No key to encrypt to: run ./plp backup-key once, and set PLP_BACKUP_RECIPIENT to what it prints.")
    file = options.file or _daily_backup_path(at)
    written_manifest = creation.create_backup(file, public_key=encryption.parse_public_key(key), at=at)
    if options.daily:
        creation.delete_old_backups(file.parent, keep=settings.BACKUP_KEEP)
    rows = sum(written_manifest.counts.values())
    parts = len(written_manifest.parts) - 1
    say(f"plp: {file}: {file.stat().st_size / 1e6:.1f} MB, {rows} rows, {parts} files and keys.")
    return SUCCESS


def _daily_backup_path(at: datetime) -> Path:
    if not settings.BACKUP_FOLDER:
        raise Failed("Set PLP_BACKUP_FOLDER to the folder of the daily backups.")
    return Path(settings.BACKUP_FOLDER) / f"plp-{at:%Y%m%d-%H%M%S}.age"
