"""The quarter as a small drawing for its papers: its own streets and outline among those around it, in two colours."""

from plp.documents.colours import Colours, blended_colour
from plp.places.models import Area
from plp.places.queries.coverage import streets_of
from plp.places.queries.maps import Drawn, coverable_streets_in_frame, frame_of_area, map_of_streets


def area_map_svg(area: Area, language: str, colours: Colours) -> str:
    """The SVG of the quarter; empty while nothing of it has a place. No name, no dot for a home (T53)."""
    frame = frame_of_area(area)
    if frame is None:
        return ""
    own_streets = list(streets_of(area))
    around = map_of_streets(area, coverable_streets_in_frame(area, frame), frame, language)
    own = map_of_streets(area, own_streets, frame, language)
    outline = [quarter for quarter in own.quarters if quarter.key == area.path]
    tint = blended_colour(colours.main, colours.paper, 0.12)
    ground = f'<rect width="1000" height="{own.view.split()[-1]}" fill="{tint}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{own.view}">{ground}'
        f"{_svg_paths(outline, fill=colours.accent, stroke=colours.main, width=9)}"
        f"{_svg_paths(around.streets, fill='none', stroke=colours.paper, width=9)}"
        f"{_svg_paths(own.streets, fill='none', stroke=colours.main, width=18)}</svg>"
    )


def _svg_paths(shapes: tuple[Drawn, ...] | list[Drawn], *, fill: str, stroke: str, width: int) -> str:
    return "".join(
        f'<path d="{shape.path}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
        for shape in shapes
    )
