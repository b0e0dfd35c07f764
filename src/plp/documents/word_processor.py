"""A document for a word processor: DOCX with real styles, lists, tables, alternative texts and its language set."""

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import docx as office
import segno
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from plp.documents import chart
from plp.documents.blocks import (
    AnswerLine,
    Block,
    Chart,
    Document,
    Flow,
    Heading,
    Illustration,
    ListBlock,
    ListItem,
    NoteBox,
    PageBreak,
    Paragraph,
    PictureBlock,
    QrCode,
    SignatureRoom,
    Spans,
    SpeakerNotes,
    TableBlock,
    column_width_shares,
    flow_as_numbered_list,
    without_control_characters,
)
from plp.documents.colours import HOUSE, WHITE, Colours, blended_colour
from plp.documents.identity import Partner
from plp.documents.illustrations import NAMES, illustration
from plp.documents.letter import (
    ADDRESS_HEIGHT,
    ADDRESS_TOP,
    ADDRESS_WIDTH,
    BODY_TOP,
    WINDOWS,
    LetterParts,
    parts_of_letter,
    split_at_line_breaks,
)
from plp.documents.paper import bullet_column_count, tick_boxes_fit_on_one_line
from plp.documents.sizes import PAPERS, USUAL
from plp.documents.slides.raster import drawings_png
from plp.documents.slides.shapes import Frame
from plp.documents.unparted_words import with_days_and_towns_unparted
from plp.documents.word_fonts import CUTS, FACE, OBFUSCATED, font_table, obfuscated_font
from plp.documents.word_shapes import (
    QUIET,
    add_accent_border_below,
    add_bottom_border,
    add_field,
    pad_cell_paragraph,
    position_paragraph,
    shade_cell,
)

BETWEEN_BOXES = "\N{EM SPACE}" * 2  # on one line
RULE = "8A8A8A"  # of a table, as in house.typ
LINE = 1.24  # height of a line of our face, of its size
TOP = 15  # mm: the upper margin, as in paper.typ
SMALLER = 0.87  # of the usual size: 10 points, what paper.typ takes where it spares a last page
MOST_KEPT_TOGETHER = 5  # rows: a table of so many stays on one page
MOST_IN_A_COLUMN = 55  # names of streets: more of them, some of two lines, are set smaller to stay on a page
HOUSE_SIDE = 13  # mm: that of the house in the head of a letter
LOCALES = {"fr": "fr-BE", "nl": "nl-BE", "de": "de-BE", "en": "en-GB"}


