"""Files that are wrong, damaged or meant to do harm: each fault is named by its line and nothing is written."""

import gzip
import io
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plp.places import actions
from plp.places.models import Address, Street
from plp.places.register.lines import UnreadableRegister, register_lines
from plp.places.register.report import ImportReport
from plp.places.register.rows import FaultyRow, RegisterRow, read_header, read_row_and_collect_street

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HEADER = (
    "address_id,street_id,street_fr,street_nl,street_de,house_number,box_number,postcode,nis_code,lon,lat,"
    "statistical_sector,status"
)
GOOD = "BA/1/2,BS/1/2,Rue du Bruel,Bruulstraat,,1,,1130,21004,4.430578,50.893434,21004G3MJ,current"
OTHER = "BA/2/2,BS/1/2,Rue du Bruel,Bruulstraat,,2A,b001,1130,21004,4.430664,50.893460,21004G3MJ,current"
SCALE = "nis_code,street_id,house_number,lon,lat,statistical_sector"


pytestmark = pytest.mark.usefixtures("english")


def read(*rows: str | bytes, header: str | bytes = HEADER, nis: str = "21004", skip_bad: bool = False) -> ImportReport:
    """Import a file of these lines."""
    parts = [part if isinstance(part, bytes) else part.encode() for part in (header, *rows)]
    return read_bytes(b"\n".join(parts) + b"\n", nis=nis, skip_bad=skip_bad)


def read_bytes(content: bytes, *, nis: str = "21004", skip_bad: bool = False) -> ImportReport:
    return actions.import_address_register(source=io.BytesIO(content), nis=nis, skip_bad=skip_bad, by=None, at=AT)


def faults(report: ImportReport) -> list[tuple[int, str]]:
    return [(fault["line"], fault["reason"]) for fault in report.errors]


BAD_ROWS = {
    "half a row": (OTHER[:40], "The row has 6 cells instead of 13."),
    "too many cells": (OTHER + ",x", "The row has 14 cells instead of 13."),
    "unknown municipality": (OTHER.replace("21004,", "99999,", 1), "No municipality has the NIS code of this row."),
    "another municipality": (
        OTHER.replace("21004,", "63049,", 1),
        "The row is of municipality 63049, not 21004.",
    ),
    "in Paris": (OTHER.replace("4.430664,50.893460", "2.35,48.85"), "The coordinates lie outside Belgium."),
    "infinite": (OTHER.replace("4.430664", "inf"), "The coordinates lie outside Belgium."),
    "no number at all": (OTHER.replace("4.430664", "nan"), "The coordinates lie outside Belgium."),
    "words for coordinates": (OTHER.replace("4.430664", "east"), "The coordinates are not two numbers."),
    "half a point": (OTHER.replace("4.430664", ""), "The coordinates are not two numbers."),
    "no house number": (OTHER.replace(",2A,", ",,"), "The house number is missing."),
    "no street": (
        OTHER.replace("BS/1/2,Rue du Bruel,Bruulstraat", ",,"),
        "The street is missing.",
    ),
    "postal code": (OTHER.replace(",1130,", ",B-1130,"), "A postal code has four digits."),
    "long name": (OTHER.replace("Rue du Bruel", "R" * 201), "The cell in column street_fr is too long."),
    "long number": (OTHER.replace("2A", "2" * 21), "The cell in column house_number is too long."),
    "endless line": (OTHER + "x" * 100_000, "The line is far too long."),
    "nul": (OTHER.replace("Bruel", "Bru\x00el"), "The row contains characters that cannot be printed."),
    "escape": (OTHER.replace("Bruel", "\x1b[2JBruel"), "The row contains characters that cannot be printed."),
    "turned text": (OTHER.replace("Bruel", "\u202eleurB"), "The row contains characters that cannot be printed."),
    "isolated text": (
        OTHER.replace("Bruel", "\u2066Bruel\u2069"),
        "The row contains characters that cannot be printed.",
    ),
    "latin-1": (
        OTHER.replace("Bruel", "Bruël").encode("latin-1"),
        "The line is not written in UTF-8. Save the file as CSV (UTF-8) first.",
    ),
    "open quote": (OTHER.replace("Rue", '"Rue'), "A quotation mark is not closed on this line."),
    "other name for the street": (
        OTHER.replace("Rue du Bruel", "Rue Haute"),
        "The street BS/1 has another name on an earlier line.",
    ),
    "twice the same address": (GOOD, "The address is already on line 2."),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "reason"), BAD_ROWS.values(), ids=list(BAD_ROWS))
