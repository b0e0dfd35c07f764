"""Shapes of a file for a word processor that its library has no words for: frames, rules, grounds, fields."""

from typing import Any

from plp.documents.colours import Colours

QUIET = "#444444"
POINT, MILLIMETRE, TWIP = 12_700, 36_000, 635  # as the library counts lengths
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def position_paragraph(line: Any, left_mm: float, top_mm: float, size_mm: tuple[float, float]) -> None:
    """Put a paragraph at a place of the page, in millimetres; several at one place stand below each other."""
    wide, high = size_mm
    measures = {"w": wide, "h": high, "x": left_mm, "y": top_mm}
    anchors = {"hRule": "exact", "wrap": "around", "vAnchor": "page", "hAnchor": "page"}
    twips = {name: str(round(value * MILLIMETRE / TWIP)) for name, value in measures.items()}
    properties = line._p.get_or_add_pPr()
    properties.insert(0, _new_element_of_same_file(properties, "framePr", **anchors, **twips))
    line.paragraph_format.space_after = 0


def add_bottom_border(line: Any, colour: str, *, points: float = 1) -> None:
    """A rule in ``colour`` below a paragraph."""
    properties = line._p.get_or_add_pPr()
    borders = _new_element_of_same_file(properties, "pBdr")
    values = {"val": "single", "sz": str(round(points * 8)), "space": "4", "color": colour.removeprefix("#")}
    borders.append(_new_element_of_same_file(properties, "bottom", **values))
    properties.append(borders)


def add_accent_border_below(line: Any, colours: Colours, indent_emu: int) -> None:
    """The short bar below a title, ``indent`` short of the right edge."""
    add_bottom_border(line, colours.accent, points=2.25)
    layout = line.paragraph_format
    layout.right_indent, layout.space_after, layout.line_spacing = indent_emu, 10 * POINT, 0.3


def pad_cell_paragraph(line: Any, points: int = 2) -> None:
    """Room between the words of a cell and its rules."""
    line.paragraph_format.space_before = line.paragraph_format.space_after = points * POINT


def shade_cell(cell: Any, colour: str) -> None:
    """A ground of ``colour`` behind a cell."""
    properties = cell._element.get_or_add_tcPr()
    properties.append(
        _new_element_of_same_file(properties, "shd", val="clear", color="auto", fill=colour.removeprefix("#"))
    )


def add_field(run: Any, name: str) -> None:
    """A number that the word processor works out, such as ``PAGE``."""
    words = _new_element_of_same_file(run._r, "instrText")
    words.text = name
    for part in (
        _new_element_of_same_file(run._r, "fldChar", fldCharType="begin"),
        words,
        _new_element_of_same_file(run._r, "fldChar", fldCharType="end"),
    ):
        run._r.append(part)


def _new_element_of_same_file(near: Any, name: str, **values: str) -> Any:
    """An element of the same file as ``near``."""
    return near.makeelement(f"{{{NAMESPACE}}}{name}", {f"{{{NAMESPACE}}}{key}": value for key, value in values.items()})
