"""A file of any usual form as rows of text: CSV with any delimiter and encoding, XLSX, XLS, ODS, vCard.

The form is seen in the content, never in the name. Extents are looked at before content: sizes before anything is
unpacked, the place of each cell before a sheet is laid out. Formulas and macros are never run.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineWorkbook

from plp.sandbox.parsers import OLD_ENCODINGS, Rejected
from plp.sandbox.parsers.compaction import compact_spreadsheet
from plp.sandbox.parsers.vcards import read_cards

MOST_COLUMNS = 100
LONGEST_CELL = 500
MOST_LETTERS = 12_000_000  # of all cells together: what is kept of a list, and goes over to whoever asked
DELIMITERS = ",;\t|"
ZIP, OLE, CARD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"BEGIN:VCARD"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
OUR_LETTERS = frozenset("àâäáçéèêëîïíôöóûùüúñßœæÀÂÄÇÉÈÊËÎÏÔÖÛÙÜŒ’‘“”–—€° ")

type Line = tuple[int, list[str]]


def read_rows(content: bytes, *, most_rows: int) -> dict[str, Any]:
    """``{"is_cards": ..., "encoding": ..., "lines": [[number, [cell, ...]], ...]}``: each row with its number in the
    file, from 1. ``encoding``: the old one that was guessed, by which letters may be wrong; empty where none was.

    A row of which nothing is filled in is left out. Rejects ``unreadable``, and ``too_big`` for more than
    ``most_rows`` rows or what unpacks beyond measure.
    """
    if content.startswith((ZIP, OLE)):
        return {"is_cards": False, "encoding": "", "lines": _limited_lines(_rows_of_workbook(content), most_rows)}
    text, encoding = decode_text_with_guess(content)
    is_cards = CARD in content[:2_000].upper() or CARD.decode() in text[:2_000].upper()
    if is_cards and text.upper().count("\nBEGIN:VCARD") > most_rows:
        raise Rejected("too_big")
    return {
        "is_cards": is_cards,
        "encoding": encoding,
        "lines": _limited_lines(read_cards(text) if is_cards else _rows_of_text(text), most_rows),
    }


def _limited_lines(lines: Iterable[Line], most_rows: int) -> list[Line]:
    """The lines, as long as they are not too many and not too long together."""
    bounded: list[Line] = []
    letters = 0
    for number, cells in lines:
        if not any(cells):
            continue
        letters += sum(map(len, cells)) + 3 * len(cells)
        if len(bounded) == most_rows or letters > MOST_LETTERS:
            raise Rejected("too_big")
        bounded.append((number, cells))
    return bounded


def decode_text_with_guess(content: bytes) -> tuple[str, str]:
    """The text in ``content``: by its mark, else UTF-16 where every other byte is empty, else UTF-8, else the old
    encoding that gives letters of our languages, or at least letters: that one is named beside the text.
    """
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), "") or _guess_utf_16(content)
    with suppress(UnicodeDecodeError):
        return _without_nul(content.decode(marked or "utf-8")), ""
    readings = {name: content.decode(name, errors="replace") for name in OLD_ENCODINGS}
    guessed = min(readings, key=lambda name: _unusual_letter_score(readings[name]))
    return _without_nul(readings[guessed]), guessed


def _guess_utf_16(content: bytes) -> str:
    """The name of UTF-16 without its mark: nearly every second byte of western words is empty."""
    start = content[:2_000]
    for first, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        if len(start) > 8 and start[first::2].count(0) > 0.9 * len(start[first::2]):
            return name
    return ""


def _unusual_letter_score(text: str) -> int:
    """How little a reading looks like ours: a letter of other languages, or a hole, counts one, any other sign two."""
    return sum(
        1 if sign.isalpha() or sign == "\ufffd" else 2 for sign in text if sign > "\x7f" and sign not in OUR_LETTERS
    )


def _without_nul(text: str) -> str:
    if text.count("\0") > len(text) // 100:
        raise Rejected("unreadable")
    return text.replace("\0", "")


def _rows_of_text(text: str) -> Iterator[Line]:
    """The rows of a CSV text under the delimiter that cuts most rows into the same number of cells."""
    start = "\n".join(text[:50_000].splitlines()[:60])
    delimiter = max(DELIMITERS, key=lambda sign: _delimiter_score(start, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, [_cell_text(cell) for cell in cells[:MOST_COLUMNS]]
            line = reader.line_num + 1
    except csv.Error as wrong:
        raise Rejected("unreadable") from wrong


def _delimiter_score(text: str, delimiter: str) -> tuple[float, int]:
    """How evenly ``delimiter`` cuts: the share of rows with the usual number of cells, none for a single cell."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    usual, times = Counter(widths).most_common(1)[0]
    return (times / len(widths) if usual > 1 else 0.0, usual)


def _rows_of_workbook(content: bytes) -> Iterator[Line]:
    """The rows of the first sheet that holds any."""
    is_marked = False
    if content.startswith(ZIP):
        content, is_marked = compact_spreadsheet(content, most_columns=MOST_COLUMNS)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        sheet_rows = next((cells for sheet in sheets if (cells := sheet.to_python(skip_empty_area=False))), [])
    except MemoryError:
        raise
    except BaseException as wrong:  # the library panics at what it did not foresee, and that is no Exception
        raise Rejected("unreadable") from wrong
    widest = max((_filled_width(row) for row in sheet_rows), default=0) if is_marked else MOST_COLUMNS
    for place, row in enumerate(sheet_rows, start=1):
        if row.count("") < len(row):
            yield (
                (_original_row_number_or_zero(row) or place) if is_marked else place,
                ["" if cell == "" else _cell_text(cell) for cell in row[:widest]],
            )


def _filled_width(row: Sequence[object]) -> int:
    """How many columns of a row are read: up to the last one that is filled in."""
    return next((place for place in range(min(len(row), MOST_COLUMNS), 0, -1) if row[place - 1] != ""), 0)


def _original_row_number_or_zero(row: Sequence[object]) -> int:
    """Where a row that ``compaction`` moved stood in the file; 0 for one that was not moved."""
    noted = row[MOST_COLUMNS] if len(row) > MOST_COLUMNS else 0
    return int(noted) if isinstance(noted, float) else 0


def _cell_text(value: object) -> str:
    """A cell as people read it: whole numbers without point, days as ISO dates, spaces trimmed."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return " ".join(str(value).split())[:LONGEST_CELL]
