"""The picture of an area: its outline before that of its municipality, with no dot for a home."""

from dataclasses import dataclass

from plp.places.models import Area
from plp.places.rules.shapes import PICTURE_WIDTH, bounds, path_data, union, view_height


@dataclass(frozen=True, slots=True)
class Outline:
    """An SVG to be: the ``d`` of two paths, the area and what lies ``around`` it (either may be empty), and their size.

    Both lie in a view box of ``0 0 width height``. The portal's component draws ``path`` in ``width`` and ``height``.
    """

    path: str
    width: float
    height: float
    around: str


def outline(area: Area) -> Outline | None:
    """The picture of a zone, a municipality or a quarter, 1000 wide with north on top; ``None`` when nothing is known.

    A quarter shows its drawn boundary, else the soft hull of its addresses, before its municipality or zone. A quarter
    of fewer than five doors shows only what lies around it.
    """
    own = area.boundary or area.outline
    around = None
    if area.kind == Area.Kind.QUARTER:
        around = _of_municipalities(area.parent_path)
    elif own is None:
        own = _of_municipalities(area.path)
    shapes = [shape for shape in (own, around) if shape]
    if not shapes:
        return None
    frame = bounds(shapes)
    return Outline(
        path=path_data(own, frame) if own else "",
        width=PICTURE_WIDTH,
        height=view_height(frame),
        around=path_data(around, frame) if around else "",
    )


def _of_municipalities(path: str) -> dict | None:
    inside = Area.objects.inside(path).filter(kind=Area.Kind.MUNICIPALITY, outline__isnull=False)
    return union(inside.values_list("outline", flat=True))
