"""From a line to an address: the columns of BeST-shaped files, and what makes a row faulty.

Three shapes are read. The *published file* is the one BOSA offers for each region; its columns are translated to ours.
A *register extract* has an ``address_id`` and names its streets; an *arrondissement file* has only nis_code, street_id,
house_number, lon, lat and statistical_sector. The columns may stand in any order, and a spreadsheet that writes
semicolons and decimal commas, as they do in Belgium, is read too.
"""

import csv
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from plp.places.gazetteer import current_nis, municipalities_by_nis
from plp.places.rules import fold, house_sort_key, is_printable_and_undisguised
from plp.toolbox.texts import OFFICIAL_LANGUAGES

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
PUBLISHED = "municipality_id"  # the column by which the published file is known
PUBLISHED_COLUMNS = {
    "municipality_id": "nis_code",
    "epsg:4326_lon": "lon",
    "epsg:4326_lat": "lat",
    **{f"streetname_{language}": f"street_{language}" for language in OFFICIAL_LANGUAGES},
}
REGION_LETTERS = {"02000": "V", "03000": "W", "04000": "B"}  # in the identities of BeST: VA/12, WS/7, BA/3
RETIRED = "retired"


class FaultyRow(ValueError):
    """A row cannot be taken; the text says why."""


class SkippedRow(Exception):
    """A row of the published file that is sound but not asked for: of another municipality, or retired."""


class WithoutMunicipality(SkippedRow):
    """A row of the published file under no municipality that the country has."""


class RegisterRow(NamedTuple):
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
    name_fr: str = ""
    name_nl: str = ""
    name_de: str = ""


