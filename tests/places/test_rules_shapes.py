"""Boundaries, soft hulls and their pictures."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from plp.places.rules.shapes import (
    are_inside,
    blurred_hull,
    bounds_of_shapes,
    path_data,
    read_boundary,
    union_of_boundaries,
    view_height_of_frame,
)

SQUARE = {"type": "Polygon", "coordinates": [[[4.0, 50.0], [4.1, 50.0], [4.1, 50.1], [4.0, 50.1], [4.0, 50.0]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[4.0, 50.0], [4.1, 50.1], [4.1, 50.0], [4.0, 50.1], [4.0, 50.0]]]}
PARIS = {"type": "Polygon", "coordinates": [[[2.3, 48.8], [2.4, 48.8], [2.4, 48.9], [2.3, 48.8]]]}
MANY = {
    "type": "Polygon",
    "coordinates": [[[4 + n / 100_000, 50.0] for n in range(5_001)] + [[4.0, 50.1], [4.0, 50.0]]],
}
LOCAL = st.tuples(st.floats(4.40, 4.45), st.floats(50.88, 50.90))


@pytest.mark.parametrize(
    "drawn",
    [
        None,
        "POLYGON",
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"]]]},
        {"type": "Point", "coordinates": [4.0, 50.0]},
        {"type": "LineString", "coordinates": [[4.0, 50.0], [4.1, 50.1]]},
        {"type": "GeometryCollection", "geometries": [SQUARE]},
        BOW_TIE,
        PARIS,
        MANY,
        [SQUARE],
    ],
)
def test_a_boundary_that_is_no_shape_in_belgium_is_refused(drawn: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_boundary(drawn)


def test_a_boundary_knows_what_lies_in_it_and_on_its_edge() -> None:
    assert are_inside(read_boundary(SQUARE), [(4.05, 50.05), (4.0, 50.05), (4.2, 50.05)]) == [True, True, False]


def test_nothing_lies_in_no_points() -> None:
    assert are_inside(read_boundary(SQUARE), []) == []


def test_two_shapes_become_one_and_none_stay_none() -> None:
    beside = {"type": "Polygon", "coordinates": [[[4.1, 50.0], [4.2, 50.0], [4.2, 50.1], [4.1, 50.1], [4.1, 50.0]]]}

    together = union_of_boundaries([SQUARE, beside])

    assert bounds_of_shapes([together]) == (4.0, 50.0, 4.2, 50.1)
    assert union_of_boundaries([]) is None


@given(st.lists(LOCAL, min_size=5, max_size=40, unique=True))
def test_a_soft_hull_holds_every_place_well_inside(points: list[tuple[float, float]]) -> None:
    hull = blurred_hull(points)

    assert hull is not None
    edge = shape(hull).boundary
    assert all(shape(hull).contains(Point(point)) for point in points)
    assert min(edge.distance(Point(point)) for point in points) > 0.0001  # some seven metres at the least


def test_few_places_have_no_hull_however_many_doors_they_have() -> None:
    flats = [(4.42, 50.89)] * 40 + [(4.43, 50.89), (4.43, 50.88), (4.42, 50.88)]

    assert blurred_hull(flats) is None


def test_a_picture_has_north_on_top_and_true_proportions() -> None:
    frame = bounds_of_shapes([SQUARE])

    height = view_height_of_frame(frame)

    assert path_data(SQUARE, frame) == f"M0.0 {height}L1000.0 {height}L1000.0 0.0L0.0 0.0Z"
    assert 1_550 < height < 1_560  # 50° north: a degree of longitude is 0.643 of one of latitude
