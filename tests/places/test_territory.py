"""Country, zones and municipalities."""

import pytest

from plp.journal.models import Entry
from plp.places import actions, gazetteer, queries
from plp.places.gazetteer import municipalities_by_nis
from plp.places.models import Area, Street
from plp.places.postal_addresses import town_line
from plp.places.rules.bilingual import is_bilingual
from tests.places.build import AT

PLACES = ("21004", "23027", "23101", "23102", "57097", "63067", "63080", "53053")


def test_the_shipped_tables_hold_the_whole_country() -> None:
    assert (
        len(gazetteer.municipalities_by_nis()),
        len(gazetteer.police_zones_by_key()),
        len(gazetteer.municipality_outlines()),
    ) == (
        565,
        176,
        565,
    )
    assert {place.zone for place in gazetteer.municipalities_by_nis().values()} == set(gazetteer.police_zones_by_key())
    assert gazetteer.nis_codes_by_postcode()["1130"] == ("21004",)
    assert gazetteer.nis_codes_by_postcode()["1040"] == ("21004", "21005")


def test_every_area_has_a_name_and_the_german_speaking_ones_a_german_name() -> None:
    german = {"63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087"}

    assert all(any(place.names.values()) for place in gazetteer.municipalities_by_nis().values())
    assert all(any(zone.names.values()) for zone in gazetteer.police_zones_by_key().values())
    assert all(gazetteer.municipalities_by_nis()[nis].names["de"] for nis in german)


def test_a_place_is_called_as_its_region_calls_it() -> None:
    shown = {
        (nis, language): gazetteer.municipality_name(nis, language) for nis in PLACES for language in ("fr", "nl", "en")
    }

    assert [shown[nis, language] for nis in PLACES for language in ("fr", "nl", "en")] == [
        *["Bruxelles / Brussel"] * 3,
        "Hal", "Halle", "Halle",
        *["Sint-Genesius-Rode / Rhode-Saint-Genèse"] * 3,
        *["Wemmel"] * 3,
        *["Comines-Warneton / Komen-Waasten"] * 3,
        *["Sankt Vith / Saint-Vith"] * 3,
        *["Waimes / Weismes"] * 3,
        "Mons", "Bergen", "Mons",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nis", "postcode", "towns"),
    [
        ("21004", "1130", ["1130 Bruxelles", "1130 Brussel", "1130 Bruxelles"]),
        ("23027", "1502", ["1502 Halle", "1502 Halle", "1502 Halle"]),
        ("57097", "7780", ["7780 Comines-Warneton", "7780 Komen-Waasten", "7780 Comines-Warneton"]),
        ("63080", "4950", ["4950 Waimes", "4950 Waimes", "4950 Weismes"]),
    ],
)
def test_an_envelope_names_the_town_once_in_a_language_that_its_signs_speak(
    nis: str, postcode: str, towns: list[str]
) -> None:
    street = Street(nis=nis, postcode=postcode)

    assert [town_line(street, language) for language in ("fr", "nl", "de")] == towns
    assert town_line(street, "fr", "1020") == towns[0].replace(postcode, "1020")


def test_each_municipality_that_shows_two_names_is_one_of_today() -> None:
    """The laws of 1966 name 27 municipalities with facilities, nine of German language among them; Brussels has 19."""
    two = [nis for nis in gazetteer.municipalities_by_nis() if is_bilingual(nis)]

    assert len(two) == 12 + 4 + 2 + 9 + 19


def test_an_area_shows_the_names_of_its_municipality_and_a_quarter_its_own() -> None:
    names = {"name_fr": "Haren", "name_nl": "Haren", "name_de": ""}
    place = Area(kind=Area.Kind.MUNICIPALITY, nis="21004", name_fr="Bruxelles", name_nl="Brussel", name_de="Brüssel")

    assert {place.bilingual_name(language) for language in ("fr", "nl", "de", "en")} == {"Bruxelles / Brussel"}
    assert place.names == "Bruxelles / Brussel / Brüssel"
    assert (
        Area(kind=Area.Kind.MUNICIPALITY, nis="53053", name_fr="Mons", name_nl="Bergen").bilingual_name("nl")
        == "Bergen"
    )
    assert Area(kind=Area.Kind.QUARTER, nis="21004", **names).bilingual_name("nl") == "Haren"


