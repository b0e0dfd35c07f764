"""A document as HTML, to stand inside a page."""

from collections.abc import Iterable
from dataclasses import replace

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

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
    Span,
    Spans,
    SpeakerNotes,
    TableBlock,
    as_table_or_list,
    plain_text,
    speaker_notes_title,
)

TAGS = {"h2", "h3", "h4", "p", "br", "strong", "em", "mark", "span", "ul", "ol", "li", "div", "hr", "aside", "img"} | {
    "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "lang"},
    "th": {"scope"},
    "td": {"data-label"},
    "div": {"role", "tabindex", "aria-label", "class", "lang"},
    "img": {"class", "src", "alt", "width", "height", "loading"},
}
SECTION = 2  # the level of its heading
BLANK = mark_safe("")
BREAK = mark_safe("<br>")
NEW_PAGE = mark_safe('<hr class="document-break">')
ANSWER = mark_safe('<span class="document-answer"></span>')


def document_html(document: Document) -> SafeString:
    """``document`` as one ``<div lang=…>``: its title is an ``h2``, so that the page keeps its own ``h1``.

    Every word is escaped, and the whole is cleaned once more by nh3: nothing but text, lists and tables is left.
    """
    with override(document.language):
        body = format_html('<div class="document" lang="{}">{}</div>', document.language, _blocks_html(document.blocks))
    return mark_safe(nh3.clean(body, tags=TAGS, attributes=ATTRIBUTES, link_rel=None))  # noqa: S308 - just cleaned


def titles_and_html_of_sections(document: Document) -> list[tuple[str, SafeString]]:
    """The sections of ``document`` with their titles, each as ``html`` makes it; first what stands before them, under
    an empty title. For a page where each is folded.
    """
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == SECTION:
            sections.append((plain_text(block.spans), []))
        else:
            sections[-1][1].append(block)
    return [(title, document_html(replace(document, blocks=tuple(blocks)))) for title, blocks in sections]


def _blocks_html(blocks: Iterable[Block]) -> SafeString:
    return format_html_join("", "{}", ((_block_html(block),) for block in blocks))


def _block_html(block: Block) -> SafeString:  # noqa: PLR0911 - one answer a kind of block
    match block:
        case Heading(level, spans):
            return format_html("<h{}>{}</h{}>", level + 1, _spans_html(spans), level + 1)
        case Paragraph(spans):
            return format_html("<p>{}</p>", _spans_html(spans))
        case ListBlock(items, ordered):
            tag = "ol" if ordered else "ul"
            return format_html("<{}>{}</{}>", tag, format_html_join("", "{}", ((_item_html(it),) for it in items)), tag)
        case TableBlock():
            return _table_html(block)
        case Chart() | Flow() | SignatureRoom():
            return _block_html(as_table_or_list(block))
        case NoteBox(blocks):
            return format_html('<aside class="document-note">{}</aside>', _blocks_html(blocks))
        case AnswerLine():
            return format_html("<p>{}</p>", ANSWER)
        case PageBreak():
            return NEW_PAGE
        case QrCode(link):
            return format_html("<p>{} {}</p>", _("QR code:"), link)
        case Illustration():
            return BLANK
        case SpeakerNotes(blocks, minutes):
            return format_html(
                '<aside class="document-note"><p><strong>{}</strong></p>{}</aside>',
                speaker_notes_title(minutes),
                _blocks_html(blocks),
            )
        case PictureBlock(url, _content, (wide, high), words):
            values = (url, words, wide, high)
            return format_html(
                '<img class="document-picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy">', *values
            )


def _item_html(item: ListItem) -> SafeString:
    box = "" if item.box is None else ("☒ " if item.box else "☐ ")
    kind = "document-box" if box else ""
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph):  # a short entry without the space of a paragraph
        return format_html(
            '<li class="{}">{}{}{}</li>', kind, box, _spans_html(first.spans), _blocks_html(item.blocks[1:])
        )
    return format_html('<li class="{}">{}{}</li>', kind, box, _blocks_html(item.blocks))


def _table_html(table: TableBlock) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((_spans_html(cell),) for cell in table.head))
    labels = ["".join(span.text for span in cell) for cell in table.head]  # beside each cell, where the page is narrow
    rows = (
        (format_html_join("", '<td data-label="{}">{}</td>', zip(labels, map(_spans_html, row), strict=True)),)
        for row in table.rows
    )
    return format_html(
        '<div class="cards-holder table-scroll" role="group" tabindex="0" aria-label="{}">'
        '<table class="cards"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        _("Table"),
        head,
        format_html_join("", "<tr>{}</tr>", rows),
    )


def _spans_html(spans: Spans) -> SafeString:
    return format_html_join("", "{}", ((_span_html(span),) for span in spans))


def _span_html(span: Span) -> SafeString:
    if span.mark == "break":
        return BREAK
    if span.mark == "answer":
        return ANSWER
    words = format_html("{}", span.text)
    if span.mark == "missing":
        words = format_html("<mark>{}</mark>", words)
    if span.language:
        words = format_html('<span lang="{}">{}</span>', span.language, words)
    if span.bold:
        words = format_html("<strong>{}</strong>", words)
    return format_html("<em>{}</em>", words) if span.italic else words
