"""The path of a partnership as a picture: stations on a winding road, for the page and for the poster."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plp.portal.subjects.launch.showing import StepRow

PER_ROW, GAP, ROW, EDGE, RADIUS = 4, 100, 92, 50, 24


@dataclass(frozen=True)
class Station:
    """One step on the road: its place, its number, and the class that gives it its look."""

    x: int
    y: int
    number: int
    look: str


@dataclass(frozen=True)
class Picture:
    """The road: its size, its line, the part of it that lies behind, and its stations."""

    width: int
    height: int
    line: str
    behind: str
    stations: tuple[Station, ...]


def picture(rows: Sequence[StepRow]) -> Picture:
    """The road of these steps: it winds, so that it fits the narrowest screen."""
    stations = tuple(Station(*_place(row.number - 1), row.number, _look(row)) for row in rows)
    ahead = next((place for place, row in enumerate(rows) if not row.is_done), len(rows) - 1)
    height = EDGE * 2 + ROW * ((len(rows) - 1) // PER_ROW)
    return Picture(
        width=EDGE * 2 + GAP * (PER_ROW - 1),
        height=height,
        line=_line(stations),
        behind=_line(stations[: ahead + 1]),
        stations=stations,
    )


def _place(place: int) -> tuple[int, int]:
    """Left to right, then right to left."""
    row, column = divmod(place, PER_ROW)
    return EDGE + GAP * (column if row % 2 == 0 else PER_ROW - 1 - column), EDGE + ROW * row


def _look(row: StepRow) -> str:
    if row.is_done:
        return "done"
    return "now" if row.is_now else "ahead"


def _line(stations: Sequence[Station]) -> str:
    """Straight along a row, in a bow from one row to the next."""
    if not stations:
        return ""
    parts = [f"M{stations[0].x} {stations[0].y}"]
    for before, after in pairwise(stations):
        if before.y == after.y:
            parts.append(f"L{after.x} {after.y}")
        else:
            side = 1 if after.x > EDGE else -1
            bow = before.x + side * 38
            parts.append(f"C{bow} {before.y} {bow} {after.y} {after.x} {after.y}")
    return " ".join(parts)
