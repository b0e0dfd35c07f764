"""What a worker knows of the copies in its hands, in a file that outlives its process (ADR 0035).

The file is mapped into memory: what is stored there is in the page cache of the machine, and stays when the process is
killed. It holds a slot for each connection, since each has one copy in flight. A slot holds numbers, keys and a
supplier's name for a copy: nothing of a person. A slot is used again only when the result of its last copy is
committed, so a copy that no slot names has never left.

The last store into a slot is one aligned word, which no signal cuts in two: a slot says all of something, or nothing.
"""

import fcntl
import json
import logging
import mmap
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from plp.delivery.engine.work_items import ClaimedCopy, SendResult

log = logging.getLogger(__name__)
SLOT, WORD = 256, 8  # bytes
HEAD = slice(0, 64)  # of the file: what it is, after which start of the machine, and for which database
TEXT = 3 * WORD  # where the text of a slot begins, behind the state, the number of the copy and the code
LONGEST = SLOT - TEXT
SIGNATURE = b"plp copies 1".ljust(16)
WORKER_NAME_LENGTH = 12  # letters of a token that name the worker; the others count its claims
LEAVES, TAKEN, ENDED = 1, 2, 3  # what a slot says of its copy: its data leaves, it was accepted, it has this result
BOOT = Path("/proc/sys/kernel/random/boot_id")


class SlotContent(NamedTuple):
    """What a slot says of a copy."""

    stage: int
    text: str

    def result(self, copy: int, token: str) -> SendResult | None:
        """What became of the copy; None where its data left, and no answer came."""
        if self.stage == TAKEN:
            return SendResult(copy, token, reference=self.text)
        return SendResult(copy, token, *json.loads(self.text)) if self.stage == ENDED else None


SlotContents = Mapping[tuple[str, int], SlotContent]  # by token and the number of the copy


class OutcomeSlot:
    """How far the copy of one connection is (``plp.delivery.channel.Progress``)."""

    def __init__(self, memory: memoryview) -> None:
        self.words, self.text = memory[:TEXT].cast("Q"), memory[TEXT:]
        self.code = memory[2 * WORD :][: len("250")]
        self.copy = self.claim = self.turn = self.head = 0
        self.token = ""
        self.is_taken = False

    def prepare(self, item: ClaimedCopy) -> None:
        """The next copy is this one. Nothing is stored yet: what is said of the last one is of no use any more."""
        if item.token != self.token:
            self.token, self.claim = item.token, int(item.token[WORKER_NAME_LENGTH:], 16) << 32
        self.copy, self.is_taken = item.id, False
        self.turn = (self.turn + 0x1_0000) & 0xFFFF_0000
        self.head = self.claim | self.turn

    def mark_leaving(self) -> None:
        """The next bytes hand the copy over."""
        words = self.words
        words[0] = 0
        words[1], words[2] = self.copy, 0
        words[0] = self.head | LEAVES << 8

    def mark_taken(self, reference: str = "") -> None:
        """The supplier took it, under this name of its own."""
        self.is_taken = True
        if reference:
            self._write_stage(TAKEN, reference)
        else:
            self.words[0] = self.head | TAKEN << 8

    def mark_ended(self, result: SendResult) -> None:
        """This is to be committed of it."""
        if not self.is_taken:
            self._write_stage(ENDED, json.dumps(result[2:]))

    def _write_stage(self, stage: int, text: str) -> None:
        content = text.encode()
        if len(content) > LONGEST:
            return  # a doubt, at worst
        if self.words[0] & ~0xFFFF != self.head:
            self.words[0] = 0
            self.words[1] = self.copy
        self.text[: len(content)] = content
        self.words[0] = self.head | stage << 8 | len(content)


class OutcomeFile:
    """The file of one worker, locked while it lives; its name begins each of the worker's tokens. ``folder``: where
    the files of other workers are, if anywhere.
    """

    def __init__(self, memory: mmap.mmap, worker: str, folder: Path | None, file: int | None = None) -> None:
        self.worker, self.folder, self.file = worker, folder, file
        self.claims = 0
        view = memoryview(memory)
        self.free = (OutcomeSlot(view[at : at + SLOT]) for at in range(SLOT, len(memory), SLOT))

    def take_slot(self) -> OutcomeSlot:
        """A slot for one more connection."""
        return next(self.free)

    def next_token(self) -> str:
        """The token of one more claim."""
        self.claims += 1
        return f"{self.worker}{self.claims & 0xFFFFFFFF:08x}"

    def close(self) -> None:
        """Every result is committed: nothing is left to be known."""
        if self.folder is not None and self.file is not None:
            (self.folder / self.worker).unlink(missing_ok=True)
            os.close(self.file)


