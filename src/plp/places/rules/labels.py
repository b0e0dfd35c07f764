"""Where the names of dots stand on a map, so that none covers another name or dot. Pure."""

from collections.abc import Sequence

from plp.places.rules.shapes import PICTURE_WIDTH, Point

MOST_NAMED = 40  # dots: over this most names would have no room, and a list says them better
LONGEST_NAME = 24  # letters: more reach over half a picture
LETTER_WIDTH, ABOVE_LINE, BELOW_LINE = 25.0, 36.0, 12.0  # of the largest letters of maps.css, in the picture
DOT = 22.0  # half of one, on the narrowest screen
PLACES = (60.0, -34.0)  # of the line of a name, from the middle of its dot: below, else above

type Box = tuple[float, float, float, float]  # left, top, right, bottom


def label_positions_beside_dots(dots: Sequence[tuple[Point, str]], height: float) -> list[Point | None]:
    """The middle of the line of each name, in the order given; ``None`` where there is no room. Short names first."""
    places: list[Point | None] = [None] * len(dots)
    if len(dots) > MOST_NAMED:
        return places
    taken: list[Box] = []
    for number in sorted(range(len(dots)), key=lambda number: len(dots[number][1])):
        point, name = dots[number]
        boxes = [_dot_box(other) for other, _name in dots]
        others = [
            box for box in boxes if not _boxes_overlap(box, _dot_box(point))
        ]  # dots in one heap cannot keep clear of each other
        for place in _label_candidates(point, name) if len(name) <= LONGEST_NAME else ():
            box = _name_box(place, name)
            if box[1] >= 0 and box[3] <= height and not any(_boxes_overlap(box, other) for other in [*taken, *others]):
                places[number] = place
                taken.append(box)
                break
    return places


def street_name_positions(middles: Sequence[tuple[Point, str]], height: float) -> list[Point | None]:
    """The same for names over the middle of streets, in letters half as large: those that fit, short ones first."""
    places: list[Point | None] = [None] * len(middles)
    taken: list[Box] = []
    for number in sorted(range(len(middles)), key=lambda number: len(middles[number][1])):
        (x, y), name = middles[number]
        half, up, down = len(name) * LETTER_WIDTH / 4, ABOVE_LINE / 2, BELOW_LINE / 2
        box = x - half, y - up, x + half, y + down
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= PICTURE_WIDTH and box[3] <= height
        if inside and not any(_boxes_overlap(box, other) for other in taken):
            places[number] = x, y
            taken.append(box)
    return places


def _label_candidates(point: Point, name: str) -> list[Point]:
    half = len(name) * LETTER_WIDTH / 2
    x = min(max(point[0], half), PICTURE_WIDTH - half)
    return [(x, point[1] + down) for down in PLACES]


def _name_box(place: Point, name: str) -> Box:
    half = len(name) * LETTER_WIDTH / 2
    return place[0] - half, place[1] - ABOVE_LINE, place[0] + half, place[1] + BELOW_LINE


def _dot_box(point: Point) -> Box:
    return point[0] - DOT, point[1] - DOT, point[0] + DOT, point[1] + DOT


def _boxes_overlap(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
