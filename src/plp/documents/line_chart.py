"""A line over time: SVG for page and paper, PNG for the word processor. Its numbers stand at its points."""

import io
from itertools import pairwise
from typing import Any

from django.utils.html import escape
from PIL import Image, ImageDraw

from plp.documents.blocks import Chart

WIDE, TALL, TOP, FOOT, SIDE = 280, 180, 30, 32, 14
DIGIT, HALO = 10, 4  # how much room a digit takes; how wide the ground is that keeps a line off a number
SPOT = 3.5  # a point of the line is seen without its colour
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}  # of SVG, and of Pillow

type Point = tuple[float, float]


def line_points(chart: Chart) -> list[Point]:
    """Where each count stands: nothing at the foot, the most at the top, a single one in the middle."""
    most = max((number for _label, number in chart.rows), default=0) or 1
    step = (WIDE - 2 * SIDE) / max(len(chart.rows) - 1, 1)
    start = SIDE if len(chart.rows) > 1 else WIDE / 2
    room = TALL - TOP - FOOT
    return [
        (round(start + place * step, 1), round(TALL - FOOT - room * number / most, 1))
        for place, (_label, number) in enumerate(chart.rows)
    ]


def indexes_of_labelled_points(chart: Chart) -> list[int]:
    """Which points have their label below: the first and the last. The table has them all."""
    return sorted({0, len(chart.rows) - 1}) if chart.rows else []


def indexes_of_numbered_points(chart: Chart) -> list[int]:
    """Which points have their number: all where there is room, else the ends and the most. The table has them all."""
    counts = [number for _label, number in chart.rows]
    step = (WIDE - 2 * SIDE) / max(len(counts) - 1, 1)
    if not counts or DIGIT * len(str(max(counts))) <= step:
        return list(range(len(counts)))
    return sorted({0, counts.index(max(counts)), len(counts) - 1})


def line_chart_svg_content(chart: Chart, *, ink: str, fill: str) -> str:
    """The line, its points, their numbers and some of their labels, as SVG."""
    positions = line_points(chart)
    line = " ".join(f"{x},{y}" for x, y in positions)
    base = f'<path class="chart-axis" d="M{SIDE} {TALL - FOOT}H{WIDE - SIDE}" stroke="{ink}" stroke-width="1"/>'
    line_of_counts = f'<polyline class="chart-line" points="{line}" fill="none" stroke="{fill}" stroke-width="2"/>'
    spots = "".join(f'<circle class="chart-bar" cx="{x}" cy="{y}" r="{SPOT}" fill="{fill}"/>' for x, y in positions)
    counts = "".join(
        f'<text class="chart-ink chart-told" x="{positions[place][0]}" y="{positions[place][1] - 8:.1f}" '
        f'text-anchor="{_number_anchor(chart, place)}" fill="{ink}" stroke="#ffffff" stroke-width="{HALO}" '
        f'stroke-linejoin="round" paint-order="stroke">{chart.rows[place][1]}</text>'
        for place in indexes_of_numbered_points(chart)
    )
    below = "".join(
        f'<text class="chart-ink" x="{positions[place][0]}" y="{TALL - 10}" '
        f'text-anchor="{_label_anchor(chart, place)}" fill="{ink}">{escape(chart.rows[place][0])}</text>'
        for place in indexes_of_labelled_points(chart)
    )
    return base + line_of_counts + spots + counts + below


def line_chart_png(chart: Chart, *, ink: str, fill: str, letters: Any) -> bytes:
    """The same as a picture of two dots a unit."""
    picture = Image.new("RGB", (2 * WIDE, 2 * TALL), "white")
    pen = ImageDraw.Draw(picture)
    positions = [(2 * x, 2 * y) for x, y in line_points(chart)]
    foot = 2 * (TALL - FOOT)
    pen.line([(2 * SIDE, foot), (2 * (WIDE - SIDE), foot)], fill=ink, width=2)
    for start, end in pairwise(positions):
        pen.line([start, end], fill=fill, width=4)
    for x, y in positions:
        pen.ellipse((x - 2 * SPOT, y - 2 * SPOT, x + 2 * SPOT, y + 2 * SPOT), fill=fill)
    for place in indexes_of_numbered_points(chart):
        (x, y), count, anchor = positions[place], str(chart.rows[place][1]), ANCHORS[_number_anchor(chart, place)]
        pen.text((x, y - 16), count, ink, letters, anchor, stroke_width=HALO, stroke_fill="white")
    for place in indexes_of_labelled_points(chart):
        anchor = ANCHORS[_label_anchor(chart, place)]
        pen.text((positions[place][0], 2 * TALL - 20), chart.rows[place][0], fill=ink, font=letters, anchor=anchor)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _label_anchor(chart: Chart, index: int) -> str:
    """Labels at the edges stay inside the picture."""
    if len(chart.rows) == 1:
        return "middle"
    return "start" if index == 0 else "end" if index == len(chart.rows) - 1 else "middle"


def _number_anchor(chart: Chart, index: int) -> str:
    """On which side of a point its number stands: away from a line that rises or falls through it."""
    counts = [number for _label, number in chart.rows[max(index - 1, 0) : index + 2]]
    if len(counts) < 3:
        return "middle"
    before, here, after = counts
    return "end" if before < here < after else "start" if before > here > after else "middle"
