"""A chart, drawn by us: SVG for page and paper, PNG for the word processor. The numbers stand beside each bar."""

import io
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from plp.documents import curve
from plp.documents.blocks import Chart
from plp.toolbox.glyphs import FONTS
from plp.toolbox.words import colon

WIDE, ROW, BAR, EDGE = 360, 50, 18, 6  # each bar stands below its label: wide enough for the narrowest telephone
LETTER = 20  # height of a label
ROOM = WIDE - 2 * EDGE - 50  # for the longest bar; its number stands behind it
LETTERS = 44  # of a label before it is cut; the whole stands in the table and in the words for screen readers
INK, FILL = "#1b1b1b", "#1d4f91"


def in_words(chart: Chart) -> str:
    """What the chart shows, for whoever does not see it."""
    mark = colon(get_language())
    told = "; ".join(f"{label}{mark} {number}" for label, number in chart.rows)
    return _("Chart: %s") % f"{chart.title}. {told}"


def svg(chart: Chart) -> str:
    """``chart`` as SVG with its words: no style, no script, every label escaped; its classes let a page colour it."""
    tall = curve.TALL if chart.over_time else ROW * len(chart.rows) + 2 * EDGE
    bars = "".join(_bar(chart, place) for place in range(len(chart.rows)))
    drawn = curve.inside(chart, ink=INK, fill=FILL) if chart.over_time else bars
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" role="img" class="chart" '
        f'font-family="Atkinson Hyperlegible, DejaVu Sans, sans-serif" font-size="15" '
        f'aria-label="{escape(in_words(chart))}">'
        f'<rect class="chart-ground" width="{WIDE}" height="{tall}" fill="#ffffff"/>{drawn}</svg>'
    )


def _bar(chart: Chart, place: int) -> str:
    label, number = chart.rows[place]
    top, length = EDGE + ROW * place, _length(chart, number)
    after = f'x="{EDGE + length + 6}" y="{top + LETTER + 14}" font-weight="bold" fill="{INK}"'
    return (
        f'<text class="chart-ink" x="{EDGE}" y="{top + 14}" fill="{INK}">{escape(_short(label))}</text>'
        f'<rect class="chart-bar" x="{EDGE}" y="{top + LETTER}" width="{length}" height="{BAR}" fill="{FILL}"/>'
        f'<text class="chart-ink" {after}>{number}</text>'
    )


def _length(chart: Chart, number: int) -> int:
    """How long a bar is; a bar of something is never nothing."""
    longest = max((number for _label, number in chart.rows), default=0) or 1
    return max(2 if number else 0, round(ROOM * number / longest))


def _short(label: str) -> str:
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 1]}…"


def png(chart: Chart) -> bytes:
    """``chart`` as a picture of two dots a unit."""
    if chart.over_time:
        return curve.png(chart, ink=INK, fill=FILL, letters=_type())
    tall = ROW * len(chart.rows) + 2 * EDGE
    picture = Image.new("RGB", (2 * WIDE, 2 * tall), "white")
    pen = ImageDraw.Draw(picture)
    for place, (label, number) in enumerate(chart.rows):
        top, length = EDGE + ROW * place, _length(chart, number)
        pen.text((2 * EDGE, 2 * top), _short(label), fill=INK, font=_type())
        if length:
            corner = (2 * (EDGE + length), 2 * (top + LETTER + BAR))
            pen.rectangle((2 * EDGE, 2 * (top + LETTER), *corner), fill=FILL)
        middle = 2 * (top + LETTER) + BAR
        pen.text((2 * (EDGE + length + 6), middle), str(number), fill=INK, font=_type(), anchor="lm")
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


@lru_cache(maxsize=1)
def _type() -> Any:
    return ImageFont.truetype(FONTS / "AtkinsonHyperlegible-Regular.ttf", 28)
