"""Outlines drawn from GeoJSON."""

from plp.portal.shell.maps import outline_of


def test_a_square_on_the_ground_is_drawn_square() -> None:
    """One degree of longitude is shorter than one of latitude; at 60° north, half as long."""
    shape = {"type": "Polygon", "coordinates": [[[4, 59.5], [6, 59.5], [6, 60.5], [4, 60.5], [4, 59.5]]]}

    drawn = outline_of(shape)

    assert drawn is not None
    assert (drawn.width, drawn.height) == (400.0, 400.0)
    assert drawn.path == "M0.0 400.0 L400.0 400.0 L400.0 0.0 L0.0 0.0 L0.0 400.0 Z"


def test_without_a_boundary_nothing_is_drawn() -> None:
    """A quarter may have a list of streets only."""
    assert outline_of(None) is None


def test_several_parts_are_one_drawing() -> None:
    """A quarter on both sides of a canal."""
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    shape = {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [ring]]}}

    drawn = outline_of(shape)

    assert drawn is not None
    assert drawn.path.count("M") == 2
