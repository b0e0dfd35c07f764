"""A list of members in a file of any usual form, as a table: what stands above its header is cut away.

The file itself is read in the sandbox, by ``plp.sandbox.parsers.tables``; it is as a stranger made it.
"""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from plp.membership.lists.columns import count_known_columns
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.toolbox.moves import Refused

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
HEADER_WITHIN = 20  # rows before the names of the columns: a title, an empty line
OF_CARDS = ("Full name", "Street", "Postcode", "City", "E-mail", "Telephone", "Language")
LIKE_PHONE = re.compile(r"\+?(?:[ ()/.\-]*\d){9,14}")

type Line = tuple[int, tuple[str, ...]]


class UnreadableList(Refused):
    """Not a file that holds a list in a form we know."""

    sentence = _("This file cannot be read as a list. Save it as CSV, XLSX, ODS or vCard and choose it again.")


class ListTooBig(Refused):
    """More than we take at once."""

    sentence = _("This file is too big. At most 5 MB and 20,000 rows are read at once: cut it in two.")


class NoRows(Refused):
    """Nothing below the names of the columns, or nothing at all."""

    sentence = _(
        "This file contains no row. Check that the list is on the first sheet, with a heading above each column."
    )


@dataclass(frozen=True)
class ListTable:
    """What a file holds: the names of its columns, and its rows, each with its number in the file.

    ``encoding``: the old one by which its letters were guessed; empty where they are certain.
    """

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = ""

    def with_encoding(self, encoding: str) -> "ListTable":
        """The same with its letters by another old encoding; a cell that cannot be so stays."""
        header = tuple(_recode_cell(name, self.encoding, encoding) for name in self.header)
        lines = tuple(
            (number, tuple(_recode_cell(cell, self.encoding, encoding) for cell in cells))
            for number, cells in self.lines
        )
        return ListTable(header, lines, encoding)


def _recode_cell(cell: str, written_as: str, encoding: str) -> str:
    try:
        return cell.encode(written_as).decode(encoding)
    except UnicodeError:
        return cell


def parse_list_file(content: bytes) -> ListTable:
    """The list in ``content``. Raises ``UnreadableList``, ``ListTooBig``, ``NoRows``, and what ``parse`` refuses."""
    if len(content) > MOST_BYTES:
        raise ListTooBig
    try:
        parsed = parse_in_sandbox("tables:read_rows", content, most_rows=MOST_ROWS + HEADER_WITHIN)
    except Rejected as rejected:
        raise (ListTooBig if rejected.key == "too_big" else UnreadableList) from rejected
    lines = [(number, tuple(cells)) for number, cells in parsed["lines"]]
    table = ListTable(OF_CARDS, tuple(lines)) if parsed["is_cards"] else _find_header_and_cut_above(lines)
    return _refuse_bad_size(replace(table, encoding=parsed["encoding"]))


def _find_header_and_cut_above(lines: list[Line]) -> ListTable:
    """Cut what stands above the names of the columns: the row among the first in which most names are recognised."""
    if not lines:
        raise NoRows
    first = lines[:HEADER_WITHIN]
    best = max(range(len(first)), key=lambda place: (count_known_columns(first[place][1]), -place))
    if not count_known_columns(first[best][1]) and (named := _guess_column_names(first[0][1])):
        return ListTable(named, tuple(lines))
    return ListTable(first[best][1], tuple(lines[best + 1 :]))


def _guess_column_names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Names for the columns of a list that has none: what a cell is seen to hold, else its number.

    Nothing for a row in which no address is seen: it may be names in a language that we do not know.
    """
    seen = ["E-mail" if "@" in cell else "GSM" if LIKE_PHONE.fullmatch(cell) else "" for cell in cells]
    return tuple(name or f"({place})" for place, name in enumerate(seen, start=1)) if any(seen) else ()


def _refuse_bad_size(table: ListTable) -> ListTable:
    if not table.lines:
        raise NoRows
    if len(table.lines) > MOST_ROWS:
        raise ListTooBig
    return table
