"""A table on a slide: few columns, large letters, on as many slides as its rows need."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plp.documents.blocks import Block, NoteBox, Paragraph, Spans, TableBlock, column_width_shares, plain_text
from plp.documents.slides.content import SlidePage, SlidePages
from plp.documents.slides.lines import joined_on_one_line_if_fits, language_colour
from plp.documents.slides.metrics import (
    IN_THE_ROOM,
    SMALLEST,
    longest_line_width_mm,
    longest_word_width_mm,
    text_height_mm,
)
from plp.documents.slides.shapes import Frame, PanelShape, PictureShape, Shape, SlideLine, TableShape, TextShape
from plp.documents.slides.text_layouts import build_text_slides

PAD, GAP = 3.0, 6.0
PICTURE = 64.0
LARGEST = 32
AIRS = (1.25, 1.12, 1)  # a wider face than ours parts no word and hides no row, where one slide has room for it

TableRow = tuple[tuple[SlideLine, ...], ...]


def build_table_slides(pages: SlidePages, body: Frame) -> list[list[Shape]]:
    """The table with what is said around it; rows that do not fit go on on the next slide."""
    tables = [next(block for block in page.blocks if isinstance(block, TableBlock)) for page in pages]
    picture, room = _picture_and_remaining_frame(pages, body, tables[0])
    around = _text_beside_table(pages, room.width)
    below = text_height_mm(around, room.width - 2 * PAD) + 2 * PAD if around else 0
    if below > room.height / 2:
        return [
            *build_text_slides(tuple(_page_with_text_only(page) for page in pages), body),
            *_table_slides_at_largest_size(pages, tables, body),
        ]
    upper = replace(room, height=room.height - (below + GAP if below else 0))
    slides = _table_slides_at_largest_size(pages, tables, upper)
    if around:
        last = slides[-1][0]
        top = (last.frame.bottom if isinstance(last, TableShape) else upper.bottom) + GAP
        band = Frame(room.x, top, room.width, below)
        slides[-1] += [PanelShape(band, "action"), TextShape(band.inset(PAD), around, anchor="middle")]
    slides[0] += picture
    return slides


def _picture_and_remaining_frame(pages: SlidePages, body: Frame, table: TableBlock) -> tuple[list[Shape], Frame]:
    drawing = pages[0].illustration
    if drawing is None or len(table.head) > 3:
        return [], body
    frame = Frame(body.right - PICTURE, body.top + (body.height - PICTURE) / 2, PICTURE, PICTURE)
    shown = PictureShape(frame.inset(PICTURE * 0.16), drawing.name, drawing.svg, drawing.words)
    return [PanelShape(frame, "soft", PICTURE / 2), shown], replace(body, width=body.width - PICTURE - GAP)


def _text_beside_table(pages: SlidePages, width: float) -> tuple[SlideLine, ...]:
    """What is said beside the table: on one line, where the words of all languages have room on it."""
    lines = [
        SlideLine(spans, page.language, IN_THE_ROOM, bold=True, colour=language_colour(place))
        for place, page in enumerate(pages)
        for spans in (*page.paragraphs, *page.callouts)
    ]
    return joined_on_one_line_if_fits(lines, width - 2 * PAD)


def _page_with_text_only(page: SlidePage) -> SlidePage:
    words: tuple[Block, ...] = tuple(block for block in page.blocks if isinstance(block, Paragraph | NoteBox))
    return replace(page, blocks=words)


def _table_slides_at_largest_size(pages: SlidePages, tables: Sequence[TableBlock], room: Frame) -> list[list[Shape]]:
    """One table a slide, with as many rows as fit at the largest size that keeps its words whole; with air for another
    face where the whole table then still stands on one, in letters for the last row.
    """
    for air in AIRS:
        slides, size = _table_slides_and_font_size(pages, tables, room, air)
        if len(slides) == 1 and size >= IN_THE_ROOM:
            break
    return slides


def _table_slides_and_font_size(
    pages: SlidePages, tables: Sequence[TableBlock], room: Frame, air: float
) -> tuple[list[list[Shape]], float]:
    rows = list(_table_rows(pages, tables, 1))
    shares = [max(share, 1) for share in map(max, zip(*(column_width_shares(table) for table in tables), strict=True))]
    size, widths = _font_size_and_widths(rows, shares, room, air)
    sized = [tuple(tuple(replace(line, size=size) for line in cell) for cell in row) for row in rows]
    heights = [
        max(text_height_mm(cell, (width - 2 * PAD) / air) for cell, width in zip(row, widths, strict=True)) + 2 * PAD
        for row in sized
    ]
    slides: list[list[Shape]] = []
    for part in _row_indexes_by_slide(heights, room.height):
        chosen = [0, *part]
        high = sum(heights[place] for place in chosen)
        frame = Frame(room.x, room.top + max(0, (room.height - high) / 2), room.width, high)
        shown = TableShape(
            frame, tuple(widths), tuple(heights[place] for place in chosen), tuple(sized[place] for place in chosen)
        )
        slides.append([shown])
    return slides, size


def _table_rows(pages: SlidePages, tables: Sequence[TableBlock], size: float) -> Iterator[TableRow]:
    """The head, then each row; what is the same in every language stands once."""
    for number, rows in enumerate(zip(*((table.head, *table.rows) for table in tables), strict=True)):
        yield tuple(
            _distinct_cell_lines_by_language(pages, cells, size, is_head=number == 0)
            for cells in zip(*rows, strict=True)
        )


def _distinct_cell_lines_by_language(
    pages: SlidePages, cells: Sequence[Spans], size: float, *, is_head: bool
) -> tuple[SlideLine, ...]:
    different = list({plain_text(spans): (place, spans) for place, spans in reversed(list(enumerate(cells)))}.values())[
        ::-1
    ]
    return tuple(
        SlideLine(
            spans, pages[place].language, size, bold=is_head, colour="paper" if is_head else language_colour(place)
        )
        for place, spans in different
    )


def _font_size_and_widths(
    rows: Sequence[TableRow], shares: Sequence[int], room: Frame, air: float
) -> tuple[float, list[float]]:
    """The largest letters at which no word is parted, and the width of each column."""
    unbroken_lines = [(size, longest_line_width_mm) for size in range(LARGEST, IN_THE_ROOM - 1, -1)]
    unbroken_words = [(size, longest_word_width_mm) for size in range(LARGEST, SMALLEST, -1)]
    for size, width_of in (*unbroken_lines, *unbroken_words):
        least = [
            max(width_of([replace(line, size=size) for line in cell]) for cell in column) * air + 2 * PAD + 1
            for column in zip(*rows, strict=True)
        ]
        spare = room.width - sum(least)
        if spare >= 0 and _do_head_and_highest_row_fit(rows, least, size, room.height):
            return size, [width + spare * share / sum(shares) for width, share in zip(least, shares, strict=True)]
    return SMALLEST, [room.width * share / sum(shares) for share in shares]


def _do_head_and_highest_row_fit(rows: Sequence[TableRow], widths: Sequence[float], size: float, height: float) -> bool:
    """Whether the head and the highest row stand on one slide."""
    heights = [
        max(
            text_height_mm([replace(line, size=size) for line in cell], width - 2 * PAD)
            for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    ]
    return heights[0] + max(heights[1:], default=0) + 4 * PAD <= height


def _row_indexes_by_slide(heights: Sequence[float], room: float) -> Iterator[list[int]]:
    """The rows below the head, as many a slide as have room."""
    part: list[int] = []
    for place in range(1, len(heights)):
        if part and heights[0] + sum(heights[earlier] for earlier in (*part, place)) > room:
            yield part
            part = []
        part.append(place)
    yield part