def docx(
    document: Document,
    *,
    paper: str = USUAL,
    footer: str = "",
    logos: Sequence[Partner] = (),
    colours: Colours = HOUSE,
    window: str = "right",
    saves_page: bool = False,
) -> bytes:
    """``document`` as DOCX on one of ``sizes.PAPERS``, ``footer`` on each page and ``logos`` (PNG, JPEG) on the first.

    It looks as the PDF does: ``colours``, ``window`` and ``saves_page`` as in ``PrintOrder``. Here nothing is measured:
    what saves a page is always set smaller.
    """
    file = office.Document(io.BytesIO(word_template()))
    _set_up_file(file, document, paper, colours, share=SMALLER if saves_page else 1)
    with override(document.language):
        _add_footer(file, without_control_characters(footer))
        if logos:
            _add_logos(file, logos)
        writer = _BlockWriter(file, colours=colours)
        letter = parts_of_letter(document) if paper == USUAL else None
        if letter is None:
            writer.write_blocks(document.blocks)
        else:
            writer.write_letter(letter, window, has_logos=bool(logos))
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def word_template() -> bytes:
    """An empty file with our face and its fallback, without the hundred styles of tables that nobody uses."""
    file = office.Document()
    for style in file.styles.element.xpath("w:style[@w:type='table']"):
        if style.get(qn("w:styleId")) not in {"TableNormal", "TableGrid"}:
            style.getparent().remove(style)
    for border in file.styles.element.xpath("w:style[@w:styleId='TableGrid']/w:tblPr/w:tblBorders/*"):
        border.set(qn("w:color"), RULE)
    _embed_font(file)
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def _embed_font(file: File) -> None:
    part, relations = file.part, [f"rId{number}" for number in range(1, len(CUTS) + 1)]
    (old,) = (key for key, relation in part.rels.items() if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    name = part.rels[old].target_part.partname
    part.drop_rel(old)
    table = Part(name, CONTENT_TYPE.WML_FONT_TABLE, font_table(relations), part.package)
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    for relation, cut in zip(relations, CUTS.values(), strict=True):
        font = Part(PackURI(f"/word/fonts/{relation}.odttf"), OBFUSCATED, obfuscated_font(*cut), part.package)
        table.load_rel(RELATIONSHIP_TYPE.FONT, font, relation)
    (zoom,) = file.settings.element.xpath("w:zoom")
    zoom.addnext(OxmlElement("w:embedTrueTypeFonts"))


def rgb(colour: str) -> RGBColor:
    """``#rrggbb`` as the library takes it."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def _add_footer(file: File, words: str) -> None:
    """``words`` at the foot of each page, and on its right the page and how many there are."""
    section = file.sections[0]
    line = section.footer.paragraphs[0]
    wide = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    stops = line.paragraph_format.tab_stops
    for inherited in file.styles["Footer"].paragraph_format.tab_stops:  # else the first tab stops in the middle
        stops.add_tab_stop(inherited.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Emu(wide), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{with_days_and_towns_unparted(words)}\t")
    add_field(line.add_run(), "PAGE")
    line.add_run(" / ")
    add_field(line.add_run(), "NUMPAGES")
    for run in line.runs:
        run.font.size, run.font.color.rgb = Pt(9), rgb(QUIET)


def _set_up_file(file: File, document: Document, paper: str, colours: Colours, *, share: float) -> None:
    """Paper, type at ``share`` of its usual size, language and title."""
    section = file.sections[0]
    sheet = PAPERS[paper]
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.left_margin = section.right_margin = Mm(13 if sheet.small else 20)
    section.top_margin, section.bottom_margin = Mm(12 if sheet.small else TOP), Mm(15 if sheet.small else 17)
    section.footer_distance = Mm(8)
    style: Any = file.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(share * (10.5 if sheet.small else 11.5))
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = (
        Pt(4 * share),
        1.0,
    )  # as paper.typ sets lines
    title, *lower = (16, 13, 11) if sheet.small else (20, 15, 12.5)
    for level, size in enumerate((title, *(size * share for size in lower)), start=1):
        heading: Any = file.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = FACE, Pt(size)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(size * 0.6), Pt(2)
        heading.font.color.rgb = rgb(colours.main)
        heading.element.rPr.rFonts.attrib.clear()
        heading.element.rPr.rFonts.set(qn("w:ascii"), FACE)
        heading.element.rPr.rFonts.set(qn("w:hAnsi"), FACE)
    (default,) = file.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    default.set(qn("w:val"), LOCALES[document.language])
    file.core_properties.title = document.title
    file.core_properties.language = LOCALES[document.language]
    file.core_properties.author = ""
    file.core_properties.comments = ""


def _add_logos(file: File, logos: Iterable[Partner]) -> None:
    """The pictures side by side on the right above the text."""
    line = file.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for partner in logos:
        picture = line.add_run().add_picture(io.BytesIO(partner.logo or b""), height=Mm(14))
        picture._inline.docPr.set("descr", partner.name)
        line.add_run("  ")


class _BlockWriter:
    """Writes blocks at the end of a file, or of a cell of it."""

    def __init__(self, file: File, inside: Any = None, *, colours: Colours = HOUSE) -> None:
        self.file, self.colours = file, colours
        self.inside, self.is_letter = inside or file, False
        section = file.sections[0]
        self.wide = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)

    def write_blocks(self, blocks: Iterable[Block]) -> None:
        """Write ``blocks`` in order; a line to write on stays with what it belongs to."""
        ordered = list(blocks)
        for block, follower in zip_longest(ordered, ordered[1:]):
            self.write_block(block)
            written = self.inside.paragraphs[-1] if isinstance(block, Paragraph | AnswerLine) else None
            if written is not None and isinstance(follower, TableBlock):
                written.paragraph_format.keep_with_next = True
            elif written is not None and isinstance(follower, AnswerLine | Paragraph):
                written.paragraph_format.keep_with_next = AnswerLine in {type(block), type(follower)} or None

    def write_block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading(level, spans):
                self.write_heading(level, spans)
            case Paragraph(spans):
                _add_spans(self.inside.add_paragraph(), spans)
            case ListBlock() | Flow():
                self.write_list(block if isinstance(block, ListBlock) else flow_as_numbered_list(block))
            case TableBlock():
                self.write_table(block)
            case Chart():
                self.write_chart(block)
            case SignatureRoom():
                self.write_signatures(block)
            case NoteBox(blocks) | SpeakerNotes(blocks):
                self.write_note_box(blocks)
            case AnswerLine():
                _add_bottom_rule(self.inside.add_paragraph())
            case PageBreak():
                self.inside.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case QrCode(link):
                self.write_qr_code(link)
            case PictureBlock():
                self.write_picture(block.content, Mm(84), block.words)
            case Illustration(name, words, svg) if svg or name in NAMES:
                frame = Frame(0, 0, self.wide / Mm(1), block.height_mm)
                (drawing,) = drawings_png([(svg or illustration(name, self.colours), frame)])
                self.write_picture(drawing, Mm(block.height_mm), words)

    def write_heading(self, level: int, spans: Spans) -> None:
        """A title; the first of a paper that is no letter has a bar below."""
        _add_spans(self.new_paragraph(f"Heading {level}"), spans)
        if level == 1 and not self.is_letter:
            add_accent_border_below(self.inside.add_paragraph(), self.colours, self.wide - Mm(24))

    def write_gap(self) -> None:
        """What a word processor wants below a table: a paragraph, as low as the air on paper."""
        layout = self.inside.add_paragraph().paragraph_format
        layout.line_spacing, layout.space_after = Pt(4 if self.is_letter else 8), Pt(0)

    def new_paragraph(self, style: str) -> Line:
        """A new paragraph in ``style``, named by its key: looking a name up takes half of the time of a file."""
        line: Line = self.inside.add_paragraph()
        line._p.style = style.replace(" ", "")
        return line

    def write_letter(self, letter: LetterParts, window: str, *, has_logos: bool) -> None:
        """Sender, the address in the window, place and day beside it, then what is signed, and the annexes.

        Without a logo the house stands in its place.
        """
        self.is_letter = True
        if not has_logos:
            (house,) = drawings_png([(illustration("logo", self.colours), Frame(0, 0, HOUSE_SIDE, HOUSE_SIDE))])
            mark = self.write_picture(house, Mm(HOUSE_SIDE), _("Logo of the partnership"))
            mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            position_paragraph(mark, 162, 13, (24, HOUSE_SIDE + 1))  # wider than it is: some programs cut it else
        for name, size in (("Normal", 10), ("Heading 1", 12.5), ("Heading 2", 10.5)):
            style: Any = self.file.styles[name]
            style.font.size = Pt(size)
            style.paragraph_format.space_after = Pt(2)
            if name != "Normal":
                style.paragraph_format.space_before = Pt(5)
        sender = split_at_line_breaks(letter.sender)
        for index, spans in enumerate(sender):
            line = self.inside.add_paragraph()
            _add_spans(line, spans, bold=index == 0)
            line.paragraph_format.space_after = Pt(0)
            for run in line.runs:
                run.font.size = Pt(14 if index == 0 else 10)
                run.font.color.rgb = rgb(self.colours.main if index == 0 else QUIET)
        add_bottom_border(self.inside.paragraphs[-1], self.colours.main)
        beside = 112 if window == "left" else 20
        for spans in split_at_line_breaks(letter.address):
            line = self.inside.add_paragraph()
            _add_spans(line, spans)
            position_paragraph(line, WINDOWS[window], ADDRESS_TOP, (ADDRESS_WIDTH, ADDRESS_HEIGHT))
            line.paragraph_format.tab_stops.clear_all()  # a line to write on ends with the window
            _add_tab_leaders(line, sum(span.mark == "answer" for span in spans), ADDRESS_WIDTH)
        day = self.inside.add_paragraph()
        _add_spans(day, letter.day)
        position_paragraph(day, beside, ADDRESS_TOP + ADDRESS_HEIGHT - 6, (80, 8))
        first = len(self.inside.paragraphs)
        self.write_blocks(letter.body)
        subject = self.inside.paragraphs[first]
        subject.paragraph_format.space_before = Mm(BODY_TOP - 2 - TOP) - Pt(LINE * (14 + 10 * (len(sender) - 1)) + 6)
        annex = len(self.inside.paragraphs)
        if letter.annexes and isinstance(letter.annexes[0], Heading):
            self.write_blocks(letter.annexes)
            # a break in a paragraph of its own would find no room below a full page, and leave the next one empty
            self.inside.paragraphs[annex].paragraph_format.page_break_before = True
        elif letter.annexes:
            self.write_blocks([PageBreak(), *letter.annexes])

    def write_list_in_columns(self, listing: ListBlock, count: int) -> None:
        """A long list of short entries, side by side in columns without lines."""
        grid = self.inside.add_table(rows=1, cols=count)
        each = -(-len(listing.items) // count)
        for index, cell in enumerate(grid.rows[0].cells):
            line = cell.paragraphs[0]
            for place, item in enumerate(listing.items[index * each : (index + 1) * each]):
                if place:
                    line.add_run().add_break()
                for block in item.blocks:
                    _add_spans(line, block.spans if isinstance(block, Paragraph) else ())
            for run in line.runs:
                run.font.size = Pt(7.5 if each > MOST_IN_A_COLUMN else 8.5 if count > 3 else 10)
        self.write_gap()

    def write_signatures(self, room: SignatureRoom) -> None:
        """Boxes to sign, two side by side, as on paper."""
        grid = self.inside.add_table(rows=-(-len(room.rows) // 2), cols=2)
        grid._element.tblStyle_val = "TableGrid"
        boxes = [cell for row in grid.rows for cell in row.cells]
        for row in grid.rows:
            row.height = Mm(42)
        for cell, signer in zip(boxes, room.rows, strict=False):
            head = cell.paragraphs[0].add_run(signer.office)
            head.bold, head.font.color.rgb = True, rgb(self.colours.main)
            pad_cell_paragraph(cell.paragraphs[0])
            for words, value in ((_("Name"), signer.name), (_("Date"), signer.day), (_("Signature"), signer.way)):
                cell.add_paragraph(f"{words}  {value}".rstrip())
        self.write_gap()

    def write_list(self, listing: ListBlock, depth: int = 1) -> None:
        """A list of real list paragraphs; a numbered one begins at 1."""
        count = bullet_column_count(listing.items)
        if count > 1 and not listing.ordered and all(item.box is None for item in listing.items):
            self.write_list_in_columns(listing, count)
            return
        if tick_boxes_fit_on_one_line(listing.items):
            self.write_row_of_boxes(listing.items)
            return
        style = f"List {'Number' if listing.ordered else 'Bullet'}{'' if depth == 1 else f' {min(depth, 3)}'}"
        number = _new_numbering(self.file, style) if listing.ordered else None
        for item in listing.items:
            self.write_item(item, style, number, depth)

    def write_row_of_boxes(self, items: Sequence[ListItem]) -> None:
        """Short answers to tick, beside each other."""
        line = self.new_paragraph("List Paragraph")
        for place, item in enumerate(items):
            line.add_run(f"{BETWEEN_BOXES if place else ''}{'☒' if item.box else '☐'} ")
            for answer in item.blocks:
                if isinstance(answer, Paragraph):
                    _add_spans(line, answer.spans)

    def write_item(self, item: ListItem, style: str, number: int | None, depth: int) -> None:
        """One entry: its first paragraph carries bullet, number or check box."""
        blocks = item.blocks
        line = self.new_paragraph("List Paragraph" if item.box is not None else style)
        if number is not None and item.box is None:
            properties = line._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = number
        if item.box is not None:
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(6), Mm(-5)  # as on paper
            line.add_run("☒ " if item.box else "☐ ")
        if blocks and isinstance(blocks[0], Paragraph):
            _add_spans(line, blocks[0].spans)
            blocks = blocks[1:]
        for block in blocks:
            if isinstance(block, ListBlock):
                self.write_list(block, depth + 1)
            else:
                self.write_block(block)

    def write_table(self, table: TableBlock) -> None:
        """A table whose head is repeated on each page; empty cells leave room to write."""
        grid = self.inside.add_table(rows=1, cols=len(table.head))
        grid._element.tblStyle_val = "TableGrid"
        for cell, spans in zip(grid.rows[0].cells, table.head, strict=True):
            _add_spans(cell.paragraphs[0], spans, bold=True)
            shade_cell(cell, blended_colour(self.colours.main, WHITE, 0.1))
            pad_cell_paragraph(cell.paragraphs[0])
            for run in cell.paragraphs[0].runs:
                run.font.color.rgb = rgb(self.colours.main)
        repeated = OxmlElement("w:tblHeader")
        grid.rows[0]._tr.get_or_add_trPr().append(repeated)
        shares, small = column_width_shares(table), Emu(int(self.file.styles["Normal"].font.size * 0.94))
        for column, share in zip(grid.columns, shares, strict=True):
            column.width = int(self.wide * share / sum(shares))
        for row in table.rows:
            line = grid.add_row()
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            line.height = Mm(8 if self.is_letter else 9) if any(not spans for spans in row) else None
            for cell, spans in zip(line.cells, row, strict=True):
                _add_spans(cell.paragraphs[0], spans)
                pad_cell_paragraph(cell.paragraphs[0], 1 if self.is_letter else 2)
                for run in cell.paragraphs[0].runs:
                    run.font.size = small
        if len(table.rows) <= MOST_KEPT_TOGETHER:
            for line in grid.rows[:-1]:
                line.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        self.write_gap()

    def write_chart(self, drawn: Chart) -> None:
        """A chart as a picture, with its numbers as alternative text."""
        self.write_picture(chart.chart_png(drawn), None, chart.alternative_text(drawn), wide=min(self.wide, Mm(86)))

    def write_picture(self, content: bytes, tall: int | None, words: str, *, wide: int | None = None) -> Line:
        """A picture in a line of its own, with ``words`` as its alternative text."""
        line: Line = self.inside.add_paragraph()
        shape = line.add_run().add_picture(io.BytesIO(content), width=wide, height=tall)
        shape._inline.docPr.set("descr", words)
        return line

    def write_note_box(self, blocks: Iterable[Block]) -> None:
        """A box: a table of one cell."""
        box = self.inside.add_table(rows=1, cols=1)
        box._element.tblStyle_val = "TableGrid"
        room = box.rows[0].cells[0]
        _BlockWriter(self.file, room, colours=self.colours).write_blocks(blocks)
        if len(room.paragraphs) > 1:
            room.paragraphs[0]._p.getparent().remove(room.paragraphs[0]._p)
        for line in room.paragraphs:
            pad_cell_paragraph(line)
        self.write_gap()

    def write_qr_code(self, link: str) -> None:
        """A QR code with its alternative text, and the address in words."""
        picture = io.BytesIO()
        segno.make(link, error="m", micro=False).save(picture, kind="png", scale=6, border=2)
        line = self.write_picture(picture.getvalue(), None, _("QR code to %s") % link, wide=Mm(30))
        line.add_run(f"  {link}")  # beside it, as on paper


def _new_numbering(file: File, style: str) -> int:
    """A numbering of its own for a list in ``style``, so that it begins at 1."""
    numbering: Any = file.part.numbering_part.element
    named: Any = file.styles[style]
    kind = numbering.num_having_numId(named.element.pPr.numPr.numId.val).abstractNumId.val
    fresh = numbering.add_num(kind)
    fresh.add_lvlOverride(0).add_startOverride(1)
    return int(fresh.numId)


def _add_spans(line: Line, spans: Spans, *, bold: bool = False) -> None:
    """``spans`` at the end of ``line``."""
    if sum(span.mark == "answer" for span in spans):
        _add_tab_leaders(line, sum(span.mark == "answer" for span in spans))
    for span in spans:
        if span.mark == "break":
            line.add_run().add_break()
        elif span.mark == "answer":
            line.add_run("\t")
        else:
            run = line.add_run(with_days_and_towns_unparted(span.text))
            run.bold = bold or span.bold or span.mark == "missing" or None
            run.italic = span.italic or None
            run.underline = span.mark == "missing" or None
            if span.language:
                language = OxmlElement("w:lang")
                language.set(qn("w:val"), LOCALES[span.language])
                run._r.get_or_add_rPr().append(language)


def _add_tab_leaders(line: Line, count: int, wide_mm: int = 0) -> None:
    """Tab stops with a ruled line up to each, within ``wide_mm`` or else the sheet: room to write by hand."""
    wide_mm = wide_mm or min(160, _text_width_mm(line))
    for index in range(1, count + 1):
        line.paragraph_format.tab_stops.add_tab_stop(
            Mm(wide_mm * index // count), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES
        )


def _text_width_mm(line: Line) -> int:
    """How wide the text of the sheet is on which ``line`` stands."""
    part: Any = line.part
    section = part.document.sections[0]
    return int((section.page_width - section.left_margin - section.right_margin) / Mm(1))


def _add_bottom_rule(line: Line) -> None:
    """A rule below an empty paragraph."""
    borders = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):  # the second, since neighbours with equal borders are drawn as one
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "808080")):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    line._p.get_or_add_pPr().append(borders)
    line.paragraph_format.space_before = Pt(14)
