"""Slides for an office program: PPTX with real layouts, shapes in the colours of the theme, and notes."""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Mm, Pt

from plp.documents.blocks import Document, Span, plain_text
from plp.documents.colours import HOUSE, Colours
from plp.documents.identity import Partner
from plp.documents.slides.layout import slide_plans
from plp.documents.slides.lines import INDENT, slide_lines_of_blocks
from plp.documents.slides.metrics import ANSWER, POINT, SIGN
from plp.documents.slides.raster import drawings_png
from plp.documents.slides.shapes import (
    ArrowShape,
    Frame,
    PanelShape,
    PictureShape,
    SlideLine,
    SlideNotes,
    SlidePlan,
    TableShape,
    TextShape,
)
from plp.documents.slides.theme import (
    BODY,
    FACE,
    LAYOUTS,
    THEME_COLOURS,
    TITLE,
    frame_in_office_units,
    new_presentation,
    set_position,
)
from plp.documents.word_processor import LOCALES

ALIGNED = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
ANCHORED = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}
DECORATIVE = (
    f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
LOGO = Frame(16, 8, 48, 16)


def slides_pptx(
    document: Document,
    *sisters: Document,
    logos: Sequence[Partner] = (),
    footer: str = "",
    colours: Colours = HOUSE,
) -> bytes:
    """``document`` as PPTX with its ``sisters`` in other languages beside it; ``logos`` (PNG, JPEG) on the first slide.

    The same slides as the PDF, with what to say as notes. Raises as ``tagged_pdf.render_pdfs``.
    """
    presentation = new_presentation(colours)
    presentation.core_properties.title = document.title
    presentation.core_properties.language = LOCALES[document.language]
    presentation.core_properties.author = presentation.core_properties.last_modified_by = ""
    presentation.core_properties.comments = ""
    plans = slide_plans([document, *sisters])
    pictures = _rendered_pictures(plans, colours)
    writers = [_SlideWriter(presentation, plan, pictures) for plan in plans]
    for writer in writers:
        writer.write(footer)
    writers[0].add_logos(logos)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _rendered_pictures(plans: Sequence[SlidePlan], colours: Colours) -> dict[PictureShape, bytes]:
    """Every picture of the slides as PNG, drawn at once."""
    shapes = [shape for plan in plans for shape in plan.shapes if isinstance(shape, PictureShape)]
    drawn = [shape for shape in dict.fromkeys(shapes) if shape.svg_in_colours(colours)]
    return dict(zip(drawn, drawings_png((shape.svg_in_colours(colours), shape.frame) for shape in drawn), strict=True))


class _SlideWriter:
    """Writes one slide at the end of a presentation."""

    def __init__(self, presentation: Any, plan: SlidePlan, pictures: dict[PictureShape, bytes]) -> None:
        layout = next(it for it in presentation.slide_layouts if it.name == LAYOUTS[plan.layout])
        self.slide = presentation.slides.add_slide(layout)
        self.plan, self.pictures = plan, pictures
        self.unused = {box.placeholder_format.idx: box for box in self.slide.placeholders}

    def write(self, footer: str) -> None:
        """Write the shapes in their order, so that a screen reader meets them in it."""
        for shape in self.plan.shapes:
            match shape:
                case TextShape():
                    self.add_text(shape)
                case PanelShape():
                    self.add_panel(shape)
                case ArrowShape():
                    self.add_arrow(shape)
                case PictureShape():
                    self.add_picture(shape)
                case TableShape():
                    self.add_table(shape)
        self.add_footer(footer)
        _write_notes(self.slide, self.plan.notes)

    def add_logos(self, logos: Sequence[Partner]) -> None:
        """The logos from left to right, each on white; the widest as wide as ``LOGO`` without its edge."""
        panel_x = LOGO.x
        for partner in logos:
            picture = self.slide.shapes.add_picture(io.BytesIO(partner.logo or b""), 0, 0, height=Mm(LOGO.height - 3))
            if picture.width > Mm(LOGO.width - 3):
                picture.height = round(picture.height * Mm(LOGO.width - 3) / picture.width)
                picture.width = Mm(LOGO.width - 3)
            picture.left, picture.top = Mm(panel_x + 1.5), Mm(LOGO.top + LOGO.height / 2) - picture.height // 2
            picture._element.nvPicPr.cNvPr.set("descr", partner.name)
            self.add_panel(PanelShape(Frame(panel_x, LOGO.top, picture.width / Mm(1) + 3, LOGO.height), "paper", 1))
            *_others, ground = self.slide.shapes
            picture._element.addprevious(ground._element)
            panel_x += picture.width / Mm(1) + 7

    def add_text(self, shape: TextShape) -> None:
        """Words, in the placeholder of their layout or in a box of their own."""
        box = self.take_placeholder_or_add_box(shape)
        frame = box.text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = ANCHORED[shape.anchor]
        _write_lines(frame, shape.lines, ALIGNED[shape.align])

    def take_placeholder_or_add_box(self, shape: TextShape) -> Any:
        """The placeholder for ``shape``, put last so that it lies above what was drawn before; a box of its own where
        the layout has none left.
        """
        number, frame = {"title": (0, TITLE), "body": (1, BODY)}.get(shape.role, (-1, shape.frame))
        box = self.unused.pop(number, None)
        if box is None:
            return self.slide.shapes.add_textbox(*frame_in_office_units(shape.frame))
        if frame != shape.frame:
            set_position(box, shape.frame)
        self.slide.shapes.element.append(box._element)
        return box

    def add_panel(self, shape: PanelShape) -> None:
        """A ground without words."""
        shortest = min(shape.frame.width, shape.frame.height)
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if shape.radius else MSO_SHAPE.RECTANGLE
        kind = MSO_SHAPE.OVAL if shape.radius >= shortest / 2 else kind
        ground = self.slide.shapes.add_shape(kind, *frame_in_office_units(shape.frame))
        if kind == MSO_SHAPE.ROUNDED_RECTANGLE:
            ground.adjustments[0] = shape.radius / shortest
        ground.fill.solid()
        ground.fill.fore_color.theme_color = THEME_COLOURS[shape.colour]
        ground.line.fill.background()
        _remove_shadow_and_border(ground)
        _mark_decorative(ground._element.nvSpPr.cNvPr)

    def add_arrow(self, shape: ArrowShape) -> None:
        """A straight arrow."""
        ends = (Mm(measure) for measure in (*shape.start, *shape.end))
        connector = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        connector.line.width = Pt(4.5)
        connector.line.color.theme_color = THEME_COLOURS[shape.colour]
        (line,) = connector._element.xpath(".//a:ln")
        line.append(parse_xml(f'<a:tailEnd {nsdecls("a")} type="triangle" w="lg" len="med"/>'))
        _remove_shadow_and_border(connector)
        _mark_decorative(connector._element.nvCxnSpPr.cNvPr)

    def add_picture(self, shape: PictureShape) -> None:
        """A picture, with its words or marked as an ornament."""
        if shape not in self.pictures:
            return
        picture = self.slide.shapes.add_picture(io.BytesIO(self.pictures[shape]), *frame_in_office_units(shape.frame))
        properties = picture._element.nvPicPr.cNvPr
        properties.set("descr", shape.words)
        if not shape.words:
            _mark_decorative(properties)

    def add_table(self, shape: TableShape) -> None:
        """A table of the office program, in the colours of the theme."""
        size = len(shape.rows), len(shape.widths)
        table = self.slide.shapes.add_table(*size, *frame_in_office_units(shape.frame)).table
        for column, width in zip(table.columns, shape.widths, strict=True):
            column.width = Mm(width)
        for place, (row, height, cells) in enumerate(zip(table.rows, shape.heights, shape.rows, strict=True)):
            row.height = Mm(height)
            for cell, lines in zip(row.cells, cells, strict=True):
                cell.margin_left = cell.margin_right = Mm(3)
                cell.margin_top = cell.margin_bottom = 0
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.fill.solid()
                colour = "deep" if place == 0 else "paper" if place % 2 == 0 else "soft"
                cell.fill.fore_color.theme_color = THEME_COLOURS[colour]
                _write_lines(cell.text_frame, lines, PP_ALIGN.LEFT)

    def add_footer(self, footer: str) -> None:
        """The partnership and the number of the slide, in the placeholders of the layout; not on the opening."""
        if self.plan.layout == "opening":
            return
        for placeholder in self.slide.slide_layout.placeholders:
            kind = placeholder.placeholder_format.type
            if kind == PP_PLACEHOLDER.SLIDE_NUMBER or (kind == PP_PLACEHOLDER.FOOTER and footer):
                self.slide.shapes.element.append(deepcopy(placeholder._element))
        for shape in self.slide.placeholders:
            if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                shape.text_frame.text = footer


def _write_lines(frame: Any, lines: Iterable[SlideLine], alignment: Any) -> None:
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = alignment
        paragraph.line_spacing = 1.0
        paragraph.space_before = Pt(line.above / POINT)
        _set_bullet(paragraph, line)
        for span in line.spans:
            if span.mark == "break":
                paragraph.add_line_break()
                continue
            run = paragraph.add_run()
            run.text = ANSWER if span.mark == "answer" else span.text
            run.font.size, run.font.bold = Pt(line.size), line.bold or span.bold or span.mark == "missing"
            run.font.color.theme_color = THEME_COLOURS[line.colour]
            run._r.get_or_add_rPr().set("lang", LOCALES[span.language or line.language])


def _set_bullet(paragraph: Any, line: SlideLine) -> None:
    """The sign before a line as a bullet of the office program, or none."""
    properties = paragraph._p.get_or_add_pPr()
    room = int(Pt(line.size * SIGN)) if line.sign else 0
    properties.set("marL", str(room))
    properties.set("indent", str(-room if line.sign != INDENT else 0))
    if line.sign in {"", INDENT}:
        properties.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))
        return
    theme_colour = {"deep": "tx2", "ink": "tx1"}[line.sign_colour]
    properties.append(parse_xml(f'<a:buClr {nsdecls("a")}><a:schemeClr val="{theme_colour}"/></a:buClr>'))
    properties.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="{FACE}"/>'))
    number = line.sign.removesuffix(".")
    if number.isdecimal():
        sign = f'<a:buAutoNum {nsdecls("a")} type="arabicPeriod" startAt="{number}"/>'
    else:
        sign = f'<a:buChar {nsdecls("a")} char="{line.sign}"/>'
    properties.append(parse_xml(sign))


def _remove_shadow_and_border(shape: Any) -> None:
    """No shadow, no border of the office program."""
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)


def _mark_decorative(properties: Any) -> None:
    """Screen readers pass over it."""
    properties.append(parse_xml(DECORATIVE))


def _write_notes(slide: Any, notes: Sequence[SlideNotes]) -> None:
    """What to say, in each language, where the office program shows it to who speaks."""
    lines = [
        (line.sign, plain_text(line.spans), note.language)
        for note in notes
        for line in (
            SlideLine((Span(note.title),), note.language, 0),
            *slide_lines_of_blocks(note.blocks, note.language, 0),
        )
    ]
    if not lines:
        return
    frame = slide.notes_slide.notes_text_frame
    for number, (sign, words, language) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = f"{sign} {words}".strip()
        run._r.get_or_add_rPr().set("lang", LOCALES[language])