type Streets = dict[str, dict[str, StreetRead]]  # NIS code → key of the street → street


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file, and the municipalities asked for (NIS codes of today; none: all)."""

    columns: tuple[str, ...]
    municipalities: frozenset[str] = frozenset()
    delimiter: str = ","
    is_published: bool = False

    @property
    def is_register_extract(self) -> bool:
        """Whether each row has an identity of its own: then a file for one municipality holds that one only."""
        return "address_id" in self.columns and not self.is_published

    def cells(self, line_text: str) -> dict[str, str]:
        """The cells of a line by column, trimmed. Raises ``FaultyRow``."""
        if not is_printable_and_undisguised(
            line_text := unicodedata.normalize("NFC", line_text).replace("\u00a0", " ")
        ):
            raise FaultyRow(_("The row contains characters that cannot be printed."))
        if '"' in line_text:
            try:
                values = next(csv.reader([line_text], delimiter=self.delimiter, strict=True))
            except csv.Error as wrong:
                raise FaultyRow(_("A quotation mark is not closed on this line.")) from wrong
        else:
            values = line_text.split(self.delimiter)
        if len(values) != len(self.columns):
            places = {"found": len(values), "expected": len(self.columns)}
            raise FaultyRow(_("The row has %(found)d cells instead of %(expected)d.") % places)
        return {column: " ".join(value.split()) for column, value in zip(self.columns, values, strict=True)}


def read_header(text: str, municipalities: frozenset[str] = frozenset()) -> Header:
    """The columns that the first line names. Raises ``FaultyRow`` when they are not those of an address file."""
    delimiter = max(DELIMITERS, key=text.count)
    try:
        columns = tuple(cell.strip().lower() for cell in next(csv.reader([text], delimiter=delimiter, strict=True)))
    except csv.Error as wrong:
        raise FaultyRow(_("The first line does not name the columns.")) from wrong
    is_published = PUBLISHED in columns and "nis_code" not in columns
    if is_published:
        columns = tuple(PUBLISHED_COLUMNS.get(name, name) for name in columns)
    needed = NEEDED if len(municipalities) == 1 else (*NEEDED, "nis_code")
    missing = [name for name in needed if name not in columns]
    if missing:
        raise FaultyRow(_("The first line must name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)})
    if len(set(columns)) != len(columns):
        raise FaultyRow(_("The first line names a column twice."))
    return Header(columns, municipalities, delimiter, is_published)


def read_row_and_collect_street(header: Header, line: int, line_text: str, streets: Streets) -> RegisterRow:
    """The address on ``line``; its street's names are gathered in ``streets``.

    Raises ``FaultyRow``, or ``SkippedRow`` for a row of the published file that is not asked for.
    """
    cells = header.cells(line_text)
    nis = _municipality_code(header, cells)
    if header.is_published:
        _prefix_ids_with_region(cells, nis)
    _refuse_long_cells(cells)
    postcode = cells.get("postcode", "")
    if postcode and not POSTCODE.fullmatch(postcode):
        raise FaultyRow(_("A postal code has four digits."))
    number = cells["house_number"]
    if not number:
        raise FaultyRow(_("The house number is missing."))
    longitude, latitude = _parse_point(cells["lon"], cells["lat"])
    street = _record_street_of_row(cells, nis, postcode, streets)
    box = cells.get("box_number", "")
    address_id = cells.get("address_id", "")
    return RegisterRow(
        line=line,
        identity=_without_version(address_id) if address_id else f"{nis}:{street}:{number}/{box}",
        is_registered=bool(address_id),
        nis=nis,
        street=street,
        number=number,
        box=box,
        sort_key=house_sort_key(number, box),
        postcode=postcode,
        longitude=longitude,
        latitude=latitude,
        sector=cells.get("statistical_sector", ""),
        status=cells.get("status", ""),
    )


def _prefix_ids_with_region(cells: dict[str, str], nis: str) -> None:
    """Give the numbers of the published file, which each region counts for itself, the letters of their region."""
    letter = REGION_LETTERS[municipalities_by_nis()[nis].region]
    for column, kind in (("address_id", "A"), ("street_id", "S")):
        if cells.get(column, "").isdecimal():
            cells[column] = f"{letter}{kind}/{cells[column]}"


def _refuse_long_cells(cells: dict[str, str]) -> None:
    for column, value in cells.items():
        if len(value) > WIDTHS.get(column, WIDEST_NAME):
            raise FaultyRow(_("The cell in column %(name)s is too long.") % {"name": column})


def _municipality_code(header: Header, cells: dict[str, str]) -> str:
    """The NIS code of today under which the row stands."""
    nis_code = cells.get("nis_code", "")
    if not nis_code and len(header.municipalities) == 1 and not header.is_published:
        return next(iter(header.municipalities))
    nis = current_nis(nis_code)
    if header.is_published:
        if not nis:
            raise WithoutMunicipality
        if (header.municipalities and nis not in header.municipalities) or cells.get("status") == RETIRED:
            raise SkippedRow
    elif not nis:
        raise FaultyRow(_("No municipality has the NIS code of this row."))
    elif header.is_register_extract and header.municipalities and nis not in header.municipalities:
        wanted = ", ".join(sorted(header.municipalities))
        raise FaultyRow(_("The row is of municipality %(found)s, not %(asked)s.") % {"found": nis, "asked": wanted})
    return nis


def _parse_point(longitude: str, latitude: str) -> tuple[float | None, float | None]:
    """The point, or two ``None`` where the register has none: it writes nothing, or zeros."""
    if not longitude and not latitude:
        return None, None
    try:
        x, y = float(longitude.replace(",", ".")), float(latitude.replace(",", "."))
    except ValueError as wrong:
        raise FaultyRow(_("The coordinates are not two numbers.")) from wrong
    if x == y == 0:
        return None, None
    if not (math.isfinite(x) and math.isfinite(y) and WEST <= x <= EAST and SOUTH <= y <= NORTH):
        raise FaultyRow(_("The coordinates lie outside Belgium."))
    return x, y


def _without_version(identity: str) -> str:
    """``BS/2060/2`` → ``BS/2060``: a new version of a street is the same street."""
    match = VERSIONED.fullmatch(identity)
    return match[1] if match else identity


def _record_street_of_row(cells: dict[str, str], nis: str, postcode: str, streets: Streets) -> str:
    """The key of the row's street within its municipality; its names are added to ``streets``."""
    names = {f"name_{language}": cells.get(f"street_{language}", "") for language in OFFICIAL_LANGUAGES}
    key = _without_version(cells["street_id"])
    if not key:
        if not any(names.values()):
            raise FaultyRow(_("The street is missing."))
        folded = "|".join(fold(name) for name in names.values())
        key = f"name:{postcode}:{folded}"[:100]
    street = streets.setdefault(nis, {}).setdefault(key, StreetRead(postcode))
    street.postcode = street.postcode or postcode
    for field, name in names.items():
        earlier = getattr(street, field)
        if name and earlier and earlier != name:
            raise FaultyRow(_("The street %(key)s has another name on an earlier line.") % {"key": key})
        setattr(street, field, earlier or name)
    return key