def test_a_bad_row_is_named_by_its_line_and_nothing_is_written(row: str | bytes, reason: str) -> None:
    report = read(GOOD, row)

    assert faults(report) == [(3, reason)]
    assert report.is_written is False
    assert report.rows == 2
    assert report.created == 0
    assert (Address.objects.count(), Street.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "reason"), BAD_ROWS.values(), ids=list(BAD_ROWS))
def test_with_skip_bad_the_sound_rows_are_written(row: str | bytes, reason: str) -> None:
    report = read(GOOD, row, skip_bad=True)

    assert faults(report) == [(3, reason)]
    assert report.is_written is True
    assert report.rows == 2
    assert report.addresses == 1
    assert report.created == 1
    assert list(Address.objects.values_list("register_id", "number")) == [("BA/1", "1")]


@pytest.mark.django_db
def test_a_line_broken_within_quotes_is_two_bad_lines() -> None:
    report = read(GOOD, OTHER.replace("Rue du Bruel", '"Rue du\nBruel"'))

    assert faults(report) == [
        (3, "A quotation mark is not closed on this line."),
        (4, "The row has 11 cells instead of 13."),
    ]


@pytest.mark.django_db
def test_a_comma_and_a_quote_within_quotes_are_part_of_the_name() -> None:
    report = read(GOOD.replace("Rue du Bruel", '"Rue ""du"", Bruel"'))

    assert (report.errors, Street.objects.get().name_fr) == ([], 'Rue "du", Bruel')


COMPRESSED = gzip.compress("\n".join([HEADER, GOOD, OTHER, ""]).encode(), mtime=0)
BAD_FILES = {
    "empty": (b"", 1, "The file is empty."),
    "header alone": (HEADER.encode(), 1, "The file contains no row below its first line."),
    "blank lines": (b"\n\n\n", 1, "The file is empty."),
    "no header": (
        GOOD.encode() + b"\n",
        1,
        "The first line must name the columns. Missing: street_id, house_number, lon, lat.",
    ),
    "a column twice": ((HEADER + ",lon\n").encode(), 1, "The first line names a column twice."),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\x00\x00",
        1,
        "The line is not written in UTF-8. Save the file as CSV (UTF-8) first.",
    ),
    "a page": (
        b"<!doctype html>\n<p>Not found</p>\n",
        1,
        "The first line must name the columns. Missing: street_id, house_number, lon, lat.",
    ),
    "tabs": (
        HEADER.replace(",", "\t").encode(),
        1,
        "The first line must name the columns. Missing: street_id, house_number, lon, lat.",
    ),
    "a sheet": (b"PK\x03\x04 and so on", 1, "The ZIP file is damaged or locked. Fetch it again."),
    "UTF-16": (
        "\n".join([HEADER, GOOD]).encode("utf-16"),
        1,
        "The file is written in UTF-16. Save it as CSV (UTF-8) first.",
    ),
    "gzip cut short": (COMPRESSED[:-12], 3, "The compressed file is damaged or cut short. Fetch it again."),
    "gzip of nothing": (gzip.compress(b"", mtime=0), 1, "The file is empty."),
    "gzip in name only": (b"\x1f\x8b\x00", 1, "The compressed file is damaged or cut short. Fetch it again."),
    "open quote in header": (('"' + HEADER + "\n").encode(), 1, "The first line does not name the columns."),
}


@pytest.mark.django_db
def test_a_file_of_more_lines_than_the_country_has_doors_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plp.places.register.lines.MOST_LINES", 2)

    report = read(GOOD, OTHER)

    assert faults(report) == [(3, "The file has more than ten million lines.")]
    assert not Address.objects.exists()


@pytest.mark.django_db
def test_a_street_without_an_identity_is_known_by_its_names() -> None:
    report = read(*(row.replace("BS/1/2", "") for row in (GOOD, OTHER)))

    assert (report.created, Street.objects.count()) == (2, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "line", "reason"), BAD_FILES.values(), ids=list(BAD_FILES))
def test_a_file_that_cannot_be_read_says_why_and_is_never_written(content: bytes, line: int, reason: str) -> None:
    report = read_bytes(content, skip_bad=True)

    assert faults(report) == [(line, reason)]
    assert not report.is_written
    assert not Address.objects.exists()


