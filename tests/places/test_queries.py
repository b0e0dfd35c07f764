"""What one may ask: who covers a door, which streets are there, what does the picture show."""

import pytest
from pytest_django import DjangoAssertNumQueries

from plp.places import actions, queries
from plp.places.models import Area, Street
from tests.places.build import AT, doors, quarter, street, whole

pytestmark = pytest.mark.django_db


def drawn(key: str, *parts: actions.StreetPart, boundary: object = None) -> Area:
    area = quarter(key)
    actions.draw_quarter_and_count_addresses(area=area, selectors=parts, boundary=boundary, by=None, at=AT)
    area.refresh_from_db()
    return area


def test_a_registered_door_knows_its_quarters() -> None:
    oak = street()
    first, second = doors(oak, "1", "2")
    odd = drawn("odd", whole(oak, side="odd"))
    everyone = drawn("all", whole(oak))

    assert list(queries.quarters_covering_door(oak, first.number)) == [everyone, odd]
    assert list(queries.quarters_covering_door(oak, second.number)) == [everyone]


def test_a_door_that_the_register_does_not_know_is_judged_by_the_streets() -> None:
    oak = street()
    area = drawn("odd", whole(oak, side="odd"), whole(oak, first="7", last="7", box_first="2", excluded=True))

    assert list(queries.quarters_covering_door(oak, "7/1")) == [area]
    assert list(queries.quarters_covering_door(oak, "7 bte 2")) == []
    assert list(queries.quarters_covering_door(oak, "8")) == []


def test_a_box_is_asked_for_beside_its_number_too() -> None:
    oak = street()
    area = drawn("boxes", whole(oak, first="7", last="7", box_first="1", box_last="3"))

    assert [list(queries.quarters_covering_door(oak, "7", box)) for box in ("2", "4")] == [[area], []]


def test_a_boundary_covers_a_door_through_its_registered_twin() -> None:
    oak = street()
    doors(oak, "1 b001", "5", points=[(4.41, 50.85), (4.8, 50.85)])
    square = {"type": "Polygon", "coordinates": [[[4.4, 50.8], [4.5, 50.8], [4.5, 50.9], [4.4, 50.9], [4.4, 50.8]]]}
    area = drawn("square", boundary=square)

    assert list(queries.quarters_covering_door(oak, "1/1")) == [area]
    assert list(queries.quarters_covering_door(oak, "1")) == [area]
    assert list(queries.quarters_covering_door(oak, "1/2")) == []
    assert list(queries.quarters_covering_door(oak, "5")) == []


