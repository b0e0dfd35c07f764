"""The path of a partnership as a picture: stations on a winding road, for the page and for the poster."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plp.portal.subjects.launch.plan.presentation import StepRow, role_names

PER_ROW, GAP, ROW, EDGE, RADIUS = 4, 100, 92, 50, 24


@dataclass(frozen=True)
class Station:
    """One step on the road: its place, its row of the list, and the class that gives it its look."""

    x: int
    y: int
    row: StepRow
    look: str


@dataclass(frozen=True)
class PathPicture:
    """The road: size, line, the part that lies behind, stations; where one stands and what follows."""

    width: int
    height: int
    line: str
    behind: str
    stations: tuple[Station, ...]
    here: StepRow | None
    following: StepRow | None

    @property
    def awaited_roles(self) -> str:
        """Whose turn it is where one stands; empty when it is only to be closed."""
        return role_names(self.here.state.next_roles) if self.here else ""


def path_picture(rows: Sequence[StepRow]) -> PathPicture:
    """The road of these steps: it winds, so that it fits the narrowest screen."""
    stations = tuple(Station(*_station_point(row.number - 1), row, _station_class(row)) for row in rows)
    here = next((row for row in rows if row.is_now), None)
    after = rows[here.number :] if here else []
    ahead = next((place for place, row in enumerate(rows) if not row.is_done), len(rows) - 1)
    height = EDGE * 2 + ROW * ((len(rows) - 1) // PER_ROW)
    return PathPicture(
        width=EDGE * 2 + GAP * (PER_ROW - 1),
        height=height,
        line=_svg_path_through_stations(stations),
        behind=_svg_path_through_stations(stations[: ahead + 1]),
        stations=stations,
        here=here,
        following=next((row for row in after if not row.is_done and not row.state.is_waived), None),
    )


def _station_point(index: int) -> tuple[int, int]:
    """Left to right, then right to left."""
    row, column = divmod(index, PER_ROW)
    return EDGE + GAP * (column if row % 2 == 0 else PER_ROW - 1 - column), EDGE + ROW * row


def _station_class(row: StepRow) -> str:
    if row.is_done:
        return "done"
    return "now" if row.is_now else "ahead"


def _svg_path_through_stations(stations: Sequence[Station]) -> str:
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