def outcomes_in_memory(slots: int = 1000, folder: Path | None = None) -> OutcomeFile:
    """For a worker that cannot leave a file: what it knows dies with it."""
    return OutcomeFile(mmap.mmap(-1, (slots + 1) * SLOT), secrets.token_hex(WORKER_NAME_LENGTH // 2), folder)


def create_outcome_file(folder: Path, slots: int) -> OutcomeFile:
    """A file for so many connections, for this process alone. Where none can be made the worker goes without."""
    path = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, file = _create_locked_file(folder)
        size = (slots + 1) * SLOT
        os.posix_fallocate(file, 0, size)  # a full disk is met here, not in the middle of a store
        memory = mmap.mmap(file, size)
        memory[HEAD] = _file_header()
    except OSError as failure:
        log.warning("what this worker knows of its copies is not kept in a file: %s", failure.strerror)
        if path is not None:
            path.unlink(missing_ok=True)
            os.close(file)
        return outcomes_in_memory(slots, folder if folder.is_dir() else None)
    return OutcomeFile(memory, path.name, folder, file)


def _create_locked_file(folder: Path) -> tuple[Path, int]:
    """A new file that nobody took for one that was left, before it was locked."""
    while True:
        path = folder / secrets.token_hex(WORKER_NAME_LENGTH // 2)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if path.stat().st_ino == os.fstat(file).st_ino:
                return path, file
        os.close(file)


def _file_header() -> bytes:
    """What a file must begin with to be believed. Raises ``OSError`` where a start of the machine has no name."""
    database_settings = connection.settings_dict
    database = "\n".join(
        [connection.vendor, *(str(database_settings.get(part) or "") for part in ("HOST", "PORT", "NAME"))]
    )
    boot = UUID(BOOT.read_text().strip()).bytes
    return SIGNATURE + boot + blake2b(database.encode(), digest_size=32).digest()


@contextmanager
def locked_abandoned_outcomes(path: Path) -> Iterator[SlotContents | None]:
    """What a worker left that died; locked meanwhile. None where it lives, or the file is not for us.

    A file from before the machine started is removed: nothing says that all of it had reached the disk.
    """
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:  # another worker was first
        yield None
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        content, head = os.pread(file, os.fstat(file).st_size, 0), _file_header()
        if content[: len(SIGNATURE) + 16] != head[: len(SIGNATURE) + 16]:
            path.unlink(missing_ok=True)
        yield parse_slots(content, path.name) if content[HEAD] == head else None
    except BlockingIOError:
        yield None
    finally:
        os.close(file)


def outcomes_of_worker(path: Path) -> SlotContents:
    """What the file of a worker says that may be writing into it at this moment: what it says twice."""
    try:
        first, second = path.read_bytes(), path.read_bytes()
        if first[HEAD] != _file_header():
            return {}
    except OSError:
        return {}
    again = parse_slots(second, path.name)
    return {key: note for key, note in parse_slots(first, path.name).items() if again.get(key) == note}


def parse_slots(content: bytes, worker: str) -> dict[tuple[str, int], SlotContent]:
    """What the slots of a file say."""
    notes = {}
    for at in range(SLOT, len(content) - SLOT + 1, SLOT):
        slot = content[at : at + SLOT]
        head, copy, code = memoryview(slot)[:TEXT].cast("Q")
        if head:
            stage, text = head >> 8 & 0xFF, slot[TEXT : TEXT + (head & 0xFF)]
            reply_code = code.to_bytes(WORD, sys.byteorder)[: len("250")]
            if stage == LEAVES and reply_code.startswith(b"2") and reply_code.isdigit():
                stage = TAKEN
            notes[f"{worker}{head >> 32:08x}", copy] = SlotContent(stage, text.decode(errors="replace"))
    return notes
