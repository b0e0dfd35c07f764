"""From bytes to lines: plain or compressed, with each fault named by its line and memory that stays flat."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

MOST_BYTES = 16_384  # in one line: a real one has some 300
MOST_LINES = 10_000_000  # the whole country has about 7 million addresses
MOST_BYTES_IN_ALL = 4 * 1024**3  # and fills 1.5 GB
GZIP, ZIP, UTF8_MARK = b"\x1f\x8b", b"PK\x03\x04", b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """The file as a whole cannot be read on from ``line``; ``reason`` says why and what to do."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def opened(source: BinaryIO) -> list[BinaryIO]:
    """``source`` decompressed, whatever its name: itself, what a gzip holds, or each CSV file of a ZIP in turn.

    Raises ``Unreadable`` for a kind we know is wrong.
    """
    buffered = io.BufferedReader(source) if isinstance(source, io.RawIOBase) else source
    start = buffered.read(4)
    buffered.seek(0)
    if not start:
        raise Unreadable(1, _("The file is empty."))
    if start.startswith(ZIP):
        return _members(buffered)
    if start.startswith(UTF16_MARKS):
        raise Unreadable(1, _("The file is written in UTF-16. Save it as CSV (UTF-8) first."))
    if start.startswith(GZIP):
        return [gzip.GzipFile(fileobj=buffered)]  # type: ignore[list-item]
    return [buffered]


def _members(source: BinaryIO) -> list[BinaryIO]:
    """The CSV files in a ZIP, in order. Raises ``Unreadable`` when there is none, or they are locked."""
    try:
        archive = zipfile.ZipFile(source)
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        members = [archive.open(name) for name in names]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as locked:
        raise Unreadable(1, _("The ZIP file is damaged or locked. Fetch it again.")) from locked
    if not members:
        raise Unreadable(1, _("This ZIP or Excel file contains no CSV file. Save it as CSV (UTF-8) first."))
    return members  # type: ignore[return-value]


def lines(source: BinaryIO) -> Iterator[tuple[int, str | None, str]]:
    """Each line that is not blank as (number from 1, text, fault); ``text`` is ``None`` when there is a fault.

    Of a ZIP with several files the numbers go on from one to the next. Raises ``Unreadable`` for a compressed file that
    is damaged or cut short, and for one of more than 10 million lines or 4 GiB.
    """
    number = size = 0
    try:
        for file in opened(source):
            is_first = True
            while raw := file.readline(MOST_BYTES):
                number, size = number + 1, size + len(raw)
                if number > MOST_LINES:
                    raise Unreadable(number, _("The file has more than ten million lines."))
                if size > MOST_BYTES_IN_ALL:
                    raise Unreadable(number, _("The file is larger than four gigabytes."))
                if is_first:
                    raw, is_first = raw.removeprefix(UTF8_MARK), False
                if len(raw) == MOST_BYTES and not raw.endswith(b"\n"):
                    size += _skip_rest(file)
                    yield number, None, _("The line is far too long.")
                elif raw.strip(b"\r\n"):
                    yield number, *_decoded(raw)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as damaged:
        raise Unreadable(number + 1, _("The compressed file is damaged or cut short. Fetch it again.")) from damaged


def _skip_rest(file: BinaryIO) -> int:
    """Read on to the end of a line, or of what a file may hold. Answers the bytes read."""
    size = 0
    while size <= MOST_BYTES_IN_ALL and (raw := file.readline(MOST_BYTES)):
        size += len(raw)
        if raw.endswith(b"\n"):
            break
    return size


def _decoded(raw: bytes) -> tuple[str | None, str]:
    try:
        return raw.decode("utf-8").rstrip("\r\n"), ""
    except UnicodeDecodeError:
        return None, _("The line is not written in UTF-8. Save the file as CSV (UTF-8) first.")
