"""The field keys: the one in force, and older ones that still open what was sealed before it (rotation on live data).

The files are looked at again while the process runs, so ``./plp rotate-keys`` needs no restart of web and worker.
"""

import base64
import hmac
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from django.conf import settings

LOOK_AGAIN = 1.0  # seconds after which the files are looked at again
ID_BYTES = 4


@dataclass(frozen=True)
class Key:
    """A field key: 32 random bytes or more. ``name`` (4 bytes) stands in front of whatever it sealed."""

    secret: bytes

    @property
    def name(self) -> bytes:
        """Tells which key it is, and nothing of it."""
        return _name_of_secret(self.secret)

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose."""
        return _derive_key(self.secret, purpose)


@lru_cache(maxsize=64)
def _name_of_secret(secret: bytes) -> bytes:
    return hmac.digest(secret, b"name of a field key", "sha256")[:ID_BYTES]


@lru_cache(maxsize=256)
def _derive_key(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, purpose.encode(), "sha256")


class _Ring:
    """What was last read, and when."""

    keys: tuple[Key, ...] = ()
    names: ClassVar[dict[bytes, Key]] = {}
    index: Key | None = None
    read_at = float("-inf")
    source: Path | None = None


def reload_keys() -> None:
    """Read the files now."""
    # The older ones first: a key moves from the file in force to the folder, so it is seen in one of them at least.
    old = [_read_key(path) for path in old_key_files()]
    current = _read_key(settings.FIELD_KEY_FILE)
    keys = [current, *(key for key in old if key != current)]
    _Ring.keys, _Ring.source, _Ring.read_at = tuple(keys), settings.FIELD_KEY_FILE, time.monotonic()
    _Ring.names = {key.name: key for key in keys}
    marked = digest_key_name_file()
    name = marked.read_text().strip() if marked.exists() else ""
    _Ring.index = next((key for key in keys if key.name.hex() == name), current)


def _read_key(path: Path) -> Key:
    return Key(base64.b64decode(path.read_bytes()))


def old_key_files() -> list[Path]:
    """The files of the older keys, the newest first."""
    key_files = [path for path in settings.FIELD_KEYS_OLD.glob("*") if path.suffix == ".key"]
    return sorted(key_files, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def digest_key_name_file() -> Path:
    """Names the key of the look-up digests while they are not yet those of the key in force."""
    return Path(settings.FIELD_KEYS_OLD) / "index"


def all_keys() -> tuple[Key, ...]:
    """The key in force, then the older ones."""
    if _Ring.source is not settings.FIELD_KEY_FILE or time.monotonic() - _Ring.read_at > LOOK_AGAIN:
        reload_keys()
    return _Ring.keys


def current_key() -> Key:
    """The key that seals."""
    return all_keys()[0]


def oldest_key() -> Key:
    """The oldest key that is still there: codes on paper and links keep to it until it is taken out."""
    return all_keys()[-1]


def digest_key() -> Key:
    """The key of the digests by which contacts, doors and accounts are found: all rows keep to one key at a time."""
    if len(all_keys()) > 1:
        reload_keys()  # while keys change, to the moment
    return _Ring.index or current_key()


def key_by_name(name: bytes) -> Key | None:
    """The key of this name, looked for again in the files before it is called unknown."""
    all_keys()
    if name not in _Ring.names:
        reload_keys()
    return _Ring.names.get(name)
