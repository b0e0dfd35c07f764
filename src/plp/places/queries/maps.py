"""Maps made of what the product carries: borders of municipalities, outlines of quarters, lines of streets.

No tile and no other host: the same picture without a network. No dot for a home (T53).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from plp.places.gazetteer import municipalities_by_nis, municipality_name, municipality_outlines
from plp.places.models import Address, Area, Street
from plp.places.queries.coverage import nis_codes_a_quarter_may_cover, streets_of
from plp.places.rules.frames import (
    Frame,
    clip_shape,
    frame_width_in_metres,
    label_point,
    line_path_data,
    svg_point,
    touches_frame,
    widen_frame,
)
from plp.places.rules.labels import label_positions_beside_dots, street_name_positions
from plp.places.rules.lines import street_line
from plp.places.rules.shapes import PICTURE_WIDTH, Point, bounds_of_shapes, path_data, view_height_of_frame
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import shapely
else:
    shapely = lazy_import("shapely")

AROUND = 400.0  # metres shown around what a map is about
MOST_STREETS = 120
WIDEST = 8_000.0  # metres: over this, streets are only a tangle
WIDEST_OUTLINES = 60_000.0  # metres: over this, quarters are dots and the ground is the country
AROUND_COUNTRY = 6_000.0  # metres shown around the country
COARSE = 0.003  # degrees, some 300 metres: less than a dot


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing on a map: the ``d`` of its path, its name and where it stands; no name where there is no room for it.

    ``key`` tells it apart: that of a street, the path of a quarter or what was given for it, a NIS code.
    """

    key: str
    name: str
    path: str
    x: str = ""
    y: str = ""

    @property
    def name_split_by_language(self) -> list[str]:
        """The name as it stands on the map: each language on a line of its own, as on the plates of a place."""
        return self.name.split(" / ") if self.name else []


@dataclass(frozen=True, slots=True)
class Map:
    """A map 1000 wide, north on top, of what lies in ``frame``; what comes first lies below."""

    frame: Frame
    municipalities: tuple[Drawn, ...]
    quarters: tuple[Drawn, ...]
    streets: tuple[Drawn, ...] = ()
    names: tuple[Drawn, ...] = ()  # of streets, where there is room
    are_dots: bool = False  # the quarters: they would be too small to see

    @property
    def view_box(self) -> str:
        """The ``viewBox``."""
        return f"0 0 {PICTURE_WIDTH:.0f} {view_height_of_frame(self.frame):.0f}"


def frame_of_area(area: Area) -> Frame | None:
    """What a map of a quarter shows; ``None`` when nothing of it has a place. At most one query."""
    own = _boundary_or_outline(area)
    return widen_frame(bounds_of_shapes([own]), AROUND) if own else frame_of_streets(streets_of(area))


def frame_of_streets(streets: Iterable[Street]) -> Frame | None:
    """What a map of these streets shows; ``None`` when no door of them has a place. One query."""
    points = [point for _street, point in _street_keys_and_points(Address.objects.filter(street__in=streets))]
    if not points:
        return None
    west, south, east, north = shapely.total_bounds(shapely.multipoints(points))
    return widen_frame((west, south, east, north), AROUND)


def frame_of_possible_municipalities(area: Area) -> Frame | None:
    """What a map of the municipalities shows in which a quarter may lie. No query."""
    codes = nis_codes_a_quarter_may_cover(area)
    _tree, codes_drawn, shapes = _borders_tree_codes_and_shapes()
    chosen = [shape for nis, shape in zip(codes_drawn, shapes, strict=True) if nis in codes]
    return widen_frame(bounds_of_shapes(chosen), AROUND) if chosen else None


def coverable_streets_in_frame(area: Area, frame: Frame) -> list[Street]:
    """The streets with a door in ``frame`` that a quarter may cover, by name; at most the 120 nearest to its middle.

    None when the frame is so wide that they could not be told apart.
    """
    if frame_width_in_metres(frame) > WIDEST:
        return []
    west, south, east, north = frame
    codes, middle = nis_codes_a_quarter_may_cover(area), ((west + east) / 2, (south + north) / 2)
    doors = Address.objects.filter(longitude__range=(west, east), latitude__range=(south, north))
    nearest: dict[int, float] = {}
    for street, point in _street_keys_and_points(doors.filter(street__nis__in=codes)):
        far = math.dist(point, middle)
        nearest[street] = min(far, nearest.get(street, far))
    wanted = sorted(nearest, key=lambda key: (nearest[key], key))[:MOST_STREETS]
    return list(Street.objects.filter(pk__in=wanted).order_by("folded", "pk"))


def map_of_streets(
    area: Area, streets: Sequence[Street], frame: Frame, language: str, *, is_named: bool = False
) -> Map:
    """These streets in ``frame``, with the outlines of a quarter and of those beside it below them. Two queries.

    ``is_named``: with their names over them, as many as have room.
    """
    points: dict[int, list[Point]] = defaultdict(list)
    for street, point in _street_keys_and_points(Address.objects.filter(street__in=streets)):
        points[street].append(point)
    all_lines = ((shown_street, street_line(points[shown_street.pk])) for shown_street in streets)
    lines = [(shown_street, line) for shown_street, line in all_lines if line is not None]
    drawn = (Drawn(str(street.pk), street.names, line_path_data(line, frame)) for street, line in lines)
    beside = Area.objects.standing_quarters().inside(area.parent_path).filter(outline__isnull=False).order_by("path")
    quarters = _drawn_quarters({shown_street.path: shown_street for shown_street in beside}, frame, language)
    names = _drawn_street_names_with_room(lines, frame, language) if is_named else ()
    return Map(frame, _drawn_municipalities(frame, language), quarters, tuple(drawn), names)


