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
from plp.places.rules.frames import Frame, frame_width_in_metres
from plp.places.rules.shapes import PICTURE_WIDTH

SCALES = (5_000, 2_000, 1_000, 500, 200, 100, 50)  # metres that the bar of the scale may stand for
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
        f"{_svg_lines(own, HOUSE.main, 28)}{_svg_lines(own, HOUSE.accent, 18)}"
        f"{_scale_bar_and_north_arrow_svg(drawn)}</svg>"
    )


def _scale_bar_and_north_arrow_svg(drawn: Map) -> str:
    """A bar with its length and an arrow to the north, at the foot of the map."""
    width, foot = frame_width_in_metres(drawn.frame), float(drawn.view_box.split()[-1]) - 30
    metres = next((length for length in SCALES if length <= width / 4), SCALES[-1])
    end = 40 + metres / width * PICTURE_WIDTH
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    north = PICTURE_WIDTH - 50
    lines = _svg_lines([f"M40 {foot:.0f}H{end:.0f}", f"M{north} {foot:.0f}v-60m-16 20l16-20l16 20"], HOUSE.main, 5)
    texts = "".join(
        f'<text x="{x:.0f}" y="{y:.0f}" fill="{HOUSE.main}" font-size="30" '
        f'font-family="Atkinson Hyperlegible, DejaVu Sans, sans-serif" text-anchor="middle">{words}</text>'
        for x, y, words in ((20 + end / 2, foot - 14, words), (north, foot - 74, "N"))
    )
    return lines + texts


def _svg_lines(paths: Iterable[str], colour: str, width: int) -> str:
    return "".join(
        f'<path d="{escape(path)}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
        for path in paths
    )
