"""The doors of a quarter that a target area means: in the streets named or around a place, never beyond the quarter."""

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plp.places.models import Address, Area
from plp.places.rules import Selector, parse_house_number
from plp.places.rules.shapes import METRES_PER_DEGREE, Point
from plp.places.rules.target_areas import Surroundings, TargetArea, TargetedDoors
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import shapely
else:
    shapely = lazy_import("shapely")

DOOR_METRES = 30.0  # around each door of a street that a message goes to
CROSSING_METRES = 80.0  # streets whose nearest doors lie farther apart do not cross


@dataclass(frozen=True, slots=True)
class _Door:
    street: int
    number: str
    box: str
    point: Point | None


def targeted_doors(quarter: Area, area: TargetArea) -> TargetedDoors:
    """What ``area`` comes to in the quarter: one query; two for the surroundings of a place, three for a crossing.

    A place that the register does not know has no surroundings: then nothing is meant.
    """
    if area.around is None:
        return _doors_in_street_parts(quarter, area)
    centre = point_of_surroundings(area.around)
    return _doors_around(quarter, centre, area.around.metres) if centre else TargetedDoors(registered=0)


def point_of_surroundings(surroundings: Surroundings) -> Point | None:
    """Where (longitude, latitude) the door or the crossing lies; ``None`` when the register does not know it."""
    points = _house_numbers_and_points(surroundings.street)
    if surroundings.crossing:
        return _crossing_point(
            [point for _number, point in points],
            [point for _number, point in _house_numbers_and_points(surroundings.crossing)],
        )
    wanted = parse_house_number(surroundings.number)
    if wanted is None:
        return None
    near = [
        (abs(read.first[0] - wanted.first[0]), point)
        for number, point in points
        if (read := parse_house_number(number))
    ]
    distance, point = min(near, default=(1, (0.0, 0.0)))
    return point if distance == 0 else None


def shape_of_target(quarter: Area, area: TargetArea) -> dict[str, Any] | None:
    """The outline (GeoJSON) of a part of the quarter: the circle around its place, or what lies within
    ``DOOR_METRES`` of the doors of its streets; ``None`` where the register knows no point.
    """
    if area.around is None:
        points, metres = [door.point for door in _doors_of_parts(quarter, area) if door.point], DOOR_METRES
    else:
        centre, metres = point_of_surroundings(area.around), float(area.around.metres)
        points = [centre] if centre else []
    if not points:
        return None
    squeeze = math.cos(math.radians(points[0][1]))
    flat = shapely.multipoints([(x * squeeze, y) for x, y in points])
    outline = shapely.buffer(flat, metres / METRES_PER_DEGREE, quad_segs=4)
    drawn = shapely.transform(outline, lambda corners: (corners / [squeeze, 1]).round(5))
    return json.loads(shapely.to_geojson(drawn))


def _house_numbers_and_points(street: int) -> list[tuple[str, Point]]:
    rows = Address.objects.filter(street=street).order_by("sort_key", "pk")
    coordinates = rows.values_list("number", "longitude", "latitude")
    return [(number, (x, y)) for number, x, y in coordinates if x is not None and y is not None]


def _crossing_point(first: list[Point], other: list[Point]) -> Point | None:
    """The middle between the two nearest doors of two streets."""
    if not first or not other:
        return None
    squeeze = math.cos(math.radians(first[0][1]))
    flat = [shapely.multipoints([(x * squeeze, y) for x, y in points]) for points in (first, other)]
    (x1, y1), (x2, y2) = shapely.get_coordinates(shapely.shortest_line(*flat)).tolist()
    if math.hypot(x2 - x1, y2 - y1) * METRES_PER_DEGREE > CROSSING_METRES:
        return None
    return (x1 + x2) / 2 / squeeze, (y1 + y2) / 2


def _doors_in_street_parts(quarter: Area, area: TargetArea) -> TargetedDoors:
    selectors = _selectors_by_street(area)
    whole_streets = frozenset(street for street, parts in selectors.items() if Selector() in parts)
    partial = {street: parts for street, parts in selectors.items() if street not in whole_streets}
    meant = {(door.street, door.number, door.box) for door in _doors_of_parts(quarter, area)}
    return TargetedDoors(len(meant), whole_streets, partial)


def _selectors_by_street(area: TargetArea) -> dict[int, list[Selector]]:
    selectors: dict[int, list[Selector]] = defaultdict(list)
    for street, part in area.parts:
        selectors[street].append(part)
    return selectors


def _doors_of_parts(quarter: Area, area: TargetArea) -> list[_Door]:
    """The doors of the register in the parts of streets."""
    selectors = _selectors_by_street(area)
    rows = Address.objects.filter(covered_by__area=quarter, street__in=list(selectors)).order_by()
    doors = [_door_of_row(*row) for row in rows.values_list(*_COLUMNS)]
    return [door for door in doors if any(part.matches(door.number, door.box) for part in selectors[door.street])]


def _doors_around(quarter: Area, centre: Point, metres: int) -> TargetedDoors:
    """Doors within ``metres``; one without a point follows its street when all others of it lie within."""
    doors = _doors_in_square_around(quarter, centre, metres)
    near = [door for door in doors if door.point and _distance_in_metres(door.point, centre) <= metres]
    streets = {door.street for door in near}
    located = Address.objects.filter(covered_by__area=quarter, street__in=streets).order_by()
    every = [_door_of_row(*row) for row in located.values_list(*_COLUMNS)]
    beyond = {door.street for door in every if door.point and _distance_in_metres(door.point, centre) > metres}
    whole_streets = frozenset(streets - beyond)
    meant = {(door.street, door.number, door.box) for door in near}
    meant |= {(door.street, door.number, door.box) for door in every if door.street in whole_streets}
    numbers: dict[int, set[int]] = defaultdict(set)
    for street, number, _box in meant:
        if street not in whole_streets and (read := parse_house_number(number)):
            numbers[street].add(read.first[0])
    return TargetedDoors(
        len(meant), whole_streets, None, {street: frozenset(near_numbers) for street, near_numbers in numbers.items()}
    )


_COLUMNS = ("street", "number", "box", "longitude", "latitude")


def _doors_in_square_around(quarter: Area, centre: Point, metres: int) -> list[_Door]:
    """The doors of the quarter in the square around a circle."""
    high = metres / METRES_PER_DEGREE
    wide = high / math.cos(math.radians(centre[1]))
    rows = Address.objects.filter(
        covered_by__area=quarter,
        longitude__range=(centre[0] - wide, centre[0] + wide),
        latitude__range=(centre[1] - high, centre[1] + high),
    ).order_by()
    return [_door_of_row(*row) for row in rows.values_list(*_COLUMNS)]


def _door_of_row(street: int, number: str, box: str, x: float | None, y: float | None) -> _Door:
    return _Door(street, number, box, None if x is None or y is None else (x, y))


def _distance_in_metres(point: Point, centre: Point) -> float:
    """In metres; right to a few over a quarter."""
    squeeze = math.cos(math.radians(centre[1]))
    return math.hypot((point[0] - centre[0]) * squeeze, point[1] - centre[1]) * METRES_PER_DEGREE
