"""Which office of the public prosecutor a letter about a partnership goes to."""

import pytest

from plp.places.gazetteer import municipalities_by_nis
from plp.places.models import Area
from plp.places.prosecutors import PLACES, prosecutor_office


def office_of(language: str, *codes: str) -> str:
    return prosecutor_office([Area(kind=Area.Kind.MUNICIPALITY, nis=nis) for nis in codes], language)


@pytest.mark.parametrize(
    ("nis", "names"),
    [
        ("21004", ["Parquet de Bruxelles", "Parket Brussel", "Staatsanwaltschaft Brüssel"]),
        ("23027", ["Parquet de Hal-Vilvorde", "Parket Halle-Vilvoorde", "Staatsanwaltschaft Halle-Vilvoorde"]),
        ("63049", ["Parquet de Liège", "Parket Luik", "Staatsanwaltschaft Lüttich"]),
        ("63023", ["Parquet d’Eupen", "Parket Eupen", "Staatsanwaltschaft Eupen"]),
        ("57081", ["Parquet de Mons", "Parket Bergen", "Staatsanwaltschaft Mons"]),
        ("58001", ["Parquet", "Parket", "Staatsanwaltschaft"]),
    ],
)
def test_the_office_is_that_of_the_judicial_district(nis, names):
    assert [office_of(language, nis) for language in ("fr", "nl", "de")] == names


def test_an_area_of_two_districts_names_none():
    assert office_of("fr", "21004", "23027") == "Parquet"
    assert office_of("nl", "21004", "21015") == "Parket Brussel"
    assert office_of("de") == "Staatsanwaltschaft"


def test_every_municipality_but_those_of_two_arrondissements_has_its_office():
    beginnings = tuple(code for codes, *_names in PLACES for code in codes)
    without = {nis[:2] for nis in municipalities_by_nis() if not nis.startswith(beginnings)}

    assert without == {"55", "58"}
