"""A chain of hands, drawn by us as SVG: a box each, arrows between them. Black on white, unless a page colours it."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.documents.blocks import Flow, FlowStation
from plp.toolbox.words import colon, join_with_semicolons

EDGE, INSIDE = 2, 14
LINE = 22  # height of a line of a box
ARROW = 30
INK, SOFT, FILL = "#1b1b1b", "#4a4a4a", "#ffffff"


@dataclass(frozen=True)
class BoxSize:
    """How wide a box is, and how many letters its lines take before they are broken: of its head, of who, of a note."""

    wide: int
    head: int
    who: int
    note: int


DOWN = BoxSize(240, 25, 21, 25)  # as wide as a card on the narrowest telephone: no letter gets smaller
ON_PAPER = BoxSize(480, 54, 46, 54)  # of the same letters
ACROSS = BoxSize(250, 26, 22, 26)  # four of them on a wide page


@dataclass(frozen=True)
class BoxLine:
    """One line of words in a box: its class, colour, size and weight."""

    look: str
    colour: str
    size: int
    weight: str
    words: str


def alternative_text(flow: Flow) -> str:
    """What the diagram shows, for whoever does not see it."""
    language = get_language()
    chain = join_with_semicolons(
        (f"{station.head}{colon(language)} {', '.join((station.who, *station.notes))}" for station in flow.stations),
        language,
    )
    return _("Diagram: %s") % f"{flow.title}. {chain}"


def diagram_svg(flow: Flow, box: BoxSize = DOWN) -> str:
    """``flow`` as SVG, a ``box`` under the other: no script, every word escaped; a page colours its classes."""
    parts, top = [], EDGE
    for place, station in enumerate(flow.stations):
        if place:
            parts.append(_arrow_down_svg(box.wide // 2, top))
            top += ARROW
        lines = _box_lines(station, box)
        parts.append(_box_svg(lines, EDGE, top, box.wide, _box_height(lines)))
        top += _box_height(lines)
    return _svg_document(flow, "flow", box.wide, top + EDGE, parts)


def diagram_svg_across(flow: Flow) -> str:
    """The same from left to right, with boxes of one height, for a page that is wide enough."""
    boxes = [_box_lines(station, ACROSS) for station in flow.stations]
    tall, parts = max(map(_box_height, boxes)), []
    for place, lines in enumerate(boxes):
        x = place * (ACROSS.wide + ARROW)
        if place:
            parts.append(_arrow_across_svg(x - ARROW, EDGE + tall // 2))
        parts.append(_box_svg(lines, x + EDGE, EDGE, ACROSS.wide, tall))
    wide = len(boxes) * (ACROSS.wide + ARROW) - ARROW
    return _svg_document(flow, "flow flow-across", wide, tall + 2 * EDGE, parts)


def _svg_document(flow: Flow, look: str, wide: int, high: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" class="{look}" '
        f'font-family="Atkinson Hyperlegible, DejaVu Sans, sans-serif" aria-label="{escape(alternative_text(flow))}">'
        f"{''.join(parts)}</svg>"
    )


def _box_lines(station: FlowStation, room: BoxSize) -> list[BoxLine]:
    """What stands in a box."""
    notes = (line for note in station.notes for line in wrap(note, room.note))
    return [
        *(BoxLine("flow-head", SOFT, 16, "normal", line) for line in wrap(station.head, room.head)),
        *(BoxLine("flow-who", INK, 17, "bold", line) for line in wrap(station.who, room.who)),
        *(BoxLine("flow-note", INK, 16, "normal", line) for line in notes),
    ]


def _box_height(lines: Sequence[BoxLine]) -> int:
    return 2 * INSIDE - 4 + LINE * len(lines)


def _box_svg(lines: Sequence[BoxLine], x: int, top: int, wide: int, tall: int) -> str:
    """One box; ``wide`` is with the air on both its sides."""
    at, drawn = top + INSIDE - 4, []
    for line in lines:
        at += LINE
        drawn.append(
            f'<text class="{line.look}" x="{x + INSIDE - EDGE}" y="{at}" font-size="{line.size}" '
            f'font-weight="{line.weight}" fill="{line.colour}">{escape(line.words)}</text>'
        )
    frame = f'<rect class="flow-box" x="{x}" y="{top}" width="{wide - 2 * EDGE}" height="{tall}" rx="10"'
    return f'{frame} fill="{FILL}" stroke="{INK}" stroke-width="1.5"/>{"".join(drawn)}'


def _arrow_down_svg(middle: int, top: int) -> str:
    """Down, from one box to the next."""
    end = top + ARROW - 2
    return _arrow_path_svg(f"M{middle} {top + 2}V{end}M{middle - 7} {end - 8}L{middle} {end}L{middle + 7} {end - 8}")


def _arrow_across_svg(x: int, middle: int) -> str:
    """To the right, from one box to the next."""
    end = x + ARROW - 2
    return _arrow_path_svg(f"M{x + 2} {middle}H{end}M{end - 8} {middle - 7}L{end} {middle}L{end - 8} {middle + 7}")


def _arrow_path_svg(line: str) -> str:
    return f'<path class="flow-arrow" d="{line}" fill="none" stroke="{INK}" stroke-width="2.5" stroke-linecap="round"/>'
