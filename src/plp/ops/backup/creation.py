"""From a running installation into one encrypted file."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings

from plp.ops.backup import databases
from plp.ops.backup.encryption import encrypting_stream
from plp.ops.backup.manifest import FORMAT, Manifest

RECORD = "backup.json"  # in the data folder: when the last backup was made
SETTINGS = "settings.env"  # the settings of the installation, one NAME=value a line
KEYS = ("field_key", "field_keys_old", "push_key", "seal", "secret_key", "secret_keys_old")  # may stand elsewhere


def create_backup(file: Path, *, public_key: Any, at: datetime) -> Manifest:
    """Write a backup to ``file``, which stands there whole or not at all. ``public_key``: one of ``sealing``."""
    begun = time.monotonic()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.HOME) as folder:
        copy = Path(folder, "database")
        facts = {"format": FORMAT, "at": at.isoformat(), "version": version("plp")}
        facts |= databases.copy_described_database(copy)
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                written_manifest = _write_backup_parts(target, public_key, facts, copy)
                target.flush()
                os.fsync(target.fileno())
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    _write_backup_record(file, at=at, seconds=time.monotonic() - begun)
    return written_manifest


def _write_backup_parts(target: io.BufferedWriter, public_key: Any, facts: dict[str, Any], copy: Path) -> Manifest:
    parts: dict[str, list[Any]] = {}
    with (
        encrypting_stream(target, public_key) as stream,
        tarfile.open(fileobj=stream, mode="w|gz", compresslevel=1) as archive,
    ):
        for name, path in [("database", copy), *every_key_file(), *every_stored_file()]:
            with suppress(FileNotFoundError):  # a file that was deleted since the database was copied
                parts[name] = _add_hashed_file(archive, name, path)
        settings_text = settings_file_content(settings.GIVEN)
        _add_stream_to_archive(archive, SETTINGS, io.BytesIO(settings_text), len(settings_text))
        parts[SETTINGS] = [len(settings_text), hashlib.sha256(settings_text).hexdigest()]
        written_manifest = Manifest(**facts, parts=parts)
        _add_stream_to_archive(
            archive, "manifest.json", io.BytesIO(written_manifest.as_bytes()), len(written_manifest.as_bytes())
        )
    return written_manifest


def settings_file_content(settings_with_secrets: Mapping[str, str]) -> bytes:
    """The settings as a file that systemd, containers and ``deploy/plp`` read."""
    return "".join(f"{name}={value}\n" for name, value in sorted(settings_with_secrets.items())).encode()


def key_file_path(key_name: str) -> Path:
    """Where a key, or a folder of older ones, stands: as its setting says, else in the data folder."""
    setting = f"PLP_{key_name.upper()}" + ("" if key_name.endswith("_old") else "_FILE")
    return Path(os.environ.get(setting, "").strip() or settings.HOME / "secrets" / key_name)


def every_key_file() -> Iterator[tuple[str, Path]]:
    """What opens the personal fields and seals the charters, wherever it is kept."""
    for name in sorted({*KEYS, *(path.name for path in (settings.HOME / "secrets").glob("*"))}):
        place = key_file_path(name)
        for path in sorted(place.glob("*")) if place.is_dir() else [place]:
            if path.is_file():
                yield f"keys/{name}" if path == place else f"keys/{name}/{path.name}", path


def every_stored_file() -> Iterator[tuple[str, Path]]:
    """What people uploaded and the machine made."""
    folder = settings.HOME / "files"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"files/{path.relative_to(folder).as_posix()}", path


class _HashingReader:
    """A file whose bytes are summed as they are read."""

    def __init__(self, source: Any) -> None:
        self.source, self.sum = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        piece: bytes = self.source.read(size)
        self.sum.update(piece)
        return piece


def _add_hashed_file(archive: tarfile.TarFile, name: str, path: Path) -> list[Any]:
    with path.open("rb") as source:
        size, summing = os.fstat(source.fileno()).st_size, _HashingReader(source)
        _add_stream_to_archive(archive, name, summing, size)
    return [size, summing.sum.hexdigest()]


def _add_stream_to_archive(archive: tarfile.TarFile, name: str, source: Any, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, source)


def _write_backup_record(file: Path, *, at: datetime, seconds: float) -> None:
    """Remember when it was, for the doctor and for who watches."""
    record = {"at": at.isoformat(), "file": str(file), "bytes": file.stat().st_size, "seconds": round(seconds, 1)}
    new = settings.HOME / f".{RECORD}"
    new.write_text(json.dumps(record))
    new.replace(settings.HOME / RECORD)


def last_backup_at() -> datetime | None:
    """When the last backup was made here; ``None`` if never."""
    try:
        record = json.loads((settings.HOME / RECORD).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return datetime.fromisoformat(record["at"])


def delete_old_backups(folder: Path, *, keep: int) -> list[Path]:
    """Delete the oldest of the daily backups, all but ``keep``; answers which."""
    old = sorted(folder.glob("plp-*.age"), reverse=True)[keep:]
    for file in old:
        file.unlink()
    return old
