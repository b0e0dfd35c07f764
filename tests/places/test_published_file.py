"""The file as BOSA publishes it: a region or the country, ZIP or plain, of which a part is asked for."""

import csv
import gzip
import io
import zipfile
from datetime import UTC, datetime

import pytest

from plp.places import actions, gazetteer
from plp.places.models import Address, Street
from plp.places.register.report import ImportReport

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HEADER = (
    "EPSG:31370_x,EPSG:31370_y,EPSG:4326_lat,EPSG:4326_lon,address_id,box_number,house_number,municipality_id,"
    "municipality_name_de,municipality_name_fr,municipality_name_nl,postcode,postname_fr,postname_nl,street_id,"
    "streetname_de,streetname_fr,streetname_nl,region_code,status"
)
BRUSSELS = (
    "154349.75,175900.12,50.89343,4.43057,4274,,27,21004,,Bruxelles,Brussel,1130,,,2060,,Rue du Bruel,Bruulstraat,"
    "BE-BRU,current"
)
ANDERLECHT = (
    "146321.07,169504.60,50.83595,4.31653,615867,RDC,475,21001,,Anderlecht,Anderlecht,1070,,,4568,,Rue Haute,"
    "Hoogstraat,BE-BRU,current"
)
MALMEDY = "268837.19,126011.26,50.43291,6.04157,4274,,1,63049,,Malmedy,,4960,,,2060,,A la Croix Jacob,,BE-WAL,current"
COLUMNS = {  # the published name of the extract's columns
    "x_31370": "EPSG:31370_x",
    "y_31370": "EPSG:31370_y",
    "lat": "EPSG:4326_lat",
    "lon": "EPSG:4326_lon",
    "nis_code": "municipality_id",
    **{f"street_{language}": f"streetname_{language}" for language in ("fr", "nl", "de")},
    **{f"municipality_{language}": f"municipality_name_{language}" for language in ("fr", "nl")},
    **{f"postal_name_{language}": f"postname_{language}" for language in ("fr", "nl")},
}


pytestmark = pytest.mark.usefixtures("english")


def read(*rows: str, header: str = HEADER, nis: str = "", zone: str = "") -> ImportReport:
    """Import the published file of these rows."""
    return read_bytes("\n".join([header, *rows, ""]).encode(), nis=nis, zone=zone)


def read_bytes(content: bytes, *, nis: str = "", zone: str = "") -> ImportReport:
    return actions.import_address_register(source=io.BytesIO(content), nis=nis, zone=zone, by=None, at=AT)


