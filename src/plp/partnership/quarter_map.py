"""The quarter as a drawing for papers: its streets among those around, in the two colours of our illustrations.

No outline: it would take in streets that do not belong to it.
"""

import math
from collections.abc import Iterable

from django.utils.html import escape

from plp.documents.colours import HOUSE, WHITE
from plp.places.models import Area
from plp.places.queries import streets_of
from plp.places.queries.maps import Map, coverable_streets_in_frame, frame_of_area, map_of_streets
from plp.places.rules.frames import Frame

TALL = 180 / 132  # height to width of the ground of the first slide


def quarter_map_svg(area: Area, *, height_ratio: float = TALL) -> str:
    """The map of a quarter as SVG, ``shape`` times as high as wide; "" while nothing of it has a place. Six queries."""
    frame = frame_of_area(area)
    if frame is None:
        return ""
    wide_frame = _grow_to_aspect_ratio(frame, height_ratio)
    own = list(streets_of(area))
    around = coverable_streets_in_frame(area, wide_frame)
    streets = list({street.pk: street for street in (*around, *own)}.values())
    drawn = map_of_streets(area, streets, wide_frame, "fr")
    return _compose_map_svg(drawn, {str(street.pk) for street in own})


def _grow_to_aspect_ratio(frame: Frame, height_ratio: float) -> Frame:
    """``frame`` grown on two sides, so that its picture is ``shape`` times as high as wide."""
    west, south, east, north = frame
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * squeeze, north - south
    if high < wide * height_ratio:
        grow = (wide * height_ratio - high) / 2
        return west, south - grow, east, north + grow
    grow = (high / height_ratio - wide) / 2 / squeeze
    return west - grow, south, east + grow, north


def _compose_map_svg(drawn: Map, own_keys: set[str]) -> str:
    own = [street.path for street in drawn.streets if street.key in own_keys]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawn.view_box}">'
        f'<rect width="100%" height="100%" fill="{HOUSE.light}"/>'
        f"{_svg_lines((shape.path for shape in drawn.municipalities), HOUSE.middle, 3)}"
        f"{_svg_lines((street.path for street in drawn.streets if street.key not in own_keys), WHITE, 9)}"
        f"{_svg_lines(own, HOUSE.main, 28)}{_svg_lines(own, HOUSE.accent, 18)}</svg>"
    )


def _svg_lines(paths: Iterable[str], colour: str, width: int) -> str:
    return "".join(
        f'<path d="{escape(path)}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
        for path in paths
    )
