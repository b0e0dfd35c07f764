"""A file of any usual form as a table: CSV with any delimiter and encoding, XLSX, XLS, ODS, vCard.

The form is seen in the content, never in the name. Strangers' files are hostile: sizes are capped before anything is
unpacked, formulas and macros are never run, and what cannot be read is refused with a sentence.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from plp.partnership.lists.columns import recognised
from plp.partnership.lists.vcards import HEADER, cards
from plp.toolbox.moves import Refused

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000
MOST_PARTS = 2_000  # files inside a spreadsheet
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 500
DELIMITERS = ",;\t|"
HEADER_WITHIN = 20  # rows before the names of the columns: a title, an empty line
ZIP, OLE, CARD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"BEGIN:VCARD"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
OLD_ENCODINGS = ("cp1252", "cp850", "mac_roman")
OUR_LETTERS = frozenset("àâäáçéèêëîïíôöóûùüúñßœæÀÂÄÇÉÈÊËÎÏÔÖÛÙÜŒ’‘“”–—€°«» ")
LIKE_PHONE = re.compile(r"\+?(?:[ ()/.\-]*\d){9,14}")

type Line = tuple[int, tuple[str, ...]]


class Unreadable(Refused):
    """Not a file that holds a list in a form we know."""

    sentence = _("This file cannot be read as a list. Save it as CSV, XLSX, ODS or vCard and choose it again.")


class TooBig(Refused):
    """More than we take at once."""

    sentence = _("This file is too big. At most 5 MB and 20,000 rows are read at once: cut it in two.")


class NoRows(Refused):
    """Nothing below the names of the columns, or nothing at all."""

    sentence = _(
        "This file contains no row. Check that the list is on the first sheet, with a heading above each column."
    )


@dataclass(frozen=True)
class Table:
    """What a file holds: the names of its columns, and its rows, each with its number in the file."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(content: bytes) -> Table:
    """The list in ``content``. Raises ``Unreadable``, ``TooBig`` or ``NoRows``."""
    if len(content) > MOST_BYTES:
        raise TooBig
    if content.startswith((ZIP, OLE)):
        return _below_header(_from_workbook(content))
    text = decoded(content)
    if CARD in content[:2_000].upper() or CARD.decode() in text[:2_000].upper():
        lines = tuple(cards(text))
        return _checked(Table(HEADER, lines))
    return _below_header(_from_text(text))


def decoded(content: bytes) -> str:
    """The text in ``content``: by its mark, else UTF-8, else the old encoding that gives letters of our languages."""
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), "")
    with suppress(UnicodeDecodeError):
        return _without_nul(content.decode(marked or "utf-8"))
    readings = [content.decode(name, errors="replace") for name in OLD_ENCODINGS]
    return _without_nul(
        min(readings, key=lambda text: sum(1 for sign in text if sign > "\x7f" and sign not in OUR_LETTERS))
    )


def _without_nul(text: str) -> str:
    if text.count("\0") > len(text) // 100:
        raise Unreadable
    return text.replace("\0", "")


def _from_text(text: str) -> list[Line]:
    """The rows of a CSV text under the delimiter that cuts most rows into the same number of cells."""
    start = "\n".join(text[:50_000].splitlines()[:60])
    delimiter = max(DELIMITERS, key=lambda one: _evenness(start, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Line] = []
    line = 1
    try:
        for cells in reader:
            found.append((line, tuple(_cell(cell) for cell in cells[:MOST_COLUMNS])))
            line = reader.line_num + 1
            if len(found) > MOST_ROWS + HEADER_WITHIN:
                raise TooBig
    except csv.Error as wrong:
        raise Unreadable from wrong
    return found


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """How evenly ``delimiter`` cuts: the share of rows with the usual number of cells, none for a single cell."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    usual, times = Counter(widths).most_common(1)[0]
    return (times / len(widths) if usual > 1 else 0.0, usual)


def _from_workbook(content: bytes) -> list[Line]:
    """The rows of the first sheet that holds any."""
    if content.startswith(ZIP):
        _check_parts(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_index(place) for place in range(len(book.sheet_names)))
        rows = next((found for found in (sheet.to_python(skip_empty_area=False) for sheet in sheets) if found), [])
    except (CalamineError, OSError, ValueError) as wrong:
        raise Unreadable from wrong
    if len(rows) > MOST_ROWS + HEADER_WITHIN:
        raise TooBig
    return [(place, tuple(_cell(cell) for cell in row[:MOST_COLUMNS])) for place, row in enumerate(rows, start=1)]


def _check_parts(content: bytes) -> None:
    """Refuse a packed file that would unpack beyond measure, or that lies about its sizes (a zip bomb)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TooBig
            if packed.testzip() is not None:
                raise Unreadable
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as wrong:
        raise Unreadable from wrong


def _cell(value: object) -> str:
    """A cell as people read it: whole numbers without point, days as ISO dates, spaces trimmed."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return " ".join(str(value).split())[:LONGEST_CELL]


def _below_header(lines: list[Line]) -> Table:
    """Cut what stands above the names of the columns: the row among the first in which most names are recognised."""
    full = [line for line in lines if any(line[1])]
    if not full:
        raise NoRows
    first = full[:HEADER_WITHIN]
    best = max(range(len(first)), key=lambda place: (recognised(first[place][1]), -place))
    if not recognised(first[best][1]) and (named := _by_content(first[0][1])):
        return _checked(Table(named, tuple(full)))
    return _checked(Table(first[best][1], tuple(full[best + 1 :])))


def _by_content(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Names for the columns of a list that has none: what a cell is seen to hold, else its number.

    Nothing for a row in which no address is seen: it may be names in a language that we do not know.
    """
    seen = ["E-mail" if "@" in cell else "GSM" if LIKE_PHONE.fullmatch(cell) else "" for cell in cells]
    return tuple(name or f"({place})" for place, name in enumerate(seen, start=1)) if any(seen) else ()


def _checked(table: Table) -> Table:
    if not table.lines:
        raise NoRows
    if len(table.lines) > MOST_ROWS:
        raise TooBig
    return table
