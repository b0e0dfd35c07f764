"""Lists as files in open forms: XLSX with text and counts only, CSV that no spreadsheet runs, vCard (T27)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

FORMULA = tuple("=+-@\t\r\n")
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "vcf": "text/vcard; charset=utf-8",
}
HANDOVER = "bealert"  # the form of `handover`: a CSV with columns of its own
WIDTH = 24  # characters of a column


@dataclass(frozen=True)
class MemberLine:
    """One member as text. ``mails`` and ``phones`` stand apart by `` / ``."""

    name: str
    street: str
    house: str
    postcode: str
    mails: tuple[str, ...]
    phones: tuple[str, ...]
    language: str
    since: str

    def cells(self, export_code: str) -> list[str]:
        """The cells of a row, with the code of this copy."""
        reached = (" / ".join(self.mails), " / ".join(self.phones))
        return [self.name, self.street, self.house, self.postcode, *reached, self.language, self.since, export_code]


def list_file(form: str, header: Sequence[str], lines: Sequence[MemberLine], *, export_code: str, note: str) -> bytes:
    """The file in ``form`` (a key of ``MEDIA``); ``note`` says on each printed page whose copy it is."""
    if form == "vcf":
        return "".join(_vcard(line, export_code) for line in lines).encode()
    rows = [line.cells(export_code) for line in lines]
    return table_as_xlsx_or_csv(form, header, rows, note=note)


def table_as_xlsx_or_csv(
    form: str, header: Sequence[str], rows: Sequence[Sequence[str | int]], *, note: str = ""
) -> bytes:
    """A table as "xlsx", with ``note`` at the foot of each printed page, or as "csv". A count may be a number."""
    return _xlsx_bytes(header, rows, note) if form == "xlsx" else csv_bytes(header, rows)


def escaped_cell(cell: str) -> str:
    """The cell with a sign before what a spreadsheet would take for a formula, full-width signs too (T27).

    A cell that has such signs already gets one more, so that ``unescaped_cell`` gives back each letter for letter.
    """
    return f"'{cell}" if _begins_like_formula(cell) else cell


def unescaped_cell(cell: str) -> str:
    """The cell as it was before ``escaped_cell``; the apostrophe of ``'t Kint`` is part of the name."""
    return cell[1:] if cell.startswith("'") and _begins_like_formula(cell) else cell


def _begins_like_formula(cell: str) -> bool:
    return normalize("NFKC", cell.lstrip("'")[:1]).startswith(FORMULA)


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """A table as CSV: semicolons and a mark of UTF-8, with which Belgian Excel opens it with its accents (T27)."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([escaped_cell(str(cell)) for cell in row] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def _xlsx_bytes(header: Sequence[str], rows: Sequence[Sequence[str | int]], note: str) -> bytes:
    """Every cell is typed as text, a count as a number: nothing is a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and seldom wanted

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        count = book.add_format({"num_format": "0"})
        sheet = book.add_worksheet()
        sheet.set_column(0, len(header) - 1, WIDTH, text)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_footer(f"&L{note.replace('&', '&&')[:200]}&R&P/&N")
        for place, cells in enumerate([header, *rows]):
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(place, column, cell, count)
                else:
                    sheet.write_string(place, column, cell, text if place else bold)
    return held.getvalue()


def _vcard(line: MemberLine, export_code: str) -> str:
    """One vCard 4.0; address books show the code as the source."""
    door = " ".join(part for part in (line.street, line.house) if part)
    properties = [
        ("FN", escaped_vcard_value(line.name)),
        ("ADR", f";;{escaped_vcard_value(door)};;;{escaped_vcard_value(line.postcode)};" if door else ""),
        *(("EMAIL", escaped_vcard_value(mail)) for mail in line.mails),
        *(("TEL", escaped_vcard_value(phone)) for phone in line.phones),
        ("LANG", line.language),
        ("NOTE", export_code),
    ]
    body = "".join(f"{name}:{value}\r\n" for name, value in properties if value)
    return f"BEGIN:VCARD\r\nVERSION:4.0\r\n{body}END:VCARD\r\n"


def escaped_vcard_value(value: str) -> str:
    """A value in which no sign ends the line or begins another part."""
    for sign in ("\\", ",", ";"):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")
