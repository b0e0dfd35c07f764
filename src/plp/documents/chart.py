"""A chart, drawn by us: SVG for page and paper, PNG for the word processor. The numbers stand beside each bar."""

import io
import textwrap
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from plp.documents import line_chart
from plp.documents.blocks import Chart
from plp.documents.glyphs import FONTS
from plp.toolbox.words import colon, join_with_semicolons

WIDE, ROW, BAR, EDGE = 280, 52, 18, 6  # each bar stands below its label; as wide as the narrowest telephone shows
SIZE, LETTER = 16, 21  # of the letters, and the height of a line of them
ROOM = WIDE - 2 * EDGE - 50  # for the longest bar; its number stands behind it
LETTERS, LINES = 32, 3  # of a label; what is longer is cut, and stands whole in the table and for screen readers
INK, FILL = "#1b1b1b", "#1d4f91"


def alternative_text(chart: Chart) -> str:
    """What the chart shows, for whoever does not see it."""
    language = get_language()
    counts = join_with_semicolons((f"{label}{colon(language)} {number}" for label, number in chart.rows), language)
    return _("Chart: %s") % f"{chart.title}. {counts}"


def chart_svg(chart: Chart) -> str:
    """``chart`` as SVG with its words: no style, no script, every label escaped; its classes let a page colour it."""
    tall = line_chart.TALL if chart.over_time else _chart_height(chart)
    bars = "".join(_bar_svg(chart, *row) for row in _rows_with_vertical_positions(chart))
    drawn = line_chart.line_chart_svg_content(chart, ink=INK, fill=FILL) if chart.over_time else bars
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" role="img" class="chart" '
        f'font-family="Atkinson Hyperlegible, DejaVu Sans, sans-serif" font-size="{SIZE}" '
        f'aria-label="{escape(alternative_text(chart))}">'
        f'<rect class="chart-ground" width="{WIDE}" height="{tall}" fill="#ffffff"/>{drawn}</svg>'
    )


def _rows_with_vertical_positions(chart: Chart) -> Iterator[tuple[int, list[str], int]]:
    """Each row: its top, the lines of its label, its number."""
    top = EDGE
    for label, number in chart.rows:
        lines = textwrap.wrap(label, LETTERS, max_lines=LINES, placeholder="…") or [""]
        yield top, lines, number
        top += ROW + LETTER * (len(lines) - 1)


def _chart_height(chart: Chart) -> int:
    """How high the picture is."""
    return 2 * EDGE + sum(
        ROW + LETTER * (len(lines) - 1) for _top, lines, _number in _rows_with_vertical_positions(chart)
    )


def _bar_svg(chart: Chart, top: int, lines: list[str], number: int) -> str:
    length, bar = _bar_length(chart, number), top + LETTER * len(lines)
    words = "".join(
        f'<text class="chart-ink" x="{EDGE}" y="{top + 15 + LETTER * place}" fill="{INK}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    after = f'x="{EDGE + length + 6}" y="{bar + 15}" font-weight="bold" fill="{INK}"'
    return (
        f'{words}<rect class="chart-bar" x="{EDGE}" y="{bar}" width="{length}" height="{BAR}" fill="{FILL}"/>'
        f'<text class="chart-ink" {after}>{number}</text>'
    )


def _bar_length(chart: Chart, number: int) -> int:
    """How long a bar is; a bar of something is never nothing."""
    longest = max((number for _label, number in chart.rows), default=0) or 1
    return max(2 if number else 0, round(ROOM * number / longest))


def chart_png(chart: Chart) -> bytes:
    """``chart`` as a picture of two dots a unit."""
    if chart.over_time:
        return line_chart.line_chart_png(chart, ink=INK, fill=FILL, letters=_font())
    picture = Image.new("RGB", (2 * WIDE, 2 * _chart_height(chart)), "white")
    pen = ImageDraw.Draw(picture)
    for top, lines, number in _rows_with_vertical_positions(chart):
        length, bar = _bar_length(chart, number), top + LETTER * len(lines)
        for place, line in enumerate(lines):
            pen.text((2 * EDGE, 2 * (top + LETTER * place)), line, fill=INK, font=_font())
        if length:
            pen.rectangle((2 * EDGE, 2 * bar, 2 * (EDGE + length), 2 * (bar + BAR)), fill=FILL)
        pen.text((2 * (EDGE + length + 6), 2 * bar + BAR), str(number), fill=INK, font=_font(), anchor="lm")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _font() -> Any:
    return ImageFont.truetype(FONTS / "AtkinsonHyperlegible-Regular.ttf", 2 * SIZE)
