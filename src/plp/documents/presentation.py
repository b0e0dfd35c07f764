"""A document as slides for a presentation program: PPTX, 16:9."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from plp.documents.blocks import (
    AnswerLine,
    Block,
    Document,
    Heading,
    ListBlock,
    NoteBox,
    Paragraph,
    QrCode,
    Span,
    Spans,
    TableBlock,
    plain_text,
)
from plp.documents.slides import Slide, slides_of
from plp.documents.word_processor import LOCALES

WIDTH, HEIGHT, MARGIN = Mm(320), Mm(180), Mm(18)
LARGEST, SMALLEST = 30, 12  # points


def slides_pptx(document: Document, *, logo: bytes | None = None) -> bytes:
    """``document`` as PPTX: each title of level 1 or 2 begins a slide; ``logo`` (PNG, JPEG) stands on the first."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = document.title
    deck.core_properties.language = LOCALES[document.language]
    deck.core_properties.author = ""
    with override(document.language):
        for slide in slides_of(document):
            _add_slide(deck, slide, LOCALES[document.language])
        if logo is not None:
            logo_shape = deck.slides[0].shapes.add_picture(
                io.BytesIO(logo), WIDTH - MARGIN - Mm(40), Mm(150), height=Mm(20)
            )
            logo_shape._element.nvPicPr.cNvPr.set("descr", _("Logo of the partnership"))
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _add_slide(deck: Any, slide: Slide, locale: str) -> None:
    """One slide: a title, a frame of text, and tables and codes below it."""
    page = deck.slides.add_slide(deck.slide_layouts[1])
    title, body = page.shapes.title, page.placeholders[1]
    title.left, title.top, title.width, title.height = MARGIN, Mm(10), WIDTH - 2 * MARGIN, Mm(28)
    lines = list(_text_lines(slide.blocks))
    tables = [block for block in slide.blocks if isinstance(block, TableBlock)]
    codes = [block for block in slide.blocks if isinstance(block, QrCode)]
    tall = Mm(120) if not tables else Mm(14 * max(len(lines), 1))
    body.left, body.top, body.width, body.height = MARGIN, Mm(42), WIDTH - 2 * MARGIN, tall
    _add_spans(title.text_frame.paragraphs[0], slide.title, locale, size=36 if slide.first else 30, bold=True)
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    size = _font_size(lines)
    for index, (spans, level, sign) in enumerate(lines):
        line = body.text_frame.paragraphs[0] if index == 0 else body.text_frame.add_paragraph()
        line.level = level
        if not sign:
            _remove_bullet(line)
        _add_spans(line, spans, locale, size=size)
    if not lines:
        body._element.getparent().remove(body._element)
    for table in tables:
        _add_table(page, table, locale, top=Mm(46) + (tall if lines else Mm(0)))
    for code in codes:
        _add_code(page, code)


def _text_lines(blocks: Iterable[Block], level: int = 0) -> Iterator[tuple[Spans, int, bool]]:
    """The text of ``blocks`` as (spans, level, with a bullet)."""
    for block in blocks:
        match block:
            case Heading(_level, spans):
                yield tuple(Span(span.text, bold=True, mark=span.mark) for span in spans), level, False
            case Paragraph(spans):
                yield spans, level, False
            case ListBlock(items, ordered):
                for number, item in enumerate(items, start=1):
                    first, *others = list(_text_lines(item.blocks, level)) or [((), level, False)]
                    box = "" if item.box is None else ("☒ " if item.box else "☐ ")
                    sign = f"{number}. " if ordered else box
                    yield ((Span(sign), *first[0]) if sign else first[0]), level, not sign
                    yield from ((spans, level + 1, bullet) for spans, _level, bullet in others)
            case NoteBox(inner):
                yield from _text_lines(inner, level)
            case AnswerLine():
                yield (Span("_" * 40),), level, False
            case QrCode(link):
                yield (Span(link),), level, False
            case _:
                pass


def _font_size(lines: list[tuple[Spans, int, bool]]) -> int:
    """The size in points at which ``lines`` fit the frame: some fifty letters a line at the largest."""
    for size in range(LARGEST, SMALLEST, -2):
        letters = 52 * LARGEST // size
        rows = sum(-(-max(len(plain_text(spans)), 1) // letters) for spans, _level, _bullet in lines)
        if rows * size * 1.35 <= 340:  # points of height
            return size
    return SMALLEST


def _add_spans(line: Any, spans: Spans, locale: str, *, size: int, bold: bool = False) -> None:
    for span in spans:
        if span.mark == "break":
            line.add_line_break()
            continue
        run = line.add_run()
        run.text = "_" * 20 if span.mark == "answer" else span.text
        run.font.size, run.font.bold = Pt(size), bold or span.bold or span.mark == "missing"
        run.font.italic = span.italic or None
        run._r.get_or_add_rPr().set("lang", LOCALES[span.language] if span.language else locale)


def _remove_bullet(line: Any) -> None:
    properties = line._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(properties.makeelement(qn("a:buNone"), {}))


def _add_table(page: Any, table: TableBlock, locale: str, *, top: int) -> None:
    rows = [table.head, *table.rows]
    frame = page.shapes.add_table(len(rows), len(table.head), MARGIN, top, WIDTH - 2 * MARGIN, Mm(12 * len(rows)))
    for row, cells in zip(frame.table.rows, rows, strict=True):
        for cell, spans in zip(row.cells, cells, strict=True):
            _add_spans(cell.text_frame.paragraphs[0], spans, locale, size=20 if len(rows) <= 8 else 12)


def _add_code(page: Any, code: QrCode) -> None:
    picture = io.BytesIO()
    segno.make(code.link, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    code_shape = page.shapes.add_picture(picture, WIDTH - MARGIN - Mm(60), HEIGHT - Mm(80), Mm(60), Mm(60))
    code_shape._element.nvPicPr.cNvPr.set("descr", _("QR code to %s") % code.link)