@pytest.mark.django_db
def test_damage_in_the_middle_of_a_compressed_file_is_never_written() -> None:
    broken = bytearray(COMPRESSED)
    broken[len(broken) // 2] ^= 0xFF

    report = read_bytes(bytes(broken), skip_bad=True)

    assert report.is_written is False
    assert Address.objects.count() == 0
    assert report.errors_total > 0


@pytest.mark.django_db
def test_a_mark_at_the_beginning_dos_lines_and_any_order_of_columns_are_read() -> None:
    columns = HEADER.split(",")[::-1]
    row = ",".join(GOOD.split(",")[::-1])

    report = read_bytes(b"\xef\xbb\xbf" + ",".join(columns).upper().encode() + b"\r\n" + row.encode() + b"\r\n\r\n")

    assert (report.errors, report.created, Street.objects.get().name_nl) == ([], 1, "Bruulstraat")


@pytest.mark.django_db
@pytest.mark.parametrize("point", [",", "0,0", "0.000000,0.0"])
def test_an_address_without_a_point_is_kept_without(point: str) -> None:
    report = read(GOOD.replace("4.430578,50.893434", point))

    assert report.created == 1
    assert Address.objects.values_list("longitude", "latitude").get() == (None, None)


@pytest.mark.django_db
def test_a_hundred_faults_are_shown_and_all_are_counted() -> None:
    report = read(*["x"] * 250)

    assert (len(report.errors), report.errors_total, report.errors[0]["line"], report.errors[-1]["line"]) == (
        100,
        250,
        2,
        101,
    )


@pytest.mark.django_db
def test_an_arrondissement_file_may_hold_other_municipalities_but_must_hold_the_one_asked_for() -> None:
    rows = ["31003,92481,1,3.32095,51.12379,31003A11-", "31005,12,7,3.32095,51.12379,"]

    held = read(*rows, header=SCALE, nis="31005")
    missing = read(*rows, header=SCALE, nis="63049")

    assert (held.created, held.streets) == (2, 2)
    assert faults(missing) == [(1, "No row of this file is of municipality 63049.")]
    assert sorted(Street.objects.values_list("nis", "name_nl")) == [("31003", "92481"), ("31005", "12")]


def test_an_unknown_municipality_is_refused_in_words() -> None:
    with pytest.raises(actions.UnknownMunicipality) as refusal:
        actions.import_address_register(source=io.BytesIO(b""), nis="12345678901234567890", by=None, at=AT)

    assert refusal.value.in_words().startswith("No municipality has the NIS code 1234567890. ")


def outcome_of(line: str) -> RegisterRow | str:
    """The address on ``line``, or what is wrong with it."""
    try:
        return read_row_and_collect_street(read_header(HEADER, frozenset({"21004"})), 2, line, {})
    except FaultyRow as wrong:
        return str(wrong)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_no_bytes_whatever_break_the_reader(content: bytes) -> None:
    seen, reason = [], "read to its end"
    try:
        seen.extend(register_lines(io.BytesIO(content)))
    except UnreadableRegister as wrong:
        reason = wrong.reason

    assert reason
    assert all((text is None) == bool(fault) for _number, text, fault in seen)


@given(st.text(max_size=200) | st.lists(st.text(max_size=30), min_size=13, max_size=13).map(",".join))
@settings(max_examples=300)
def test_no_line_whatever_breaks_the_row(line: str) -> None:
    outcome = outcome_of(line)

    assert outcome
    assert isinstance(outcome, str) or outcome.longitude is None or 2.4 <= outcome.longitude <= 6.5


@pytest.mark.django_db
@pytest.mark.parametrize("point", ["4.430578;50.893434", "4,430578;50,893434"])
def test_a_spreadsheet_of_belgium_writes_semicolons_and_decimal_commas(point: str) -> None:
    row = GOOD.replace(",", ";").replace("4.430578;50.893434", point)

    report = read(row, header=HEADER.replace(",", ";"))

    assert faults(report) == []
    assert list(Address.objects.values_list("number", "longitude", "latitude")) == [("1", 4.430578, 50.893434)]


@pytest.mark.django_db
def test_a_letter_and_its_accent_apart_are_one_letter() -> None:
    name = "Chaussée de Haecht"
    apart = OTHER.replace("Rue du Bruel", unicodedata.normalize("NFD", name))

    first = read(GOOD.replace("Rue du Bruel", name), apart)
    again = read(GOOD.replace("Rue du Bruel", unicodedata.normalize("NFD", name)), apart)

    assert (faults(first), faults(again), again.unchanged) == ([], [], 2)
    assert list(Street.objects.values_list("name_fr", flat=True)) == [name]