@pytest.mark.parametrize("many", [1, 3])
def test_a_door_costs_the_same_queries_however_many_quarters(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    oak = street()
    doors(oak, *map(str, range(1, 20)))
    for number in range(many):
        drawn(f"q{number}", whole(oak))

    with django_assert_num_queries(4):
        assert len(queries.quarters_covering_door(oak, "7")) == many


def test_addresses_come_street_by_street_in_the_order_of_the_numbers() -> None:
    oak = street()
    doors(oak, "10", "2A", "2", "2 b010", "2 b002")
    area = drawn("all", whole(oak))

    assert [f"{door.number} {door.box}".strip() for door in queries.addresses_of(area)] == [
        "2",
        "2 b002",
        "2 b010",
        "2A",
        "10",
    ]


def test_streets_of_a_quarter_include_one_without_registered_doors() -> None:
    oak, new, other = street("Rue du Chêne"), street("Allée Neuve"), street("Rue de l'Orme")
    doors(oak, "1")
    doors(other, "1")
    area = drawn("all", whole(oak), whole(new), whole(other, excluded=True))

    assert list(queries.streets_of(area)) == [new, oak]
    assert [part.street for part in queries.street_parts_of(area)] == [oak, new, other]


def test_a_street_is_found_in_either_language_without_accents() -> None:
    oak = street("Chaussée du Chêne", name_nl="Eiksesteenweg")
    street("Rue de l'Orme")

    assert list(queries.search_streets("CHAUSSEE chene")) == [oak]
    assert list(queries.search_streets("eikse", language="nl")) == [oak]
    assert list(queries.streets_by_name("ch. du chêne")) == [oak]
    assert list(queries.streets_by_name("chêne")) == []
    assert list(queries.search_streets("")) == []


def test_the_best_street_comes_first_and_the_list_is_short() -> None:
    inner = street("Vieille rue du Chêne")
    begins = street("Rue du Chêne vert")
    exact = street("Rue du Chêne")

    assert list(queries.search_streets("rue du chene")) == [exact, begins, inner]
    assert len(queries.search_streets("chene", limit=2)) == 2


def test_search_is_narrowed_by_municipality_and_postal_code() -> None:
    here = street("Rue du Chêne", postcode="1130")
    there = street("Rue du Chêne ", nis="63049", postcode="4960")
    unknown = street("Rue du Chêne  ", nis="63049", postcode="")

    assert list(queries.search_streets("chene", codes={"21004"})) == [here]
    assert list(queries.search_streets("chene", postcode="1130")) == [here]
    assert set(queries.search_streets("chene", postcode="4960")) == {there, unknown}


def test_a_long_street_is_found_under_each_of_its_postal_codes() -> None:
    long = street(postcode="1130")
    door = doors(long, "1")[0]
    door.postcode = "1020"
    door.save()

    assert list(queries.search_streets("chene", postcode="1020")) == [long]


@pytest.mark.parametrize(
    ("asked", "is_covered"),
    [
        ({"street": "rue du chene", "postcode": "1130"}, True),
        ({"street": "Eikstraat", "number": "3", "postcode": "1130"}, True),
        ({"street": "Eikstr.", "number": "3 bus 2", "postcode": "1130"}, True),
        ({"street": "Rue du Chêne", "number": "4", "postcode": "1130"}, False),
        ({"street": "Rue du Chêne", "number": "3", "postcode": "4960"}, False),
        ({"street": "Rue de l'Orme", "postcode": "1130"}, False),
        ({"street": "Rue Inconnue", "number": "3", "postcode": "1130"}, False),
        ({"street": "", "number": "", "postcode": ""}, False),
        ({"street": "'; --", "number": "\x00", "postcode": "\x00"}, False),
    ],
)
def test_the_public_look_up_answers_with_the_quarter_or_with_nothing(asked: dict[str, str], is_covered: bool) -> None:
    oak = street(name_nl="Eikstraat")
    street("Rue de l'Orme")
    doors(oak, "1", "2", "3")
    odd = drawn("odd", whole(oak, side="odd"))

    assert list(queries.find_quarters_of_street_or_door(**asked)) == [odd] * is_covered


def test_a_quarter_of_streets_gets_a_soft_outline() -> None:
    oak = street()
    points = [(4.40 + 0.001 * step, 50.90) for step in range(10)]
    doors(oak, *map(str, range(1, 11)), points=points)

    area = drawn("all", whole(oak))

    assert area.boundary is None
    assert area.outline is not None
    assert len(area.outline["coordinates"][0][0]) < 2 * len(points)


def test_a_quarter_of_few_doors_has_no_outline() -> None:
    oak = street()
    doors(oak, "1", "2", "3", points=[(4.4, 50.9), (4.41, 50.9), (4.42, 50.9)])

    assert drawn("few", whole(oak)).outline is None


def test_a_name_falls_back_to_one_that_is_there() -> None:
    assert Street(name_nl="Eikstraat").name("fr") == "Eikstraat"
    assert Street(name_fr="Rue du Chêne", name_nl="Eikstraat").name("nl") == "Eikstraat"


@pytest.mark.parametrize(
    ("nis", "names"),
    [
        ("21004", "Grand-Rue / Hoogstraat / Hauptstraße"),  # Brussels
        ("23098", "Hoogstraat / Grand-Rue / Hauptstraße"),  # Drogenbos, with facilities for French speakers
        ("54010", "Grand-Rue / Hoogstraat / Hauptstraße"),  # Comines-Warneton, with facilities for Dutch speakers
        ("63023", "Hauptstraße / Grand-Rue / Hoogstraat"),  # Eupen
        ("63049", "Grand-Rue / Hoogstraat / Hauptstraße"),  # Malmedy, with facilities for German speakers
    ],
)
def test_a_street_shows_its_names_in_the_order_of_its_region(nis: str, names: str) -> None:
    street = Street(nis=nis, name_fr="Grand-Rue", name_nl="Hoogstraat", name_de="Hauptstraße")

    assert street.names == names
    assert Street(nis=nis, name_fr="Place", name_nl="Place").names == "Place"


def test_streets_are_found_within_areas_by_the_beginning_of_a_word() -> None:
    """By a selector or through a registered door; an exception names no street of the quarter."""
    oak, elm, far = street(name_nl="Eikstraat"), street("Rue de l'Orme"), street("Rue du Chêne Vert")
    doors(elm, "5", points=[(4.41, 50.85)])
    square = {"type": "Polygon", "coordinates": [[[4.4, 50.8], [4.5, 50.8], [4.5, 50.9], [4.4, 50.9], [4.4, 50.8]]]}
    here, there = drawn("here", whole(oak), boundary=square), drawn("there", whole(far))
    areas = Area.objects.filter(pk=here.pk)

    found = {
        words: queries.streets_of_areas_by_name(words, areas) for words in ("chêne", "eik", "orme", "straat", "rue")
    }

    assert found == {
        "chêne": [(oak, here.pk)],
        "eik": [(oak, here.pk)],
        "orme": [(elm, here.pk)],
        "straat": [],
        "rue": [(elm, here.pk), (oak, here.pk)],
    }
    assert queries.streets_of_areas_by_name("rue", Area.objects.all(), limit=1) == [(elm, here.pk)]
    assert queries.streets_of_areas_by_name("vert", Area.objects.all()) == [(far, there.pk)]
