"""Which tiles of a web map lie under a window, and where. Pure.

A tile is laid by its corners: within a quarter the web's own projection and ours differ by less than a line.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from plp.places.rules.frames import Frame, svg_point
from plp.places.rules.shapes import PICTURE_WIDTH, view_height_of_frame

ACROSS = 3  # tiles side by side, about: sharp on a wide page, few for a telephone
DEEPEST = 17


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its numbers, and the place and size it takes in the picture."""

    zoom: int
    column: int
    row: int
    x: float
    y: float
    width: float
    height: float


def map_tiles_covering_frame(frame: Frame) -> Iterator[Tile]:
    """The tiles that cover ``frame``, from north-west to south-east."""
    west, south, east, north = frame
    zoom = min(DEEPEST, max(0, round(math.log2(360 / (east - west) * ACROSS))))
    columns = range(_tile_column(west, zoom), _tile_column(east, zoom) + 1)
    for row in range(_tile_row(north, zoom), _tile_row(south, zoom) + 1):
        for column in columns:
            left, top = svg_point((_longitude_of_column(column, zoom), _latitude_of_row(row, zoom)), frame)
            right, bottom = svg_point((_longitude_of_column(column + 1, zoom), _latitude_of_row(row + 1, zoom)), frame)
            if right > 0 and bottom > 0 and left < PICTURE_WIDTH and top < view_height_of_frame(frame):
                yield Tile(zoom, column, row, left, top, round(right - left, 1), round(bottom - top, 1))


def _tile_column(longitude: float, zoom: int) -> int:
    return math.floor((longitude + 180) / 360 * 2**zoom)


def _tile_row(latitude: float, zoom: int) -> int:
    return math.floor((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * 2**zoom)


def _longitude_of_column(column: int, zoom: int) -> float:
    return column / 2**zoom * 360 - 180


def _latitude_of_row(row: int, zoom: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**zoom))))
