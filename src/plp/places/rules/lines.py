"""The course of a street, guessed from the points of its doors: for a picture only. Pure, by shapely."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from plp.places.rules.shapes import FEWEST_POINTS, METRES_PER_DEGREE, Point
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    shapely = lazy_import("shapely")

CELL, LONGEST, TOLERANCE = 70.0, 350.0, 12.0  # metres: one corner a cell; a wider gap stays open; what is smoothed


def street_line(points: Iterable[Point]) -> "BaseGeometry | None":
    """A line along the doors of a street, WGS84; ``None`` for fewer than five places, which would show a home (T53).

    The doors of each cell of 70 m become one corner in their middle, and every corner is joined to its nearest one.
    """
    places = sorted(set(points))
    if len(places) < FEWEST_POINTS:
        return None
    east, north = METRES_PER_DEGREE * math.cos(math.radians(places[0][1])), METRES_PER_DEGREE
    corners = _cell_centres([(x * east, y * north) for x, y in places])
    edges = _spanning_tree(corners)
    if not edges:
        return None
    merged = shapely.line_merge(shapely.multilinestrings([shapely.linestrings(edge) for edge in edges]))
    return shapely.transform(merged.simplify(TOLERANCE), lambda points_of_line: points_of_line / [east, north])


def _cell_centres(points: list[Point]) -> list[Point]:
    cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for x, y in points:
        cells[round(x / CELL), round(y / CELL)].append((x, y))
    return [
        (
            sum(x for x, _y in points_in_cell) / len(points_in_cell),
            sum(y for _x, y in points_in_cell) / len(points_in_cell),
        )
        for points_in_cell in cells.values()
    ]


def _spanning_tree(corners: list[Point]) -> list[tuple[Point, Point]]:
    """The shortest lines that join all corners (Prim's tree), without those over a wide gap."""
    nearest = {place: (math.dist(corners[0], corners[place]), 0) for place in range(1, len(corners))}
    edges = []
    while nearest:
        place = min(nearest, key=lambda corner: nearest[corner])
        far, beside = nearest.pop(place)
        if far <= LONGEST:
            edges.append((corners[beside], corners[place]))
        for other, (distance, _beside) in nearest.items():
            now = math.dist(corners[place], corners[other])
            if now < distance:
                nearest[other] = (now, place)
    return edges
