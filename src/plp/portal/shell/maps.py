"""Outlines ready to be drawn as SVG: no tiles, no dot per home (R4)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plp.partnership.models import Partnership
from plp.places.queries.maps import Map, map_of_quarters

SIZE = 400  # units of the longer side of the drawing


@dataclass(frozen=True)
class Outline:
    """A closed drawing: the SVG ``path`` and the size of its ``viewBox``."""

    path: str
    width: float
    height: float


def quarters_map(partnerships: Iterable[Partnership], language: str) -> Map | None:
    """A map to choose among partnerships; ``None`` where there is nothing to choose or nothing drawn."""
    areas = {str(one.pk): one.area for one in partnerships}
    return map_of_quarters(areas, language) if len(areas) > 1 else None


def outline_of(boundary: dict[str, Any] | None) -> Outline | None:
    """The outline of a GeoJSON Polygon or MultiPolygon (WGS84), drawn true to scale; ``None`` without one."""
    rings = list(_rings(boundary)) if boundary else []
    if not rings:
        return None
    points = [point for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    scale = SIZE / (max((east - west) * squeeze, north - south) or 1)

    def place(point: list[float]) -> str:
        return f"{(point[0] - west) * squeeze * scale:.1f} {(north - point[1]) * scale:.1f}"

    path = " ".join("M" + " L".join(place(point) for point in ring) + " Z" for ring in rings)
    return Outline(path=path, width=round((east - west) * squeeze * scale, 1), height=round((north - south) * scale, 1))


def _rings(shape: dict[str, Any]) -> Iterable[list[list[float]]]:
    if shape["type"] == "Feature":
        yield from _rings(shape["geometry"])
    elif shape["type"] == "Polygon":
        yield from shape["coordinates"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["coordinates"]:
            yield from polygon
