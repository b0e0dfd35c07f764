"""Slides of words: the opening, one statement, two columns side by side, a code to scan, running lines."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

import segno

from plp.documents.blocks import Block, Heading, Paragraph, QrCode, Span, TableBlock
from plp.documents.slides.content import SlidePage, SlidePages
from plp.documents.slides.lines import (
    INDENT,
    PARTED,
    language_colour,
    largest_font_size,
    line_at_largest_size,
    slide_lines_of_blocks,
)
from plp.documents.slides.metrics import IN_THE_ROOM, LARGEST, do_lines_fit, text_width_mm
from plp.documents.slides.shapes import (
    Frame,
    PanelShape,
    PictureShape,
    Shape,
    SlideLine,
    TextShape,
)

GAP = 8.0
PICTURE = 104.0  # mm: the side of a picture beside words
STATEMENT = 44  # points, at most
COLUMN_LOOKS = (("deep", "✓"), ("ink", "✗"))


def build_statement_slide(pages: SlidePages, body: Frame) -> list[list[Shape]]:
    """One statement, as large as it can be, beside its picture."""
    picture, words = _picture_and_remaining_frame(pages, body)

    def statement_lines(size: float) -> list[SlideLine]:
        return [
            SlideLine(
                spans, page.language, size, colour=language_colour(place), above=size * (0.3 if number or place else 0)
            )
            for place, page in enumerate(pages)
            for number, spans in enumerate(page.paragraphs)
        ]

    size = largest_font_size(statement_lines, words, most=STATEMENT)
    return [[TextShape(words, tuple(statement_lines(size)), role="body", anchor="middle"), *picture]]


def _picture_and_remaining_frame(pages: SlidePages, body: Frame) -> tuple[list[Shape], Frame]:
    """The picture of a slide at its right, and the room for words that is left."""
    drawing = pages[0].illustration
    if drawing is None:
        return [], body
    side = min(PICTURE, body.height)
    frame = Frame(body.right - side, body.top + (body.height - side) / 2, side, side)
    ground = PanelShape(frame, "soft", side / 2)
    shown = PictureShape(frame.inset(side * 0.16), drawing.name, drawing.svg, drawing.words)
    return [ground, shown], Frame(body.x, body.top, body.width - side - GAP, body.height)


def build_two_column_slide(pages: SlidePages, body: Frame) -> list[list[Shape]]:
    """Two lists side by side: what it is, and what it is not."""
    wide = (body.width - GAP) / 2
    sides = [Frame(body.x + place * (wide + GAP), body.top, wide, body.height) for place in range(2)]
    head_size = IN_THE_ROOM + 2 if len(pages) == 1 else IN_THE_ROOM
    head = 8 + head_size * 0.36
    inner = [Frame(side.x + 5, side.top + head + 2, side.width - 8, side.height - head - 4) for side in sides]
    size = min(largest_font_size(_column_lines(pages, place), inner[place]) for place in range(2))
    room_of_head = Frame(0, 0, wide - 12, head)
    heads = [_column_head_line(pages, place, head_size) for place in range(2)]
    size_of_both_heads = min(line_at_largest_size(line, room_of_head, most=head_size).size for line in heads)
    shapes: list[Shape] = []
    for place, (side, room) in enumerate(zip(sides, inner, strict=True)):
        colour, _sign = COLUMN_LOOKS[place]
        line = replace(heads[place], size=size_of_both_heads)
        shapes += [PanelShape(side, "soft"), PanelShape(Frame(side.x, side.top, side.width, head), colour)]
        shapes.append(TextShape(replace(room_of_head, x=side.x + 6, top=side.top), (line,), anchor="middle"))
        shapes.append(TextShape(room, tuple(_column_lines(pages, place)(size)), anchor="middle"))
    return [shapes]


def _column_head_line(pages: SlidePages, column_index: int, size: float) -> SlideLine:
    """What stands above a column, in every language."""
    heading = PARTED.join(_heading_text(_headings(page)[column_index]) for page in pages)
    return SlideLine((Span(heading),), pages[0].language, size, bold=True, colour="paper")


def _headings(page: SlidePage) -> list[Heading]:
    return [block for block in page.blocks if isinstance(block, Heading)]


def _heading_text(heading: Heading) -> str:
    return "".join(span.text for span in heading.spans)


def _column_lines(pages: SlidePages, column_index: int) -> Callable[[float], list[SlideLine]]:
    """The entries of one column, the languages of each under one sign."""
    colour, sign = COLUMN_LOOKS[column_index]
    air = 0.2 if len(pages) == 1 else 0.06

    def lines_of_column(size: float) -> list[SlideLine]:
        return [
            SlideLine(
                block.spans,
                page.language,
                size,
                colour=language_colour(language),
                sign=sign if language == 0 else INDENT,
                sign_colour=colour,
                above=size * air if language == 0 else 0,
            )
            for entries in zip(*(page.lists[column_index].items for page in pages), strict=True)
            for language, (page, item) in enumerate(zip(pages, entries, strict=True))
            for block in item.blocks
            if isinstance(block, Paragraph)
        ]

    return lines_of_column


def build_qr_code_slide(pages: SlidePages, body: Frame) -> list[list[Shape]]:
    """A code to scan, large, with its address in words below and what to know beside it."""
    code = next(block for block in pages[0].blocks if isinstance(block, QrCode))
    address = code.link.removeprefix("https://").removeprefix("http://").rstrip("/")
    size = next((size for size in range(34, 12, -1) if text_width_mm(address, size, bold=True) <= body.width - 12), 12)
    strip = Frame(body.x, body.bottom - 20, body.width, 20)
    room = Frame(body.x, body.top, body.width, body.height - 20 - GAP)
    side = min(room.height, 92)
    square = Frame(room.right - side, room.top + (room.height - side) / 2, side, side)
    words = Frame(room.x, room.top, room.width - side - GAP, room.height)
    blocks = [tuple(block for block in page.blocks if not isinstance(block, QrCode)) for page in pages]
    lines = _fitted_lines(pages, blocks, words, most=LARGEST)
    line = SlideLine((Span(address),), pages[0].language, size, bold=True)
    shapes: list[Shape] = [
        PictureShape(square, svg=_qr_svg(code.link), words=address),
        PanelShape(strip, "action"),
        TextShape(strip.inset(6, 1), (line,), align="center", anchor="middle"),
    ]
    if lines is None:
        return [
            *build_text_slides(
                tuple(replace(page, blocks=part) for page, part in zip(pages, blocks, strict=True)), body
            ),
            shapes,
        ]
    return [[*shapes, *([TextShape(words, lines, role="body", anchor="middle")] if lines else [])]]


def _qr_svg(link: str) -> str:
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=1, scale=4, omitsize=True, light="#fff")
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _fitted_lines(
    pages: SlidePages, blocks: Sequence[Sequence[Block]], room: Frame, *, most: float
) -> tuple[SlideLine, ...] | None:
    """The words of all languages, one under the other, as large as they fit; ``None`` where they are too many."""

    def lines_of_all_languages(size: float) -> list[SlideLine]:
        air = 0.16 if len(pages) == 1 else 0.05
        parts = [
            slide_lines_of_blocks(part, page.language, size, language_colour(place), air)
            for place, (page, part) in enumerate(zip(pages, blocks, strict=True))
        ]
        return [
            replace(line, above=line.above + (size * 0.25 if place and number == 0 else 0))
            for place, part in enumerate(parts)
            for number, line in enumerate(part)
        ]

    least = IN_THE_ROOM if len(pages) < 3 else IN_THE_ROOM - 8
    size = next(
        (
            size
            for size in range(int(most), least - 1, -1)
            if do_lines_fit(lines_of_all_languages(size), room.width, room.height)
        ),
        None,
    )
    return None if size is None else tuple(lines_of_all_languages(size))


def build_text_slides(pages: SlidePages, body: Frame) -> list[list[Shape]]:
    """Running lines, a column for each language, without the picture; what does not fit goes on on the next slide."""
    picture, room = _picture_and_remaining_frame(pages, body)
    if len(pages) > 1:
        has_table = any(isinstance(block, TableBlock) for page in pages for block in page.blocks)
        for shown, frame in () if has_table else ((picture, room), ([], body)):
            if stacked := _fitted_lines(pages, [page.blocks for page in pages], frame, most=LARGEST):
                return [[TextShape(frame, stacked, role="body", anchor="middle"), *shown]]
        picture, room = [], body
    wide = (room.width - GAP * (len(pages) - 1)) / len(pages)
    frames = [Frame(room.x + place * (wide + GAP), room.top, wide, room.height) for place in range(len(pages))]
    role, anchor = ("body", "middle") if len(pages) == 1 else ("", "top")  # columns begin at one height
    return [
        [
            *(
                TextShape(frame, tuple(lines), role=role, anchor=anchor)
                for frame, lines in zip(frames, texts, strict=True)
                if lines
            ),
            *picture,
        ]
        for texts in _lines_by_slide_and_frame(pages, frames)
    ]


def _lines_by_slide_and_frame(pages: SlidePages, frames: Sequence[Frame]) -> list[list[list[SlideLine]]]:
    """Of each slide the lines of each language: as many as are read from the last row, of all the same size."""

    def lines_per_language_at_size(size: float) -> list[list[SlideLine]]:
        return [
            slide_lines_of_blocks(
                [block for block in page.blocks if not isinstance(block, TableBlock)],
                page.language,
                size,
                language_colour(place),
            )
            for place, page in enumerate(pages)
        ]

    def all_fit(lines_by_language: Sequence[Sequence[SlideLine]]) -> bool:
        return all(
            do_lines_fit(lines, frame.width, frame.height)
            for lines, frame in zip(lines_by_language, frames, strict=True)
        )

    for size in range(LARGEST, IN_THE_ROOM - 1, -2):
        if all_fit(lines_per_language_at_size(size)):
            return [lines_per_language_at_size(size)]
    return _split_over_slides(lines_per_language_at_size(IN_THE_ROOM), frames, all_fit)


def _split_over_slides(
    texts: Sequence[Sequence[SlideLine]],
    frames: Sequence[Frame],
    all_fit: Callable[[Sequence[Sequence[SlideLine]]], bool],
) -> list[list[list[SlideLine]]]:
    """``texts`` over several slides, what says the same in each language on one; a line that is too long for a slide of
    its own is set smaller, never cut.
    """
    slides: list[list[list[SlideLine]]] = [[[] for _frame in frames]]
    for row in zip_longest(*texts):
        sized = [line and _fitted_line(line, frame) for line, frame in zip(row, frames, strict=True)]
        longer = [[*lines, line] if line else lines for lines, line in zip(slides[-1], sized, strict=True)]
        if any(slides[-1]) and not all_fit(longer):
            slides.append([[replace(line, above=0)] if line else [] for line in sized])
        else:
            slides[-1] = [
                [*lines[:-1], replace(lines[-1], above=lines[-1].above if len(lines) > 1 else 0)] if lines else lines
                for lines in longer
            ]
    return slides


def _fitted_line(line: SlideLine, frame: Frame) -> SlideLine:
    return (
        line if do_lines_fit([line], frame.width, frame.height) else line_at_largest_size(line, frame, most=IN_THE_ROOM)
    )
