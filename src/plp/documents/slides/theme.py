"""The master of the slides for an office program: colours and letters of the theme, and three layouts."""

import io
import re
from functools import lru_cache
from typing import Any

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Mm

from plp.documents.colours import Colours
from plp.documents.slides.shapes import HEIGHT, MARGIN, WIDTH, Frame, palette

FACE = "Arial"  # on every machine, or drawn by one of the same widths: the PDF has ours
LAYOUTS: dict[str, str] = {"opening": "Title Slide", "words": "Title and Content", "picture": "Title Only"}
TITLE = Frame(MARGIN, 11, WIDTH - 2 * MARGIN, 17)
BODY = Frame(MARGIN, 34, WIDTH - 2 * MARGIN, 131)
FOOTER, NUMBER = Frame(MARGIN, HEIGHT - 13, 200, 8), Frame(WIDTH - MARGIN - 40, HEIGHT - 13, 40, 8)
FRAMES: dict[Any, Frame] = {
    PP_PLACEHOLDER.TITLE: TITLE, PP_PLACEHOLDER.FOOTER: FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER
}  # fmt: skip
OPENING_FRAMES: dict[Any, Frame] = FRAMES | {
    PP_PLACEHOLDER.CENTER_TITLE: Frame(MARGIN, 40, 164, 60), PP_PLACEHOLDER.SUBTITLE: Frame(MARGIN, 104, 164, 50)
}  # fmt: skip
THEME_COLOURS: dict[str, Any] = {  # what a colour is for, and which of the theme it is
    "ink": MSO_THEME_COLOR.TEXT_1,
    "paper": MSO_THEME_COLOR.BACKGROUND_1,
    "deep": MSO_THEME_COLOR.TEXT_2,
    "soft": MSO_THEME_COLOR.BACKGROUND_2,
    "action": MSO_THEME_COLOR.ACCENT_2,
    "emergency": MSO_THEME_COLOR.ACCENT_3,
}
SLOTS = {
    "dk1": "ink", "lt1": "paper", "dk2": "deep", "lt2": "soft", "accent1": "deep", "accent2": "action",
    "accent3": "emergency", "accent4": "middle", "accent5": "light", "accent6": "ink", "hlink": "deep",
    "folHlink": "ink",
}  # fmt: skip
BAND = (
    '<p:sp {names}><p:nvSpPr><p:cNvPr id="{id}" name="Band {id}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    '<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)


def new_presentation(colours: Colours) -> Any:
    """An empty presentation in ``colours``, 16:9, with the layouts of ``LAYOUTS``."""
    return Presentation(io.BytesIO(_template_bytes(colours)))


@lru_cache(maxsize=8)
def _template_bytes(colours: Colours) -> bytes:
    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = Mm(WIDTH), Mm(HEIGHT)
    for layout in list(presentation.slide_layouts):
        if layout.name not in LAYOUTS.values():
            presentation.slide_layouts.remove(layout)
    master = presentation.slide_master
    _set_theme(master, colours)
    _set_styles_and_bands(master)
    for owner in (master, *presentation.slide_layouts):
        _position_placeholders(owner)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _set_theme(master: Any, colours: Colours) -> None:
    """Colours and faces, so that tables, charts and new shapes of the office program follow them."""
    values = palette(colours) | {"middle": colours.middle, "light": colours.light}
    slots = "".join(f'<a:{slot}><a:srgbClr val="{values[name][1:]}"/></a:{slot}>' for slot, name in SLOTS.items())
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode()
    theme = re.sub(r'(<a:clrScheme name=)"[^"]*">.*?(</a:clrScheme>)', rf'\1"PLP">{slots}\2', theme, flags=re.DOTALL)
    part.blob = re.sub(r'<a:latin typeface="Calibri"', f'<a:latin typeface="{FACE}"', theme).encode()


def _set_styles_and_bands(master: Any) -> None:
    """Titles on the left, bold, in the dark colour; words in the sizes of a room."""
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    defaults = title.find(qn("a:defRPr"))
    defaults.set("sz", "4000")
    defaults.set("b", "1")
    defaults.find(qn("a:solidFill")).find(qn("a:schemeClr")).set("val", "tx2")
    for level, size in ((1, 3200), (2, 2800), (3, 2800), (4, 2800), (5, 2800)):
        styles.find(qn("p:bodyStyle")).find(qn(f"a:lvl{level}pPr")).find(qn("a:defRPr")).set("sz", str(size))
    bands = ((0, WIDTH, "tx2"), (0, 52, "accent2"))
    for number, (start, width, colour) in enumerate(bands):
        measures = {"left": Mm(start), "top": Mm(HEIGHT - 4), "width": Mm(width), "height": Mm(4)}
        band = BAND.format(names=nsdecls("p", "a"), id=90 + number, colour=colour, **measures)
        master.shapes.element.insert(2 + number, parse_xml(band))


def _position_placeholders(owner: Any) -> None:
    """Where title, words, foot and number stand on the master or a layout; the opening has a ground of its own."""
    is_opening = getattr(owner, "name", "") == LAYOUTS["opening"]
    for placeholder in list(owner.placeholders):
        kind = placeholder.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            placeholder.element.getparent().remove(placeholder.element)
            continue
        frames = OPENING_FRAMES if is_opening else FRAMES
        set_position(placeholder, frames.get(kind, BODY))
        words = placeholder.text_frame
        words.margin_left = words.margin_right = words.margin_top = words.margin_bottom = 0
        if kind == PP_PLACEHOLDER.FOOTER:
            for level in placeholder.element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")
        if kind in {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}:
            words.vertical_anchor = MSO_ANCHOR.MIDDLE


def frame_in_office_units(frame: Frame) -> tuple[Any, ...]:
    """Left, top, width and height of ``frame`` as the office program counts them."""
    return Mm(frame.x), Mm(frame.top), Mm(frame.width), Mm(frame.height)


def set_position(shape: Any, frame: Frame) -> None:
    """Put ``shape`` in ``frame``."""
    shape.left, shape.top, shape.width, shape.height = frame_in_office_units(frame)
