"""How far a spreadsheet reaches, looked at before it is laid out: one stray cell far away must not cost a continent.

A sheet is laid out as a rectangle from its first cell to its last. So a packed sheet (XLSX, ODS) that reaches too far
is written anew without the columns that nobody reads and without the empty rows in between. A row that moved up says
where it stood, by a number in the first column that is not read.
"""

import io
import re
import zipfile
import zlib
from xml.parsers.expat import ExpatError, ParserCreate

from plp.sandbox.parsers import Rejected

MOST_UNPACKED = 60_000_000
MOST_PARTS = 2_000  # files inside a spreadsheet
FAR_ROW = 25_000  # a table that reaches further is written anew
GAP = 50  # empty rows in a row that are left standing then
MARK = b"CW"  # of the column after the hundred that are read
PIECE = 1 << 20

FAR_CELL = re.compile(  # also where no row is, and what is spelt in a way that no program writes
    rb"""\br\s*=\s*["'](?:(?:[A-Z]{3}|[D-Z][A-Z]|C[W-Z])\d|[A-Z]+(?:0|\d{6,}|[3-9]\d{4}|2[5-9]\d{3})|[^"']*&)"""
    rb"""|\br\s+=|\br=\s""",
    re.IGNORECASE,
)
NO_COLUMN = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["'][A-Z]{4,}\d""", re.IGNORECASE)  # XFD is the last there is
ROW_OR_CELL = re.compile(  # the body ends before the next cell, so that what is never closed costs nothing
    rb"<(?:\w+:)?row\b[^>]*>|<(?P<tag>(?:\w+:)?c)\b(?P<head>[^>]*?)"
    rb"(?:/>|>(?P<body>[^<]*(?:<(?!/?(?:\w+:)?c[\s/>])[^<]*)*)</(?P=tag)>)"
)
PLACE = re.compile(rb"""(\br=["'])([A-Za-z]{1,3})([1-9]\d{0,6})(["'])""")
ANY_PLACE = re.compile(rb"\br\s*=")
PLACE_OF_ROW = re.compile(rb"""\sr=["']\d{1,7}["']""")

FAR_REPEAT = re.compile(
    rb'table:number-columns-repeated="\d{3,}"[^>]*(?:[^/]>|/>\s*<table:(?:covered-)?table-cell\b)'
    rb'|table:number-rows-repeated="\d{4,}"(?=.*?office:value)',
    re.DOTALL,
)
TABLE_ROW = re.compile(
    rb"<table:table-row\b(?P<head>[^>]*?)(?:/>|>(?P<cells>.*?)</table:table-row>)|</table:table>", re.DOTALL
)
TABLE_CELL = re.compile(
    rb"<table:(?P<tag>(?:covered-)?table-cell)\b(?P<head>[^>]*?)(?:/>|>(?P<body>.*?)</table:(?P=tag)>)", re.DOTALL
)
REPEAT = re.compile(rb'\stable:number-(?:rows|columns)-repeated="(\d{1,9})"')