def _drawn_street_names_with_room(
    lines: Sequence[tuple[Street, Any]], frame: Frame, language: str
) -> tuple[Drawn, ...]:
    points = [shapely.point_on_surface(line) for _street, line in lines]
    middles = [
        (svg_point((point.x, point.y), frame), street.name(language))
        for point, (street, _line) in zip(points, lines, strict=True)
    ]
    places = street_name_positions(middles, view_height_of_frame(frame))
    return tuple(
        Drawn("", name, "", f"{place[0]:.0f}", f"{place[1]:.0f}")
        for (_middle, name), place in zip(middles, places, strict=True)
        if place
    )


def map_of_quarters(areas: Mapping[str, Area], language: str) -> Map | None:
    """The outlines of quarters by the keys given, a small one above a large one; ``None`` without any. No query."""
    drawn = {
        key: shapely.geometry.shape(_boundary_or_outline(shown_area)).area
        for key, shown_area in areas.items()
        if _boundary_or_outline(shown_area)
    }
    ordered = {key: areas[key] for key in sorted(drawn, key=lambda key: -drawn[key])}
    if not ordered:
        return None
    frame = widen_frame(bounds_of_shapes([_boundary_or_outline(area) for area in ordered.values()]), AROUND)
    if frame_width_in_metres(frame) > WIDEST_OUTLINES:
        return _country_map_with_dots(ordered, language)
    return Map(frame, _drawn_municipalities(frame, language), _drawn_quarters(ordered, frame, language))


def _street_keys_and_points(doors: QuerySet[Address]) -> list[tuple[int, Point]]:
    """The street and the place of each door that has one."""
    rows = doors.order_by("pk").values_list("street_id", "longitude", "latitude")
    return [(street, (x, y)) for street, x, y in rows if x is not None and y is not None]


def _boundary_or_outline(area: Area) -> Any:
    """What was drawn decides; else the rough picture."""
    return area.boundary or area.outline


def _drawn_quarters(areas: Mapping[str, Area], frame: Frame, language: str) -> tuple[Drawn, ...]:
    shapes = ((key, area, shapely.geometry.shape(_boundary_or_outline(area))) for key, area in areas.items())
    return tuple(
        _draw_shape(key, area.bilingual_name(language), shape, frame)
        for key, area, shape in shapes
        if touches_frame(shape, frame)
    )


def _country_map_with_dots(areas: Mapping[str, Area], language: str) -> Map:
    """The whole country, in which everybody finds their place, with a dot for each quarter and its name beside it."""
    country = _country_outline()
    frame = widen_frame(country.bounds, AROUND_COUNTRY)
    middles = [shapely.point_on_surface(shapely.geometry.shape(_boundary_or_outline(area))) for area in areas.values()]
    points = [svg_point((middle.x, middle.y), frame) for middle in middles]
    names = [area.name(language) for area in areas.values()]
    places = label_positions_beside_dots(list(zip(points, names, strict=True)), view_height_of_frame(frame))
    dots = zip(areas, names, points, places, strict=True)
    drawn = tuple(_draw_dot(key, name, point, place) for key, name, point, place in dots)
    return Map(frame, (_draw_shape("be", "", country, frame),), drawn, are_dots=True)


def _draw_dot(key: str, name: str, point: Point, place: Point | None) -> Drawn:
    x, y = (f"{place[0]:.0f}", f"{place[1]:.0f}") if place else ("", "")
    return Drawn(key, name, f"M{point[0]:.0f} {point[1]:.0f}h0", x, y)


def _drawn_municipalities(frame: Frame, language: str) -> tuple[Drawn, ...]:
    """The municipalities of which a part lies in ``frame``, by NIS code; a bilingual one has both its names."""
    tree, codes, shapes = _borders_tree_codes_and_shapes()
    places = sorted(int(place) for place in tree.query(shapely.box(*frame), predicate="intersects"))
    return tuple(
        _draw_shape(codes[place], municipality_name(codes[place], language), shapes[place], frame) for place in places
    )


@lru_cache(maxsize=1)
def _borders_tree_codes_and_shapes() -> tuple[Any, list[str], list[Any]]:
    """The borders that the product carries, with a tree to find them by place."""
    borders = {nis: shape for nis, shape in sorted(municipality_outlines().items()) if nis in municipalities_by_nis()}
    shapes = [shapely.geometry.shape(shape) for shape in borders.values()]
    return shapely.STRtree(shapes), list(borders), shapes


@lru_cache(maxsize=1)
def _country_outline() -> Any:
    """The outline of the country, without the borders inside it."""
    _tree, _codes, shapes = _borders_tree_codes_and_shapes()
    coarse = shapely.buffer(shapely.simplify(shapes, COARSE), COARSE, quad_segs=1)  # a fifth of the time of exact ones
    return shapely.simplify(shapely.union_all(coarse).buffer(-COARSE), COARSE)


def _draw_shape(key: str, name: str, shape: Any, frame: Frame) -> Drawn:
    """A shape that lies in ``frame``, at least in part, with its name where there is room for it, or without."""
    place = label_point(shape, frame)
    x, y = place or (0, 0)
    return Drawn(key, name if place else "", path_data(clip_shape(shape, frame), frame), f"{x:.0f}", f"{y:.0f}")
