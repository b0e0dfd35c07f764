"""A chain of hands, drawn by us as SVG: a box each, arrows between them. Black on white, unless a page colours it."""

from textwrap import wrap

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.documents.blocks import Flow, Station
from plp.toolbox.words import colon

WIDE, EDGE, INSIDE = 300, 2, 14  # readable on the narrowest telephone
HEAD, LINE, NOTE = 18, 22, 19  # heights of the lines of a box
ARROW = 30
HEAD_LETTERS, LETTERS, NOTE_LETTERS = 36, 27, 33  # of a line, before it is broken
INK, SOFT, FILL = "#1b1b1b", "#4a4a4a", "#ffffff"


def in_words(flow: Flow) -> str:
    """What the diagram shows, for whoever does not see it."""
    mark = colon(get_language())
    told = "; ".join(f"{one.head}{mark} {', '.join((one.who, *one.notes))}" for one in flow.stations)
    return _("Diagram: %s") % f"{flow.title}. {told}"


def svg(flow: Flow) -> str:
    """``flow`` as SVG with its words: no style, no script, every word escaped; its classes let a page colour it."""
    parts, top = [], EDGE
    for place, station in enumerate(flow.stations):
        if place:
            parts.append(_arrow(top))
            top += ARROW
        drawn, high = _box(station, top)
        parts.append(drawn)
        top += high
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {top + EDGE}" role="img" class="flow" '
        f'font-family="Atkinson Hyperlegible, DejaVu Sans, sans-serif" aria-label="{escape(in_words(flow))}">'
        f"{''.join(parts)}</svg>"
    )


def _box(station: Station, top: int) -> tuple[str, int]:
    """One box and its height."""
    lines = [("flow-head", SOFT, 14, "normal", HEAD, line) for line in wrap(station.head, HEAD_LETTERS)]
    lines += [("flow-who", INK, 17, "bold", LINE, line) for line in wrap(station.who, LETTERS)]
    notes = (line for note in station.notes for line in wrap(note, NOTE_LETTERS))
    lines += [("flow-note", INK, 15, "normal", NOTE, line) for line in notes]
    at, drawn = top + INSIDE - 4, []
    for look, colour, size, weight, high, words in lines:
        at += high
        drawn.append(
            f'<text class="{look}" x="{INSIDE}" y="{at}" font-size="{size}" font-weight="{weight}" '
            f'fill="{colour}">{escape(words)}</text>'
        )
    tall = at + INSIDE - top
    frame = f'<rect class="flow-box" x="{EDGE}" y="{top}" width="{WIDE - 2 * EDGE}" height="{tall}" rx="10"'
    return f'{frame} fill="{FILL}" stroke="{INK}" stroke-width="1.5"/>{"".join(drawn)}', tall


def _arrow(top: int) -> str:
    """From one box to the next."""
    middle, end = WIDE // 2, top + ARROW - 2
    line = f"M{middle} {top + 2}V{end}M{middle - 7} {end - 8}L{middle} {end}L{middle + 7} {end - 8}"
    return f'<path class="flow-arrow" d="{line}" fill="none" stroke="{INK}" stroke-width="2.5" stroke-linecap="round"/>'
