"""The window of a map: what it shows, and where a place in it stands in a picture 1000 wide. Pure, by shapely."""

import math
from typing import TYPE_CHECKING

from plp.places.rules.shapes import METRES_PER_DEGREE, PICTURE_WIDTH, Point
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    shapely = lazy_import("shapely")

LEAST_ROOM = 0.03  # of a picture, for a name

type Frame = tuple[float, float, float, float]  # west, south, east, north


def _longitude_scale(frame: Frame) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return math.cos(math.radians((frame[1] + frame[3]) / 2))


def widen_frame(frame: Frame, metres: float) -> Frame:
    """``frame`` with so much around it, and at least half as high as wide and half as wide as high."""
    west, south, east, north = map(float, frame)
    degree = METRES_PER_DEGREE * _longitude_scale(frame)
    wide, high = (east - west) * degree + 2 * metres, (north - south) * METRES_PER_DEGREE + 2 * metres
    wide, high = max(wide, high / 2), max(high, wide / 2)
    x, y = (west + east) / 2, (south + north) / 2
    along, across = wide / degree / 2, high / METRES_PER_DEGREE / 2
    return x - along, y - across, x + along, y + across


def frame_width_in_metres(frame: Frame) -> float:
    """How wide ``frame`` is, in metres."""
    return (frame[2] - frame[0]) * METRES_PER_DEGREE * _longitude_scale(frame)


def units_per_degree(frame: Frame) -> tuple[float, float]:
    """How many units of the picture a degree of longitude and one of latitude take."""
    scale = PICTURE_WIDTH / (frame[2] - frame[0])
    return scale, scale / _longitude_scale(frame)


def svg_point(point: Point, frame: Frame) -> Point:
    """Where a place stands in the picture."""
    along, across = units_per_degree(frame)
    return round((point[0] - frame[0]) * along, 1), round((frame[3] - point[1]) * across, 1)


def touches_frame(shape: "BaseGeometry", frame: Frame) -> bool:
    """Whether anything of a shape lies in ``frame``."""
    return bool(shapely.intersects(shape, shapely.box(*frame)))


def clip_shape(shape: "BaseGeometry", frame: Frame) -> "BaseGeometry":
    """The part of a shape in ``frame`` and a little around it, so that the cut itself is not seen."""
    west, south, east, north = frame
    x, y = (east - west) / 20, (north - south) / 20
    return shapely.clip_by_rect(shape, west - x, south - y, east + x, north + y)


def label_point(shape: "BaseGeometry", frame: Frame) -> Point | None:
    """Where in the picture the name of a shape may stand; ``None`` when little of it lies in ``frame``."""
    west, south, east, north = frame
    x, y = (east - west) / 8, (north - south) / 20
    part = shapely.clip_by_rect(shape, west + x, south + y, east - x, north - y)
    if part.area < LEAST_ROOM * (east - west) * (north - south):
        return None
    middle = shapely.point_on_surface(part)
    return svg_point((middle.x, middle.y), frame)


def line_path_data(line: "BaseGeometry", frame: Frame) -> str:
    """The ``d`` of an SVG path for one or more lines."""
    pieces = []
    for part in shapely.get_parts(line):
        corners = (svg_point((x, y), frame) for x, y in part.coords)
        pieces.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners))
    return "".join(pieces)
