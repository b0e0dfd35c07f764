"""Geometry of areas: what a boundary contains, the soft hull of a quarter, and its picture. Pure, by shapely.

Shapes come and go as GeoJSON (WGS84, longitude first). A degree is turned into metres on the spot: over a quarter the
error is far below the width of a line.
"""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    shapely = lazy_import("shapely")

METRES_PER_DEGREE = 111_320.0
BELGIUM = (2.4, 49.4, 6.5, 51.6)  # west, south, east, north
MOST_CORNERS = 5_000
FEWEST_POINTS = 5  # below this a hull would point at somebody's home (T53)
GRID, MARGIN, TOLERANCE = 100.0, 150.0, 50.0  # metres: half a diagonal of the grid and the tolerance stay inside
PICTURE_WIDTH = 1000.0

type Point = tuple[float, float]


def read_boundary(boundary: Any) -> "BaseGeometry":
    """The geometry of a drawn boundary.

    Raises ``ValueError`` unless it is a GeoJSON Polygon or MultiPolygon in Belgium, of at most 5,000 corners, that
    does not cross itself.
    """
    try:
        shape = shapely.geometry.shape(boundary)
    except (AttributeError, TypeError, ValueError, KeyError, IndexError, shapely.errors.ShapelyError) as wrong:
        raise ValueError("no GeoJSON") from wrong
    if shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty:
        raise ValueError("no polygon")
    if shapely.get_num_coordinates(shape) > MOST_CORNERS:
        raise ValueError("too many corners")
    if not bool(shapely.is_valid(shape)):
        raise ValueError("crosses itself")
    if not shapely.box(*BELGIUM).covers(shape):
        raise ValueError("outside Belgium")
    return shape


def are_inside(boundary: "BaseGeometry", points: Sequence[Point]) -> list[bool]:
    """For each (longitude, latitude) whether it lies in ``boundary`` or on its edge."""
    shapely.prepare(boundary)
    return [bool(answer) for answer in shapely.intersects_xy(boundary, [p[0] for p in points], [p[1] for p in points])]


def union_of_boundaries(boundaries: Iterable[Any]) -> dict[str, Any] | None:
    """One GeoJSON shape out of several, corner for corner; ``None`` out of none."""
    parts = [shapely.geometry.shape(boundary) for boundary in boundaries]
    return shapely.geometry.mapping(shapely.union_all(parts)) if parts else None


def blurred_hull(points: Iterable[Point]) -> dict[str, Any] | None:
    """A rough shape around addresses in which no single home can be told; ``None`` for fewer than five places.

    Points are put on a grid of 100 m, wrapped, widened by 150 m and smoothed by 50 m.
    """
    all_points = sorted(set(points))
    if len(all_points) < FEWEST_POINTS:
        return None
    squeeze = math.cos(math.radians(all_points[0][1]))
    east, north = METRES_PER_DEGREE * squeeze, METRES_PER_DEGREE
    cells = {(round(x * east / GRID), round(y * north / GRID)) for x, y in all_points}
    cloud = shapely.MultiPoint([(column * GRID, row * GRID) for column, row in sorted(cells)])
    wrapped = shapely.concave_hull(cloud, ratio=0.2).buffer(MARGIN, quad_segs=4).simplify(TOLERANCE)
    back = shapely.transform(wrapped, lambda corners: corners / [east, north])
    return _rounded_geojson(back)


def _rounded_geojson(geometry: "BaseGeometry") -> dict[str, Any]:
    """GeoJSON MultiPolygon with four decimals (about 10 m)."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    rings = [
        [[[round(x, 4), round(y, 4)] for x, y in ring] for ring in shapely.geometry.mapping(part)["coordinates"]]
        for part in parts
    ]
    return {"type": "MultiPolygon", "coordinates": rings}


def bounds_of_shapes(shapes: Iterable[Any]) -> tuple[float, float, float, float]:
    """West, south, east, north of several GeoJSON shapes. Raises ``ValueError`` for none."""
    return tuple(shapely.total_bounds([shapely.geometry.shape(shape) for shape in shapes]))


def view_height_of_frame(frame: tuple[float, float, float, float]) -> float:
    """The height of a picture 1000 wide that shows ``frame`` undistorted."""
    west, south, east, north = frame
    squeeze = math.cos(math.radians((south + north) / 2))
    return round(PICTURE_WIDTH * (north - south) / ((east - west) * squeeze), 1)


def path_data(geometry: Any, frame: tuple[float, float, float, float]) -> str:
    """The ``d`` of an SVG path for a GeoJSON shape, in a picture 1000 wide that shows ``frame``, north on top."""
    west, south, east, north = frame
    scale = PICTURE_WIDTH / (east - west)
    stretch = scale / math.cos(math.radians((south + north) / 2))
    pieces = []
    for part in shapely.get_parts(shapely.geometry.shape(geometry)):
        for ring in (part.exterior, *part.interiors):
            corners = [f"{(x - west) * scale:.1f} {(north - y) * stretch:.1f}" for x, y in list(ring.coords)[:-1]]
            pieces.append("M" + "L".join(corners) + "Z")
    return "".join(pieces)
