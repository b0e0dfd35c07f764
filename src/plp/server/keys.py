"""The secrets that the program makes itself: each a file of random bytes in base64, readable by us alone."""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from plp.server.setting_readers import read_path


def key_file(setting: str, home: Path) -> Path:
    """Where a secret is kept: ``<name>_FILE``, else in the data folder ``home``."""
    return read_path(f"{setting}_FILE", home / "secrets" / setting.removeprefix("PLP_").lower())


def read_or_create_key(setting: str, home: Path, *, size: int) -> bytes:
    """A secret of at least ``size`` random bytes from ``<name>_FILE``; made on first start.

    What nobody drew by chance is refused: too short, no base64, the same few bytes again and again, or counted (T49).
    """
    path = key_file(setting, home)
    if not path.exists() and setting == "PLP_FIELD_KEY" and (home / "plp.sqlite3").exists():
        raise ImproperlyConfigured(
            f"The key of this database is missing: put it back as {path}. A new one opens nothing."
        )
    if not path.exists():
        _write_new_key(path, size)
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) < size or len(set(key)) < size // 2 or not looks_random(key):
        raise ImproperlyConfigured(
            f"{path} must hold at least {size} random bytes in base64: head -c {size} /dev/urandom | base64 -w 0"
        )
    return key


def looks_random(key: bytes) -> bool:
    """Whether ``key`` (32 bytes or more) may have been drawn by chance: nothing counted, sorted or repeated.

    The distances between bytes that stand 1, 2, 3 ... places apart are many different ones in what chance draws.
    """
    for apart in range(1, len(key) // 2 + 1):
        distances = {(later - earlier) % 256 for earlier, later in zip(key, key[apart:], strict=False)}
        if len(distances) < min(len(key) - apart, 128) // 3:
            return False
    return list(key) not in (sorted(key), sorted(key, reverse=True))


def _write_new_key(path: Path, size: int) -> None:
    """Write a new key whole, and have it on the disk before anything is sealed with it; the first of two counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(size)))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def read_old_signing_keys(folder: Path) -> list[str]:
    """The signing keys that were in force before, the newest first: they check what they signed, and sign no more."""
    files = sorted(folder.glob("*.key"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    try:
        return [base64.b64encode(base64.b64decode(path.read_bytes().strip(), validate=True)).decode() for path in files]
    except ValueError as error:
        raise ImproperlyConfigured(f"A key in {folder} is no base64: put it back from a backup.") from error
