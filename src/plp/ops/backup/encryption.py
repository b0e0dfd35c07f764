"""The age format by its library: a pair of keys, and streams that are encrypted and opened piece by piece."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from plp.ops.cli import Failed
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import pyrage
else:
    pyrage = lazy_import("pyrage")

BEGIN = "AGE-SECRET-KEY-"


def new_secret_and_public_key() -> tuple[str, str]:
    """A secret key and its public one, both as text."""
    secret_key = pyrage.x25519.Identity.generate()
    return str(secret_key), str(secret_key.to_public())


def parse_public_key(text: str) -> Any:
    """The public key written as ``age1...``. Raises ``Failed``."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Failed("This is no public key: one begins with age1 (./plp backup-key makes a pair).") from error


def read_secret_key(file: Path) -> Any:
    """The secret key in a file, among lines of comment. Raises ``Failed``."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line.startswith(BEGIN):
            with suppress(pyrage.IdentityError):
                return pyrage.x25519.Identity.from_str(line)
    raise Failed(f"{file} holds no secret key: it must have a line that begins with {BEGIN}.")


class _PipeThread(threading.Thread):
    """One half of a pipe, in a thread; what went wrong in it is kept for the other half."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.work, self.error = work, None

    error: BaseException | None

    def run(self) -> None:
        try:
            self.work()
        except BaseException as error:
            self.error = error


@contextmanager
def encrypting_stream(target: BinaryIO, public_key: Any) -> Iterator[BinaryIO]:
    """A stream to write to: what is written reaches ``target`` encrypted to ``public_key``."""
    reading, writing = os.pipe()

    def encrypt_pipe() -> None:
        with os.fdopen(reading, "rb") as source:
            pyrage.encrypt_io(source, target, [public_key])

    aside = _PipeThread(encrypt_pipe)
    aside.start()
    try:
        with os.fdopen(writing, "wb") as stream:
            yield stream
    except BrokenPipeError:
        aside.join()
        if aside.error is None:
            raise
    finally:
        aside.join()
    if aside.error:
        raise aside.error  # the disk is full, say


@contextmanager
def decrypting_stream(source: BinaryIO, secret_key: Any) -> Iterator[BinaryIO]:
    """A stream to read from: what ``source`` holds, in clear. Raises ``Failed`` for a file that is not whole."""
    reading, writing = os.pipe()

    def decrypt_pipe() -> None:
        with os.fdopen(writing, "wb") as target:
            pyrage.decrypt_io(source, target, [secret_key])

    aside = _PipeThread(decrypt_pipe)
    aside.start()
    try:
        with os.fdopen(reading, "rb") as stream:
            try:
                yield stream
            finally:
                while stream.read(1 << 20):  # to its end: only there does age know that nothing was cut
                    pass
    finally:
        aside.join()
        if aside.error:
            raise Failed(_unreadable_backup_text(aside.error)) from aside.error


def _unreadable_backup_text(error: BaseException) -> str:
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        return "This backup was made for another key: give --identity with the secret part of that pair."
    return "This file is no backup, or it was cut or changed: take another copy of it, or an older backup."
