"""The quarter as a small drawing for its papers: its own streets among those around it, in two colours."""

from plp.documents.colours import Colours, blended_colour
from plp.places.models import Area
from plp.places.queries.coverage import streets_of
from plp.places.queries.maps import Drawn, coverable_streets_in_frame, frame_of_area, map_of_streets


def quarter_map_as_svg(area: Area, language: str, colours: Colours) -> str:
    """The SVG of the quarter; empty while nothing of it has a place. No name, no dot for a home (T53)."""
    frame = frame_of_area(area)
    if frame is None:
        return ""
    own_streets = list(streets_of(area))
    around = map_of_streets(area, coverable_streets_in_frame(area, frame), frame, language)
    own = map_of_streets(area, own_streets, frame, language)
    tint = blended_colour(colours.main, colours.paper, 0.12)
    ground = f'<rect width="1000" height="{own.view_box.split()[-1]}" fill="{tint}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{own.view_box}">{ground}'
        f"{_svg_paths(around.streets, stroke=colours.paper, width=9)}"
        f"{_svg_paths(own.streets, stroke=colours.main, width=28)}"
        f"{_svg_paths(own.streets, stroke=colours.accent, width=18)}</svg>"
    )


def _svg_paths(shapes: tuple[Drawn, ...], *, stroke: str, width: int) -> str:
    return "".join(
        f'<path d="{shape.path}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
        for shape in shapes
    )
