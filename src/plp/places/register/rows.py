"""From a line to an address: the columns of BeST-shaped files, and what makes a row faulty.

Two shapes are read. A *register extract* has an ``address_id`` and names its streets; an *arrondissement file* has only
nis_code, street_id, house_number, lon, lat and statistical_sector. The columns may stand in any order, and a
spreadsheet that writes semicolons and decimal commas, as they do in Belgium, is read too.
"""

import csv
import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from plp.places.gazetteer import current_nis
from plp.places.rules import fold, is_clean, sort_key

DELIMITERS = ",;"  # the comma first: it wins when neither stands there
NEEDED = ("street_id", "house_number", "lon", "lat")
WIDTHS = {
    "address_id": 100,
    "street_id": 90,
    "house_number": 20,
    "box_number": 20,
    "statistical_sector": 12,
    "status": 20,
}
WIDEST_NAME = 200
WEST, EAST, SOUTH, NORTH = 2.4, 6.5, 49.4, 51.6  # a box around Belgium
VERSIONED = re.compile(r"([A-Z]{2}/\d+)/.+")  # BeST: name space, object, version of the object
POSTCODE = re.compile(r"[1-9]\d{3}")


class Faulty(ValueError):
    """A row cannot be taken; the text says why."""


class Row(NamedTuple):
    """One address, in the order of the staging table. ``is_registered``: the register itself gave the identity."""

    line: int
    identity: str
    is_registered: bool
    nis: str
    street: str
    number: str
    box: str
    sort_key: str
    postcode: str
    longitude: float | None
    latitude: float | None
    sector: str
    status: str


@dataclass(slots=True)
class StreetRead:
    """A street as the file tells it: names gather over its rows."""

    postcode: str
    names: dict[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in ``language``, or an empty text."""
        return self.names.get(language, "")


type Streets = dict[tuple[str, str], StreetRead]


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file, and the municipality asked for (an NIS code of today, or empty)."""

    columns: tuple[str, ...]
    nis: str = ""
    delimiter: str = ","

    @property
    def is_register_extract(self) -> bool:
        """Whether each row has an identity of its own: then a file for one municipality holds that one only."""
        return "address_id" in self.columns

    def cells(self, text: str) -> dict[str, str]:
        """The cells of a line by column, trimmed. Raises ``Faulty``."""
        if not is_clean(text := unicodedata.normalize("NFC", text).replace("\u00a0", " ")):
            raise Faulty(_("The row contains characters that cannot be printed."))
        if '"' in text:
            try:
                values = next(csv.reader([text], delimiter=self.delimiter, strict=True))
            except csv.Error as wrong:
                raise Faulty(_("A quotation mark is not closed on this line.")) from wrong
        else:
            values = text.split(self.delimiter)
        if len(values) != len(self.columns):
            places = {"found": len(values), "expected": len(self.columns)}
            raise Faulty(_("The row has %(found)d cells instead of %(expected)d.") % places)
        return {column: " ".join(value.split()) for column, value in zip(self.columns, values, strict=True)}


def read_header(text: str, nis: str = "") -> Header:
    """The columns that the first line names. Raises ``Faulty`` when they are not those of an address file."""
    delimiter = max(DELIMITERS, key=text.count)
    try:
        columns = tuple(cell.strip().lower() for cell in next(csv.reader([text], delimiter=delimiter, strict=True)))
    except csv.Error as wrong:
        raise Faulty(_("The first line does not name the columns.")) from wrong
    needed = NEEDED if nis else (*NEEDED, "nis_code")
    missing = [name for name in needed if name not in columns]
    if missing:
        raise Faulty(_("The first line must name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)})
    if len(set(columns)) != len(columns):
        raise Faulty(_("The first line names a column twice."))
    return Header(columns, nis, delimiter)


def read_row(header: Header, line: int, text: str, streets: Streets) -> Row:
    """The address on ``line``; its street's names are gathered in ``streets``. Raises ``Faulty``."""
    cells = header.cells(text)
    _check_widths(cells)
    nis = _municipality(header, cells)
    postcode = cells.get("postcode", "")
    if postcode and not POSTCODE.fullmatch(postcode):
        raise Faulty(_("A postal code has four digits."))
    number = cells["house_number"]
    if not number:
        raise Faulty(_("The house number is missing."))
    longitude, latitude = _point(cells["lon"], cells["lat"])
    street = _gather(cells, nis, postcode, streets)
    box = cells.get("box_number", "")
    given = cells.get("address_id", "")
    return Row(
        line=line,
        identity=_without_version(given) if given else f"{nis}:{street}:{number}/{box}",
        is_registered=bool(given),
        nis=nis,
        street=street,
        number=number,
        box=box,
        sort_key=sort_key(number, box),
        postcode=postcode,
        longitude=longitude,
        latitude=latitude,
        sector=cells.get("statistical_sector", ""),
        status=cells.get("status", ""),
    )


def _check_widths(cells: dict[str, str]) -> None:
    for column, value in cells.items():
        if len(value) > WIDTHS.get(column, WIDEST_NAME):
            raise Faulty(_("The cell in column %(name)s is too long.") % {"name": column})


def _municipality(header: Header, cells: dict[str, str]) -> str:
    given = cells.get("nis_code", "")
    if not given and header.nis:
        return header.nis
    nis = current_nis(given)
    if not nis:
        raise Faulty(_("No municipality has the NIS code of this row."))
    if header.is_register_extract and header.nis not in {"", nis}:
        raise Faulty(_("The row is of municipality %(found)s, not %(asked)s.") % {"found": nis, "asked": header.nis})
    return nis


def _point(longitude: str, latitude: str) -> tuple[float | None, float | None]:
    """The point, or two ``None`` where the register has none: it writes nothing, or zeros."""
    if not longitude and not latitude:
        return None, None
    try:
        x, y = float(longitude.replace(",", ".")), float(latitude.replace(",", "."))
    except ValueError as wrong:
        raise Faulty(_("The coordinates are not two numbers.")) from wrong
    if x == y == 0:
        return None, None
    if not (math.isfinite(x) and math.isfinite(y) and WEST <= x <= EAST and SOUTH <= y <= NORTH):
        raise Faulty(_("The coordinates lie outside Belgium."))
    return x, y


def _without_version(identity: str) -> str:
    """``BS/2060/2`` → ``BS/2060``: a new version of a street is the same street."""
    found = VERSIONED.fullmatch(identity)
    return found[1] if found else identity


def _gather(cells: dict[str, str], nis: str, postcode: str, streets: Streets) -> str:
    """The key of the row's street within its municipality; its names are added to ``streets``."""
    names = {language: cells.get(f"street_{language}", "") for language in ("fr", "nl", "de")}
    key = _without_version(cells["street_id"])
    if not key:
        if not any(names.values()):
            raise Faulty(_("The street is missing."))
        folded = "|".join(fold(name) for name in names.values())
        key = f"name:{postcode}:{folded}"[:100]
    if not any(names.values()):
        names = {"fr": key, "nl": key}
    known = streets.setdefault((nis, key), StreetRead(postcode))
    known.postcode = known.postcode or postcode
    for language, name in names.items():
        if name and known.names.setdefault(language, name) != name:
            raise Faulty(_("The street %(key)s has another name on an earlier line.") % {"key": key})
    return key