def zipped(**files: str) -> bytes:
    """A ZIP of text files, named as the keyword with a dot for the underscore."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name.replace("_", "."), text)
    return archive.getvalue()


def haren_as_published() -> str:
    """The register extract of Haren in the columns of the published file."""
    with gzip.open(gazetteer.demo_address_file("haren"), "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER.split(","), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        identities = {name: row[name].split("/")[1] for name in ("address_id", "street_id")}
        writer.writerow({COLUMNS.get(name, name): value for name, value in (row | identities).items()})
    return text.getvalue()


@pytest.mark.django_db
def test_the_same_doors_as_by_the_extract_and_a_second_time_nothing() -> None:
    published = haren_as_published()

    first = read_bytes(published.encode(), nis="21004")
    second = read_bytes(published.encode(), nis="21004")
    extract = actions.import_address_register(source=gazetteer.demo_address_file("haren"), nis="21004", by=None, at=AT)

    assert (first.rows, first.streets, first.addresses, first.created, first.errors) == (2492, 54, 2492, 2492, [])
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2492)
    assert (extract.created, Address.objects.count(), Street.objects.count()) == (0, 2492, 54)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "doors", "passed_over"),
    [
        ({"nis": "21004"}, {"BA/4274"}, 2),
        ({"zone": "z128"}, {"WA/4274"}, 2),
        ({}, {"BA/4274", "BA/615867", "WA/4274"}, 0),
    ],
    ids=["a municipality", "a zone", "the country"],
)
def test_the_part_asked_for_is_read_and_the_rest_passed_over(
    part: dict[str, str], doors: set[str], passed_over: int
) -> None:
    report = read(BRUSSELS, ANDERLECHT, MALMEDY, **part)

    assert set(Address.objects.values_list("register_id", flat=True)) == doors
    assert (report.rows, report.passed_over, report.errors) == (3, passed_over, [])


@pytest.mark.django_db
def test_a_fault_outside_the_part_asked_for_does_not_matter() -> None:
    report = read(BRUSSELS, ANDERLECHT.replace("50.83595", "far"), nis="21004")

    assert (report.created, report.errors) == (1, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        zipped(openaddress_csv="\n".join([HEADER, BRUSSELS, MALMEDY])),
        zipped(bru_csv=f"{HEADER}\n{BRUSSELS}\n", readme_txt="BeST", wal_CSV=f"{HEADER}\n{MALMEDY}\n"),
        f"{HEADER}\n{BRUSSELS}\n{HEADER}\n{MALMEDY}\n".encode(),
        gzip.compress(f"\ufeff{HEADER}\r\n{BRUSSELS}\r\n{MALMEDY}\r\n".encode()),
        ";".join(HEADER.split(",")).encode() + b"\n" + "\n".join([BRUSSELS, MALMEDY]).replace(",", ";").encode(),
    ],
    ids=["zip", "zip of several regions", "regions one behind the other", "gzip with a mark", "semicolons"],
)
def test_it_is_read_as_it_comes(content: bytes) -> None:
    report = read_bytes(content)

    assert (report.rows, report.created, report.errors) == (2, 2, [])
    assert set(Street.objects.values_list("nis", "register_id")) == {("21004", "BS/2060"), ("63049", "WS/2060")}


@pytest.mark.django_db
def test_rows_without_municipality_are_counted_and_stop_nothing() -> None:
    report = read(BRUSSELS, BRUSSELS.replace(",21004,", ",,"), BRUSSELS.replace(",21004,", ",99999,"))

    assert (report.created, report.without_municipality, report.errors) == (1, 2, [])


@pytest.mark.django_db
def test_a_retired_address_is_no_door() -> None:
    report = read(BRUSSELS, BRUSSELS.replace(",4274,", ",4275,").replace("current", "retired"))

    assert (report.created, report.passed_over) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "later",
    [
        BRUSSELS.replace("Rue du Bruel,Bruulstraat", ","),
        BRUSSELS.replace("Rue du Bruel,Bruulstraat", "2060,2060"),
        BRUSSELS.replace("Bruulstraat", ""),
    ],
    ids=["empty", "numeric", "one language empty"],
)
def test_an_empty_or_numeric_name_never_replaces_a_name(later: str) -> None:
    read(BRUSSELS)

    report = read(later)

    assert Street.objects.values_list("name_fr", "name_nl").get() == ("Rue du Bruel", "Bruulstraat")
    assert (report.updated, report.unchanged) == (0, 1)


@pytest.mark.django_db
def test_a_name_replaces_a_number() -> None:
    read(BRUSSELS.replace("Rue du Bruel,Bruulstraat", ","))
    number = Street.objects.get().name_fr

    report = read(MALMEDY, BRUSSELS.replace("Bruulstraat", ""))

    assert number == "BS/2060"
    assert Street.objects.values_list("name_fr", "name_nl").get(nis="21004") == ("Rue du Bruel", "")
    assert (report.created, report.updated) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "part", "reason"),
    [
        (zipped(readme_txt="BeST"), {}, "This ZIP or Excel file contains no CSV file. Save it as CSV (UTF-8) first."),
        (
            zipped(a_csv=HEADER + "\n" + BRUSSELS)[:-30],
            {},
            "The ZIP file is damaged or locked. Fetch it again.",
        ),
        (f"{HEADER}\n{BRUSSELS}\n".encode(), {"nis": "63049"}, "No row of this file is of municipality 63049."),
        (
            f"{HEADER}\n{BRUSSELS.replace(',21004,', ',,')}\n".encode(),
            {},
            "No row of this file is of a municipality of the country.",
        ),
    ],
    ids=["no CSV in it", "cut short", "nothing of the part", "no municipality at all"],
)
def test_a_file_that_gives_nothing_says_why(content: bytes, part: dict[str, str], reason: str) -> None:
    report = read_bytes(content, **part)

    assert report.errors == [{"line": 1, "reason": reason}]
    assert not report.is_written


@pytest.mark.django_db
def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(actions.UnknownZone):
        read(BRUSSELS, zone="Atlantis")


@pytest.mark.parametrize("wanted", ["z099", "Z099"])
def test_a_zone_is_found_by_its_key(wanted: str) -> None:
    assert gazetteer.nis_codes_of_zone(wanted) == {
        nis for nis, municipality in gazetteer.municipalities_by_nis().items() if municipality.zone == "z099"
    }
