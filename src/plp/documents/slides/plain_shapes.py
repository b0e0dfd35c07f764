"""Slides as plain values for the typesetter: the content of ``slides.typ``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from plp.documents.blocks import Spans
from plp.documents.colours import Colours
from plp.documents.slides.shapes import (
    ArrowShape,
    PanelShape,
    PictureShape,
    Shape,
    SlideLine,
    SlidePlan,
    TableShape,
    palette,
)
from plp.documents.tagged_pdf import PICTURE


def slides_template_data(
    slides: Sequence[SlidePlan], notes: Iterable[list[dict[str, Any]]], colours: Colours
) -> dict[str, Any]:
    """What ``slides.typ`` draws, beside footer and logo; ``notes`` are what to say to each slide."""
    plans = [
        {"shapes": [_shape_as_template_data(shape, colours) for shape in slide.shapes], "notes": words}
        for slide, words in zip(slides, notes, strict=True)
    ]
    return {"slides": plans, "colours": palette(colours)}


def _shape_as_template_data(shape: Shape, colours: Colours) -> Mapping[str, Any]:
    match shape:
        case PanelShape(frame, colour, radius):
            return {"kind": "panel", "frame": asdict(frame), "colour": colour, "radius": radius}
        case ArrowShape(start, end, colour):
            return {"kind": "arrow", "start": list(start), "end": list(end), "colour": colour}
        case PictureShape(frame):
            drawing = {PICTURE: shape.svg_in_colours(colours), "words": shape.words}
            return {"kind": "picture", "frame": asdict(frame), **drawing}
        case TableShape():
            rows = [[_lines_as_template_data(cell) for cell in row] for row in shape.rows]
            measures = {"widths": list(shape.widths), "heights": list(shape.heights)}
            return {"kind": "table", "frame": asdict(shape.frame), "rows": rows, **measures}
        case _:
            details = {"role": shape.role, "align": shape.align, "anchor": shape.anchor}
            return {
                "kind": "text",
                "frame": asdict(shape.frame),
                "lines": _lines_as_template_data(shape.lines),
                **details,
            }


def _lines_as_template_data(lines: Iterable[SlideLine]) -> list[dict[str, Any]]:
    return [
        {
            "spans": spans_as_template_data(line.spans),
            "language": line.language,
            "size": line.size,
            "bold": line.bold,
            "colour": line.colour,
            "sign": line.sign,
            "sign-colour": line.sign_colour,
            "above": line.above,
        }
        for line in lines
    ]


def spans_as_template_data(spans: Spans) -> list[dict[str, Any]]:
    """The words of a line for a template."""
    return [{"text": span.text, "bold": span.bold, "mark": span.mark, "language": span.language} for span in spans]