def test_a_code_that_ended_with_a_merger_stands_for_the_municipality_of_today() -> None:
    assert gazetteer.current_nis("23023") == "23106"
    assert gazetteer.current_nis("21004") == "21004"
    assert gazetteer.current_nis("99999") == ""


def test_addresses_of_another_name_do_not_ship() -> None:
    with pytest.raises(KeyError):
        gazetteer.demo_address_file("../secrets")


@pytest.mark.django_db
def test_loading_the_territory_twice_changes_nothing() -> None:
    """The whole country is loaded: 0.4 s."""
    first = actions.create_and_correct_territory(by=None, at=AT)
    second = actions.create_and_correct_territory(by=None, at=AT)

    assert first == {"areas": 742, "created": 742, "updated": 0, "unchanged": 0}
    assert second == {"areas": 742, "created": 0, "updated": 0, "unchanged": 742}
    assert Area.objects.get(path="be/z099/m21004/").name("nl") == "Brussel"
    assert [area.path for area in Area.objects.containing("be/z099/m21004/")] == ["be/", "be/z099/", "be/z099/m21004/"]
    assert Area.objects.inside("be/z099/").count() == 3
    assert Entry.objects.filter(verb="places.territory_loaded").count() == 1
    assert queries.zone_of("63049").name_fr == "Stavelot/Malmedy"
    assert queries.municipality_of("63049").name_fr == "Malmedy"
    with pytest.raises(Area.DoesNotExist):
        queries.zone_of("99999")


@pytest.mark.django_db
def test_loading_corrects_a_name_that_changed() -> None:
    Area.objects.create(kind=Area.Kind.ZONE, path="be/z099/", name_fr="Ancien nom")

    counts = actions.create_and_correct_territory(by=None, at=AT)

    assert (counts["created"], counts["updated"]) == (741, 1)
    assert Area.objects.get(path="be/z099/").name_fr == "Bruxelles-Capitale Ixelles"


@pytest.mark.django_db
def test_zone_1_does_not_contain_zone_10() -> None:
    Area.objects.create(kind=Area.Kind.ZONE, path="be/z1/", name_fr="Un")
    Area.objects.create(kind=Area.Kind.ZONE, path="be/z10/", name_fr="Dix")

    assert [area.path for area in Area.objects.inside("be/z1/")] == ["be/z1/"]


@pytest.mark.django_db
def test_the_zone_around_a_quarter_is_its_own_and_not_one_of_a_similar_number() -> None:
    zone = Area.objects.create(kind="zone", path="be/z1/", name_fr="Zone Un")
    Area.objects.create(kind="zone", path="be/z10/", name_fr="Zone Dix")
    inside = Area.objects.create(kind="quarter", path="be/z1/m21004/q-haren/", name_fr="Haren")
    country = Area.objects.create(kind="country", path="be/", name_fr="Belgique")

    assert (queries.zone_around(inside), queries.zone_around(country)) == (zone, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        ("municipality", "liege", ["Liège"]),
        ("municipality", "LUIK", ["Liège"]),
        ("municipality", "62063", ["Liège"]),
        ("zone", "62063", ["Zone Liège"]),
        ("zone", "zone  liège", ["Zone Liège"]),
        ("municipality", "Nowhere", []),
        ("zone", "99999", []),
    ],
)
def test_an_area_is_found_as_people_type_it(kind: str, typed: str, found: list[str]) -> None:
    path = f"be/{municipalities_by_nis()['62063'].zone}/"
    Area.objects.create(kind="zone", path=path, name_fr="Zone Liège")
    Area.objects.create(kind="municipality", path=f"{path}m62063/", name_fr="Liège", name_nl="Luik", nis="62063")

    assert [area.name_fr for area in queries.areas_by_name_or_nis(kind, typed)] == found
