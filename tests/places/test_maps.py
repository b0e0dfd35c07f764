"""Maps from what the product carries: lines of streets, names where there is room, no dot for a home (T53)."""

from math import cos, radians

import pytest

from plp.places import actions
from plp.places.models import Area
from plp.places.queries.maps import (
    coverable_streets_in_frame,
    frame_of_area,
    frame_of_possible_municipalities,
    map_of_quarters,
    map_of_streets,
)
from plp.places.rules.frames import frame_width_in_metres, svg_point, units_per_degree, widen_frame
from plp.places.rules.labels import street_name_positions
from plp.places.rules.lines import street_line
from tests.places.build import AT, doors, quarter, street, whole

HAREN = (4.417, 50.889)
DEGREE = 111_320 * cos(radians(50.889))  # metres of one degree of longitude there


def row(metres: float = 0.0, *, count: int = 8, north: float = 0.0) -> list[tuple[float, float]]:
    """Points every 50 metres, from west to east."""
    return [(HAREN[0] + (metres + 50 * place) / DEGREE, HAREN[1] + north / 111_320) for place in range(count)]


def square(size: float = 0.004) -> dict[str, object]:
    """A boundary around the row."""
    west, south = HAREN[0] - size, HAREN[1] - size
    east, north = HAREN[0] + size, HAREN[1] + size
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def test_a_straight_street_is_one_straight_line() -> None:
    line = street_line(row())

    assert line is not None
    assert (line.geom_type, len(line.coords)) == ("LineString", 2)


def test_a_street_with_two_arms_has_both() -> None:
    east, north = row(), [(HAREN[0], HAREN[1] + 50 * place / 111_320) for place in range(8)]

    line = street_line([*east, *north])

    assert line is not None
    assert line.bounds[2] > east[-2][0]
    assert line.bounds[3] > north[-2][1]


def test_a_wide_gap_stays_open() -> None:
    line = street_line([*row(), *row(2_000)])

    assert line is not None
    assert line.geom_type == "MultiLineString"


@pytest.mark.parametrize("points", [row(count=4), [HAREN] * 9, []])
def test_few_homes_are_not_drawn(points: list[tuple[float, float]]) -> None:
    assert street_line(points) is None


def test_doors_of_one_corner_make_no_line() -> None:
    assert street_line([(HAREN[0] + place / DEGREE, HAREN[1]) for place in range(6)]) is None


def test_a_frame_is_never_a_strip() -> None:
    west, south, east, north = HAREN[0], HAREN[1], HAREN[0] + 1_000 / DEGREE, HAREN[1]

    frame = widen_frame((west, south, east, north), 100)

    assert round(frame_width_in_metres(frame)) == 1_200
    assert round((frame[3] - frame[1]) * 111_320) == 600
    assert svg_point((frame[0], frame[3]), frame) == (0.0, 0.0)
    assert svg_point((frame[2], frame[1]), frame) == (
        1000.0,
        round((frame[3] - frame[1]) * units_per_degree(frame)[1], 1),
    )


@pytest.mark.django_db
def test_a_map_of_streets_shows_lines_quarters_and_towns() -> None:
    here, oak, hut = quarter(), street("Rue du Chêne"), street("Rue de la Hutte")
    doors(oak, *map(str, range(8)), points=row())
    doors(hut, "1", "2", points=row(count=2, north=90))
    actions.draw_quarter_and_count_addresses(area=here, selectors=[whole(oak)], boundary=square(), by=None, at=AT)
    here.refresh_from_db()
    frame = frame_of_area(here)
    assert frame is not None

    found = coverable_streets_in_frame(here, frame)
    drawn = map_of_streets(here, found, frame, "nl")

    assert [one.name_fr for one in found] == ["Rue de la Hutte", "Rue du Chêne"]
    assert [one.name for one in drawn.streets] == ["Rue du Chêne"]
    assert [(one.key, one.path.count("M")) for one in drawn.quarters] == [(here.path, 1)]
    assert ["Bruxelles", "Brussel"] in [one.name_split_by_language for one in drawn.municipalities]
    assert drawn.view_box.startswith("0 0 1000 ")
    assert drawn.names == ()
    assert [one.name for one in map_of_streets(here, found, frame, "nl", is_named=True).names] == ["Rue du Chêne"]


def test_names_of_streets_cover_none_and_leave_none_of_the_picture() -> None:
    middles = [((500.0, 300.0), "Rue du Chêne"), ((510.0, 305.0), "Rue de la Hutte"), ((500.0, 400.0), "Place")]

    over_streets = street_name_positions(middles, 600)
    at_the_edge = street_name_positions([((20.0, 300.0), "Rue du Chêne"), ((500.0, 595.0), "Place")], 600)

    assert over_streets == [(500.0, 300.0), None, (500.0, 400.0)]
    assert at_the_edge == [None, None]


@pytest.mark.django_db
def test_an_undrawn_quarter_has_the_ground_of_its_municipality() -> None:
    here = quarter()

    frame = frame_of_possible_municipalities(here)

    assert frame_of_area(here) is None
    assert frame is not None
    assert coverable_streets_in_frame(here, frame) == []


@pytest.mark.django_db
def test_streets_of_a_whole_city_are_not_drawn() -> None:
    here = quarter()
    doors(street(), "1", points=[HAREN])

    assert coverable_streets_in_frame(here, widen_frame((*HAREN, *HAREN), 5_000)) == []


def test_a_small_quarter_lies_above_a_large_one() -> None:
    small, large = (Area(name_fr=name, boundary=square(size)) for name, size in (("A", 0.001), ("B", 0.01)))

    drawn = map_of_quarters({"small": small, "large": large, "unknown": Area(name_fr="C")}, "fr")

    assert drawn is not None
    assert [one.key for one in drawn.quarters] == ["large", "small"]
    assert map_of_quarters({"unknown": Area()}, "fr") is None


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize(
    ("town", "place"),
    [
        (["Bruxelles", "Brussel"], HAREN),
        (["Malmedy"], (6.03, 50.43)),
        (["Eupen"], (6.04, 50.63)),
        (["Ronse", "Renaix"], (3.60, 50.745)),
        (["Mouscron", "Moeskroen"], (3.21, 50.74)),
    ],
)
def test_a_town_is_named_as_on_its_plates_whoever_looks(
    language: str, town: list[str], place: tuple[float, float]
) -> None:
    west, south = place
    corners = [[west, south], [west + 0.01, south], [west + 0.01, south + 0.01], [west, south + 0.01], [west, south]]
    here = Area(name_fr="Ici", boundary={"type": "Polygon", "coordinates": [corners]})

    drawn = map_of_quarters({"here": here}, language)

    assert drawn is not None
    assert town in [one.name_split_by_language for one in drawn.municipalities]


@pytest.mark.django_db
def test_over_the_whole_country_quarters_are_dots_on_one_ground() -> None:
    here, far = quarter(), Area(path="be/z2/q-far/", name_fr="Loin", boundary=square())
    here.boundary = {"type": "Polygon", "coordinates": [[[5.9, 50.2], [5.91, 50.2], [5.91, 50.21], [5.9, 50.2]]]}

    drawn = map_of_quarters({"here": here, "far": far}, "fr")

    assert drawn is not None
    assert (drawn.are_dots, len(drawn.municipalities)) == (True, 1)
    assert [quarter_drawn.path.endswith("h0") for quarter_drawn in drawn.quarters] == [True, True]
