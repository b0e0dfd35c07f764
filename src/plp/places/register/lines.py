"""From bytes to lines: plain or compressed, with each fault named by its line and memory that stays flat."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

MOST_BYTES = 16_384  # in one line: a real one has some 300
MOST_LINES = 10_000_000  # the whole country has about 6 million addresses
GZIP, ZIP, UTF8_MARK = b"\x1f\x8b", b"PK\x03\x04", b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """The file as a whole cannot be read on from ``line``; ``reason`` says why and what to do."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def opened(source: BinaryIO) -> BinaryIO:
    """``source`` decompressed if it is gzip, whatever its name. Raises ``Unreadable`` for a kind we know is wrong."""
    buffered = io.BufferedReader(source) if isinstance(source, io.RawIOBase) else source
    start = buffered.read(4)
    buffered.seek(0)
    if not start:
        raise Unreadable(1, _("The file is empty."))
    if start.startswith(ZIP):
        raise Unreadable(1, _("This is a zip or Excel file. Save it as CSV (UTF-8) first."))
    if start.startswith(UTF16_MARKS):
        raise Unreadable(1, _("The file is written in UTF-16. Save it as CSV (UTF-8) first."))
    return gzip.GzipFile(fileobj=buffered) if start.startswith(GZIP) else buffered  # type: ignore[return-value]


def lines(source: BinaryIO) -> Iterator[tuple[int, str | None, str]]:
    """Each line that is not blank as (number from 1, text, fault); ``text`` is ``None`` when there is a fault.

    Raises ``Unreadable`` for a compressed file that is damaged or cut short, and for one of more than 10 million lines.
    """
    number = 0
    file = opened(source)
    try:
        while raw := file.readline(MOST_BYTES):
            number += 1
            if number > MOST_LINES:
                raise Unreadable(number, _("The file has more than ten million lines."))
            if number == 1:
                raw = raw.removeprefix(UTF8_MARK)
            if len(raw) == MOST_BYTES and not raw.endswith(b"\n"):
                _skip_rest(file)
                yield number, None, _("The line is far too long.")
            elif raw.strip(b"\r\n"):
                yield number, *_decoded(raw)
    except (EOFError, zlib.error, gzip.BadGzipFile) as damaged:
        raise Unreadable(number + 1, _("The compressed file is damaged or cut short. Fetch it again.")) from damaged


def _skip_rest(file: BinaryIO) -> None:
    while (raw := file.readline(MOST_BYTES)) and not raw.endswith(b"\n"):
        pass


def _decoded(raw: bytes) -> tuple[str | None, str]:
    try:
        return raw.decode("utf-8").rstrip("\r\n"), ""
    except UnicodeDecodeError:
        return None, _("The line is not written in UTF-8. Save the file as CSV (UTF-8) first.")
