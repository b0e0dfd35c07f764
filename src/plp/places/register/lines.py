"""From bytes to lines: plain or compressed, with each fault named by its line and memory that stays flat."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.sandbox.client import stream_from_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import NotReadNow, TooHeavy

MOST_BYTES = 16_384  # in one line: a real one has some 300
MOST_LINES = 10_000_000  # the whole country has about 7 million addresses
MOST_BYTES_IN_ALL = 4 * 1024**3  # and fills 1.5 GB
GZIP, ZIP, UTF8_MARK = b"\x1f\x8b", b"PK\x03\x04", b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
REJECTED = {
    "locked": gettext_lazy("The ZIP file is damaged or locked. Fetch it again."),
    "no_table": gettext_lazy("This ZIP or Excel file contains no CSV file. Save it as CSV (UTF-8) first."),
    "too_many": gettext_lazy("This ZIP contains too many files. Take the CSV file out of it."),
    "too_big": gettext_lazy("The file is larger than four gigabytes."),
}


class UnreadableRegister(Exception):
    """The file as a whole cannot be read on from ``line``; ``reason`` says why and what to do."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def decompressed_register_files(source: BinaryIO) -> Iterator[BinaryIO]:
    """``source`` decompressed, whatever its name: itself, what a gzip holds, or each CSV file of a ZIP in turn.

    Raises ``UnreadableRegister`` for a kind we know is wrong, and what ``stream`` raises.
    """
    buffered = io.BufferedReader(source) if isinstance(source, io.RawIOBase) else source
    start = buffered.read(4)
    buffered.seek(0)
    if not start:
        raise UnreadableRegister(1, _("The file is empty."))
    if start.startswith(UTF16_MARKS):
        raise UnreadableRegister(1, _("The file is written in UTF-16. Save it as CSV (UTF-8) first."))
    if not start.startswith((ZIP, GZIP)):
        yield buffered
        return
    parts = stream_from_sandbox("archives:stream_csv_files", _as_disk_file(buffered))
    for _number, pieces in groupby(parts, key=lambda part: part[0]["file"]):
        yield io.BufferedReader(_Pieces(piece for _head, piece in pieces))


def _as_disk_file(source: BinaryIO) -> BinaryIO:
    """The same bytes in a file that another process can read."""
    try:
        source.fileno()
    except OSError:
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed with its last reader
        shutil.copyfileobj(source, copy)
        copy.seek(0)
        return copy
    return source


class _Pieces(io.RawIOBase):
    """Pieces as a file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.rest = memoryview(b"")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As ``io.RawIOBase`` wants it."""
        if not self.rest:
            self.rest = memoryview(next(self.pieces, b""))
        size = min(len(buffer), len(self.rest))
        buffer[:size] = self.rest[:size]
        self.rest = self.rest[size:]
        return size


def register_lines(source: BinaryIO) -> Iterator[tuple[int, str | None, str]]:
    """Each line that is not blank as (number from 1, text, fault); ``text`` is ``None`` when there is a fault.

    Of a ZIP with several files the numbers go on from one to the next. ``UnreadableRegister``: a compressed file that
    is damaged or cut short, and for one of more than 10 million lines or 4 GiB.
    """
    number = size = 0
    try:
        for file in decompressed_register_files(source):
            is_first = True
            while raw := file.readline(MOST_BYTES):
                number, size = number + 1, size + len(raw)
                if number > MOST_LINES:
                    raise UnreadableRegister(number, _("The file has more than ten million lines."))
                if size > MOST_BYTES_IN_ALL:
                    raise UnreadableRegister(number, _("The file is larger than four gigabytes."))
                if is_first:
                    raw, is_first = raw.removeprefix(UTF8_MARK), False
                if len(raw) == MOST_BYTES and not raw.endswith(b"\n"):
                    size += _skip_rest_of_line(file)
                    yield number, None, _("The line is far too long.")
                elif raw.strip(b"\r\n"):
                    yield number, *_decoded_line_or_fault(raw)
    except Rejected as rejected:
        damaged = _("The compressed file is damaged or cut short. Fetch it again.")
        raise UnreadableRegister(number + 1, str(REJECTED.get(rejected.key, damaged))) from rejected
    except (TooHeavy, NotReadNow) as refused:
        raise UnreadableRegister(number + 1, refused.in_words()) from refused


def _skip_rest_of_line(file: BinaryIO) -> int:
    """Read on to the end of a line, or of what a file may hold. Answers the bytes read."""
    size = 0
    while size <= MOST_BYTES_IN_ALL and (raw := file.readline(MOST_BYTES)):
        size += len(raw)
        if raw.endswith(b"\n"):
            break
    return size


def _decoded_line_or_fault(raw: bytes) -> tuple[str | None, str]:
    try:
        return raw.decode("utf-8").rstrip("\r\n"), ""
    except UnicodeDecodeError:
        return None, _("The line is not written in UTF-8. Save the file as CSV (UTF-8) first.")