def compact_spreadsheet(content: bytes, *, most_columns: int) -> tuple[bytes, bool]:
    """The packed spreadsheet, no wider and no taller than what is read of it, and whether it had to be written anew.

    Rejects ``too_big`` for one that would unpack beyond measure, ``unreadable`` for one that lies about its sizes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise Rejected("too_big")
            changed = {info.filename: part for info in infos if (part := _compact_part(packed, info, most_columns))}
            return (_repack(packed, changed), True) if changed else (content, False)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error) as wrong:
        raise Rejected("unreadable") from wrong


def _compact_part(packed: zipfile.ZipFile, info: zipfile.ZipInfo, most_columns: int) -> bytes:
    """One part without what is too far; empty if it need not change. Its sum is compared in any case."""
    if not info.filename.endswith((".xml", ".rels")):
        with packed.open(info) as part:
            while part.read(PIECE):
                pass
        return b""
    content = packed.read(info)
    if content:  # older programs pack parts that hold nothing
        _reject_malformed_or_entity_xml(content)
    if b"sheetData" in content and NO_COLUMN.search(content):
        raise Rejected("unreadable")
    if b"sheetData" in content and FAR_CELL.search(content):
        return _SheetCompactor(most_columns).compact(content)
    if info.filename == "content.xml" and FAR_REPEAT.search(content):
        return _OdsTablesCompactor(most_columns).compact(content)
    return b""


def _reject_malformed_or_entity_xml(content: bytes) -> None:
    """Reject what is not well-formed, where the reader of sheets may turn for ever, and what declares an entity.

    Older programs name a document type in the list of parts.
    """

    def reject_declared_entity(*_words: object) -> None:
        raise Rejected("unreadable")

    parser = ParserCreate()
    parser.EntityDeclHandler = reject_declared_entity
    try:
        parser.Parse(content, True)
    except ExpatError as wrong:
        raise Rejected("unreadable") from wrong


def _repack(packed: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as anew:
        for info in packed.infolist():
            anew.writestr(info.filename, changed.get(info.filename) or packed.read(info))
    return buffer.getvalue()


class _SheetCompactor:
    """A sheet of XLSX: each cell says where it stands."""

    def __init__(self, most_columns: int) -> None:
        self.most_columns = most_columns
        self.row = self.written = 0  # where the last row stood, and where it stands now

    def compact(self, sheet: bytes) -> bytes:
        """The sheet without cells that are empty or not read, its rows moved up."""
        return ROW_OR_CELL.sub(self._compact_row_or_cell, sheet)

    def _compact_row_or_cell(self, match: re.Match[bytes]) -> bytes:
        if match["tag"] is None:
            return PLACE_OF_ROW.sub(b"", match[0])
        place = PLACE.search(match["head"])
        if place is None:  # it stands behind the one before, or nowhere
            return b"" if ANY_PLACE.search(match["head"]) else match[0]
        if not match["body"] or column_number(place[2]) > self.most_columns:
            return b""
        return self._moved_cell(match[0], int(place[3]))

    def _moved_cell(self, cell: bytes, row: int) -> bytes:
        """The cell where it stands now; before the first one of a row that moved, the mark of where that stood."""
        mark = b""
        if row != self.row:
            self.written += max(1, min(row - self.row, GAP))
            self.row = row
            if row != self.written:
                mark = b'<c r="%b%d"><v>%d</v></c>' % (MARK, self.written, row)
        if row == self.written:
            return cell
        return mark + PLACE.sub(lambda match: b"%b%b%d%b" % (match[1], match[2], self.written, match[4]), cell, count=1)


def column_number(letters: bytes) -> int:
    """``A`` is 1."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place


class _OdsTablesCompactor:
    """The tables of ODS: rows and cells stand where their neighbours before them end, each as often as it says."""

    def __init__(self, most_columns: int) -> None:
        self.most_columns = most_columns
        self.row = self.written = 0  # rows so far: in the file as it came, and as it is written

    def compact(self, content: bytes) -> bytes:
        """The content with repeated rows and cells no further than they are read."""
        return TABLE_ROW.sub(self._compact_row, content)

    def _compact_row(self, match: re.Match[bytes]) -> bytes:
        if match["head"] is None:  # a table ends
            self.row = self.written = 0
            return match[0]
        times = _repeat_count(match["head"])
        cells, used = self._compact_cells(match["cells"] or b"")
        is_full = b"office:value" in cells
        repetitions = min(times, FAR_ROW if is_full else GAP)
        if is_full and self.row != self.written:
            cells += b'<table:table-cell table:number-columns-repeated="%d"/>' % (self.most_columns - used)
            cells += b'<table:table-cell office:value-type="float" office:value="%d"/>' % (self.row + 1)
        self.row, self.written = self.row + times, self.written + repetitions
        head = REPEAT.sub(b"", match["head"])
        return b'<table:table-row%b table:number-rows-repeated="%d">%b</table:table-row>' % (head, repetitions, cells)

    def _compact_cells(self, cells: bytes) -> tuple[bytes, int]:
        """The cells up to the last column that is read, and how many columns these take."""
        parts, used = [], 0
        for cell in TABLE_CELL.finditer(cells):
            times = min(_repeat_count(cell["head"]), self.most_columns - used)
            if times <= 0:
                break
            head = REPEAT.sub(b"", cell["head"]) + b' table:number-columns-repeated="%d"' % times
            tag, body = cell["tag"], cell["body"] or b""
            parts.append(b"<table:%b%b>%b</table:%b>" % (tag, head, body, tag))
            used += times
        return b"".join(parts), used


def _repeat_count(head: bytes) -> int:
    repetition = REPEAT.search(head)
    return max(1, int(repetition[1])) if repetition else 1
