"""From one encrypted file onto a machine: looked at wholly beside the target first, then put in its place."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from plp.ops import schema
from plp.ops.backup import databases, encryption, manifest
from plp.ops.backup.creation import KEYS, SETTINGS, key_file_path
from plp.ops.cli import Failed
from plp.people import erasures
from plp.sandbox.client import stream_from_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import NotReadNow, TooHeavy

SETTLE = [sys.executable, "-P", "-m", "plp.ops.backup.completion"]


def restore_backup(file: Path, *, secret_key: Any, replace: bool) -> dict[str, Any]:
    """Bring a backup in, and answer what there is now. The target is as it was if anything is refused.

    ``secret_key``: the secret key. ``replace``: what stands here is kept aside instead of being a reason to refuse.
    """
    is_empty = databases.is_database_empty()
    if not is_empty and not replace:
        raise Failed("There is a database here already: --replace keeps it aside and puts the backup in its place.")
    if not is_empty and databases.is_database_in_use():
        raise Failed("plp is still running here: stop it (web, worker, watch), then restore.")
    if not is_empty:
        erasures.add_missing_acts_to_file()
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=settings.HOME) as name:
        staging = Path(name)
        backup_manifest = unpack_backup(file, secret_key=secret_key, folder=staging)
        refuse_backup_of_other_database_or_newer_version(backup_manifest)
        if connection.vendor == "sqlite":
            (staging / "database").rename(staging / "plp.sqlite3")
            outcome = _complete_restoration_in_subprocess(staging, backup_manifest)
            aside = _exchange_with_restored_and_keep_old(staging, [f"plp.sqlite3{end}" for end in ("", "-wal", "-shm")])
        else:
            with databases.postgres_public_schema_set_aside() as old:
                databases.restore_postgres(staging / "database")
                outcome = _complete_restoration_in_subprocess(staging, backup_manifest)
                aside = _exchange_with_restored_and_keep_old(staging, [])
                outcome["old_schema"] = "" if is_empty else old
    return {**outcome, "made_at": backup_manifest.at, "version": backup_manifest.version, "aside": str(aside or "")}


def unpack_backup(file: Path, *, secret_key: Any, folder: Path) -> manifest.Manifest:
    """Open the file, lay its parts out in a folder and compare each with the manifest. Raises ``Failed``.

    It is decrypted here, for no key leaves this process, and taken apart in the sandbox.
    """
    with file.open("rb") as source, encryption.decrypting_stream(source, secret_key) as clear:
        try:
            entries = _write_and_hash_entries(stream_from_sandbox("archives:stream_entries", clear), folder)
        except Rejected as rejected:
            if rejected.key == "foreign":
                raise _bad_name_error(rejected.detail) from rejected
            raise Failed("This file is no backup, or it was cut or changed: take another copy of it.") from rejected
        except (TooHeavy, NotReadNow) as refused:
            raise Failed(refused.in_words()) from refused
    if entries.pop("manifest.json", None) is None:
        raise Failed("This file holds no list of its contents: it is no backup of plp.")
    expected = manifest.parse_manifest((folder / "manifest.json").read_bytes())
    if expected.parts != entries:
        raise Failed("This backup does not hold what its own list says: take another copy of it, or an older one.")
    return expected


def _write_and_hash_entries(pieces: Iterable[tuple[dict[str, Any], bytes]], into: Path) -> dict[str, list[Any]]:
    """Write each entry to its place below ``into``; answer the size and the sum of each. Raises ``Failed``."""
    sums: dict[str, list[Any]] = {}
    with ExitStack() as stack:
        for head, piece in pieces:
            if "name" in head:
                stack.close()
                target = stack.enter_context(os.fdopen(_open_new_file_descriptor(head["name"], into), "wb"))
                size, total = 0, hashlib.sha256()
                sums[head["name"]] = [size, total.hexdigest()]
                name = head["name"]
            if piece:
                total.update(piece)
                target.write(piece)
                size += len(piece)
                sums[name] = [size, total.hexdigest()]
    return sums


def _open_new_file_descriptor(name: str, into: Path) -> int:
    """A new file of this name, open. Raises ``Failed`` for a name that leads elsewhere, or stands there already."""
    path = (into / name).resolve()
    if not path.is_relative_to(into.resolve()):
        raise _bad_name_error(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _bad_name_error(name: str) -> Failed:
    return Failed(f"This backup holds {name!r}, which is no file of plp: it is refused.")


def refuse_backup_of_other_database_or_newer_version(backup_manifest: manifest.Manifest) -> None:
    """Raise ``Failed`` for a backup of the other database, or of a version newer than this one."""
    if backup_manifest.kind != connection.vendor:
        raise Failed(
            f"This backup is one of {backup_manifest.kind}, and PLP_DATABASE_URL here means {connection.vendor}: "
            "set it to the same kind as where the backup was made."
        )
    if schema.applied_migrations_unknown_here(
        {(app, name) for app, _, name in (step.partition(".") for step in backup_manifest.migrations)}
    ):
        raise Failed(
            f"This backup was made by a newer version ({backup_manifest.version}): install that one, then restore."
        )


def _complete_restoration_in_subprocess(staging: Path, backup_manifest: manifest.Manifest) -> dict[str, Any]:
    """In a process of its own, under the keys of the backup: compare, bring up to this version, shut the outbox."""
    named = {f"PLP_{name.upper()}{end}" for name in KEYS for end in ("", "_FILE")}
    (staging / "keys").rename(staging / "secrets")
    environment = {name: value for name, value in os.environ.items() if name not in named}
    own = {"PLP_HOME": str(staging), "PLP_ERASURES_FILE": str(settings.ERASURES_FILE)}
    ended = subprocess.run(  # noqa: S603 - our own command
        SETTLE, env=environment | own, input=backup_manifest.as_bytes(), capture_output=True, check=False
    )
    if ended.returncode:
        words = ended.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Failed(f"This backup was refused: {' '.join(words)}")
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def _exchange_with_restored_and_keep_old(staging: Path, names: list[str]) -> Path | None:
    """Exchange what stands here for what was laid out; answers the folder where the old is kept, if there was any."""
    aside = settings.HOME / f"before-restore-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}"
    connection.close()
    moves = [
        (staging / name, settings.HOME / name) for name in [*names, SETTINGS, "files", "journal-heads", "outcomes"]
    ]
    moves += [(path, key_file_path(path.name)) for path in sorted((staging / "secrets").iterdir())]
    done: list[Callable[[], object]] = []
    try:
        for source, target in moves:
            _move_into_place(source, target, aside, done)
    except OSError:
        for undo in reversed(done):
            undo()
        raise
    return aside if aside.exists() else None


def _move_into_place(source: Path, target: Path, aside: Path, done: list[Callable[[], object]]) -> None:
    if target.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        old = aside / target.name
        shutil.move(target, old)
        done.append(lambda: shutil.move(old, target))
    if source.exists():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(source, target)
        done.append(lambda: shutil.move(target, source))
