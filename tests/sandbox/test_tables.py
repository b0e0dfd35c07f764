"""A sheet that reaches far is read as the table that it is; what cannot be read is rejected (V1, T30)."""

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import partial

import pytest
import xlsxwriter

from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.parsers.compaction import column_number
from plp.sandbox.parsers.tables import MOST_LETTERS, read_rows

LIST = [["Nom", "GSM"], ["Ada", "0475123456"], ["Bea", "0475123457"]]
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def xlsx(cells: Sequence[tuple[int, int, str]], *, width: int = 0) -> bytes:
    """The list, and more cells at (row, column) from 0."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(LIST):
            sheet.write_row(place, 0, [*row, *["x"] * width])
        for row, column, words in cells:
            sheet.write(row, column, words)
    return held.getvalue()


def _with_sheet_changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with other words in its sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert old in sheet
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for part, part_content in (parts | {"xl/worksheets/sheet1.xml": sheet.replace(old, new)}).items():
            packed.writestr(part, part_content)
    return made.getvalue()


def cell(words: str, more: str = "") -> str:
    """One cell of ODS."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{words}</text:p></table:table-cell>'


def ods(*table_rows: str) -> bytes:
    """The list, and more rows."""
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in LIST)
    sheet = f'<table:table table:name="A">{body}{"".join(table_rows)}</table:table>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        packed.writestr("mimetype", kind)
        packed.writestr("META-INF/manifest.xml", f"<manifest:manifest {SPACES}>{entry}</manifest:manifest>")
        packed.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>{sheet}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return held.getvalue()


def read(content: bytes, most_rows: int = 99) -> list[tuple[int, list[str]]]:
    """The rows."""
    return read_rows(content, most_rows=most_rows)["lines"]


def old() -> bytes:
    """The head of an XLS that ends in the middle of a sector: at this its reader panics."""
    head = bytearray(513)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30], head[32], head[68:72] = 9, 6, b"\xfe\xff\xff\xff"
    return bytes(head)


EMPTY = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
FAR = '<table:table-cell table:number-columns-repeated="16383"/>'
FAR_SHEETS: dict[str, Callable[[], bytes]] = {  # written when their test begins, not by each process
    "the last cell of all": partial(xlsx, [(1_048_575, 16_383, "x")]),
    "far to the right": partial(xlsx, [(4_999, 16_383, "x")]),
    "right above the list": partial(xlsx, [(0, 200, "x")]),
    "ods, the last cell of all": partial(
        ods, EMPTY.format(1_048_572), f"<table:table-row>{FAR}{cell('x')}</table:table-row>"
    ),
    "ods, far to the right": partial(ods, f"<table:table-row>{FAR}{cell('x')}</table:table-row>"),
    "ods, an empty rest": partial(
        ods, EMPTY.format(1_048_573).replace("cell/>", 'cell table:number-columns-repeated="16384"/>')
    ),
}


@pytest.mark.parametrize("make", FAR_SHEETS.values(), ids=FAR_SHEETS)
def test_a_stray_cell_far_away_leaves_the_list_as_it_is(make: Callable[[], bytes]) -> None:
    assert read(make()) == [(place, row) for place, row in enumerate(LIST, start=1)]


@pytest.mark.parametrize(
    "make",
    [
        partial(xlsx, [(1_048_575, 1, "x"), (30_000, 0, "y")]),
        partial(
            ods,
            EMPTY.format(29_997),
            f"<table:table-row>{cell('y')}</table:table-row>",
            EMPTY.format(1_018_574),
            f"<table:table-row><table:table-cell/>{cell('x')}</table:table-row>",
        ),
    ],
    ids=["xlsx", "ods"],
)
def test_a_row_far_below_keeps_its_number(make: Callable[[], bytes]) -> None:
    assert read(make())[3:] == [(30_001, ["y", ""]), (1_048_576, ["", "x"])]


@pytest.mark.parametrize("place", ["D0", "XFD99999999", "A00000000000000000001", "&#88;FD9"])
def test_a_cell_that_stands_nowhere_is_left_out(place: str) -> None:
    stray = f'<c r="{place}"><v>1</v></c></row></sheetData>'.encode()

    assert read(_with_sheet_changed(xlsx([]), b"</row></sheetData>", stray)) == [
        (number, row) for number, row in enumerate(LIST, start=1)
    ]


@pytest.mark.parametrize("place", ["ZZZZZ2", "aaaa2", "2B"])
def test_a_cell_in_a_column_that_no_sheet_has_means_a_damaged_file(place: str) -> None:
    content = _with_sheet_changed(xlsx([]), b'r="B2"', f'r="{place}"'.encode())

    with pytest.raises(Rejected, match="unreadable"):
        parse_in_sandbox("tables:read_rows", content, most_rows=99)


def test_a_list_wider_than_is_read_is_cut_and_no_number_of_it_counts_rows() -> None:
    wide = read(xlsx([(1, 101, "9")], width=90))

    assert [(line, len(cells)) for line, cells in wide] == [(1, 92), (2, 92), (3, 92)]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (ods(f'<table:table-row table:number-rows-repeated="1048573">{cell("x")}</table:table-row>'), "too_big"),
        (
            ods(
                *["<table:table-row>" + cell("x", ' table:number-columns-repeated="16384"') + "</table:table-row>"] * 99
            ),
            "too_big",
        ),
        (b"x" * 200_000 + b"\n", "unreadable"),
        (b"\0" * 99, "unreadable"),
        (b"PK\x03\x04rubbish", "unreadable"),
        (b"\xd0\xcf\x11\xe0rubbish", "unreadable"),
        (old(), "unreadable"),
        (b"a;b\n" * 100, "too_big"),
    ],
)
def test_what_is_no_list_is_rejected(content: bytes, key: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read(content)

    assert rejected.value.key == key


def test_all_cells_together_have_a_limit() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "constant_memory": False}) as book:
        sheet = book.add_worksheet()
        for row in range(MOST_LETTERS // 50_000 + 1):
            sheet.write_row(row, 0, ["long " * 100] * 100)

    with pytest.raises(Rejected, match="too_big"):
        read(held.getvalue(), 20_000)


def test_columns_are_counted_as_spreadsheets_do() -> None:
    assert [column_number(name) for name in (b"A", b"z", b"CV", b"CW", b"XFD")] == [1, 26, 100, 101, 16_384]
