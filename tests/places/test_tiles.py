"""Tiles under a window: they cover it, they meet, and they are those of the place."""

from plp.places.rules.frames import Frame
from plp.places.rules.shapes import view_height_of_frame
from plp.places.rules.tiles import map_tiles_covering_frame

HAREN: Frame = (4.40, 50.88, 4.44, 50.90)


def test_tiles_cover_the_window_without_a_gap() -> None:
    found = list(map_tiles_covering_frame(HAREN))

    assert min(one.x for one in found) <= 0
    assert min(one.y for one in found) <= 0
    assert max(one.x + one.width for one in found) >= 1000
    assert max(one.y + one.height for one in found) >= view_height_of_frame(HAREN)
    assert 3 <= len({one.column for one in found}) <= 5
    first, second = found[:2]
    assert abs(first.x + first.width - second.x) < 0.2


def test_the_numbers_are_those_of_the_place() -> None:
    """At zoom 15 the corner of Haren lies in column 16784, row 10984, as every map of the web counts."""
    corner = next(iter(map_tiles_covering_frame(HAREN)))

    assert (corner.zoom, corner.column, corner.row) == (15, 16784, 10984)


def test_a_tile_that_only_touches_the_window_is_none_of_it() -> None:
    west, east = (column * 360 / 2**15 - 180 for column in (16_784, 16_788))

    found = list(map_tiles_covering_frame((west, 50.88, east, 50.90)))

    assert {one.column for one in found} == {16_784, 16_785, 16_786, 16_787}
