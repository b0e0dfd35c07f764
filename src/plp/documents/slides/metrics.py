"""How much room words take: measured with the letters that they are set in, with some air for another face."""

from collections.abc import Sequence
from functools import cache, lru_cache

from PIL import ImageFont

from plp.documents.blocks import Spans, plain_text
from plp.documents.glyphs import FONTS
from plp.documents.slides.shapes import SlideLine

POINT = 25.4 / 72  # mm
PITCH = 1.2  # from one line to the next, in sizes of the letters
AIR = 1.05  # a face of the office program may be a little wider than ours
SIGN = 1.1  # room for the sign before a line, in sizes of the letters
LARGEST, SMALLEST = 36, 10
IN_THE_ROOM = 28  # points: what is smaller is not read from the last row
ROUNDING = 0.01  # mm
MEASURED = 100  # the size at which letters are measured


@cache
def _font_face(bold: bool) -> ImageFont.FreeTypeFont:
    name = "AtkinsonHyperlegible-Bold.ttf" if bold else "AtkinsonHyperlegible-Regular.ttf"
    return ImageFont.truetype(FONTS / name, MEASURED)


@lru_cache(maxsize=4096)
def _word_width_in_ems(word: str, bold: bool) -> float:
    """The width of ``word`` in sizes of the letters."""
    return AIR * _font_face(bold).getlength(word) / MEASURED


def text_width_mm(words: str, size: float, *, bold: bool = False) -> float:
    """How wide ``words`` are on one line, in mm."""
    return _word_width_in_ems(words, bold) * size * POINT


def wrapped_line_count(line: SlideLine, width_mm: float) -> int:
    """How many rows ``line`` takes in ``width`` mm: words are never parted unless one alone is too long."""
    room = width_mm - (SIGN * line.size * POINT if line.sign else 0)
    bold = line.bold or any(span.bold for span in line.spans)
    return sum(_wrapped_row_count(row, room / (line.size * POINT), bold) for row in _text_lines_of_spans(line.spans))


def _text_lines_of_spans(spans: Spans) -> list[str]:
    return "".join(
        "\n" if span.mark == "break" else ANSWER if span.mark == "answer" else span.text for span in spans
    ).split("\n")


ANSWER = "_" * 20


def _wrapped_row_count(words: str, room_in_ems: float, bold: bool) -> int:
    rows, used, space = 1, 0.0, _word_width_in_ems(" ", bold)
    for word in words.split(" "):
        wide = _word_width_in_ems(word, bold)
        if used and used + space + wide > room_in_ems:
            rows, used = rows + 1, 0.0
        used += (space if used else 0) + wide
        if used > room_in_ems > 0:  # a single word longer than the line
            more = int(used // room_in_ems)
            rows, used = rows + more, used - more * room_in_ems
    return rows


def longest_word_width_mm(lines: Sequence[SlideLine]) -> float:
    """The width of the longest word, in mm: no frame may be narrower."""
    return max(
        (
            text_width_mm(word, line.size, bold=line.bold) + (SIGN * line.size * POINT if line.sign else 0)
            for line in lines
            for word in plain_text(line.spans).split(" ")
        ),
        default=0,
    )


def longest_line_width_mm(lines: Sequence[SlideLine]) -> float:
    """The width of the longest line when none is broken, in mm."""
    return max((text_width_mm(plain_text(line.spans), line.size, bold=line.bold) for line in lines), default=0)


def text_height_mm(lines: Sequence[SlideLine], width_mm: float) -> float:
    """How high ``lines`` stand in ``width`` mm."""
    return sum(line.above + wrapped_line_count(line, width_mm) * line.size * POINT * PITCH for line in lines)


def do_lines_fit(lines: Sequence[SlideLine], width: float, height: float) -> bool:
    """Whether ``lines`` have room: in height, and no word is parted."""
    return longest_word_width_mm(lines) <= width + ROUNDING and text_height_mm(lines, width) <= height + ROUNDING
