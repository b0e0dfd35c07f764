"""Things side by side, a picture each: cards, numbered points, and the steps of a path that may come round again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from plp.documents.blocks import ListItem, Span, plain_text
from plp.documents.slides.content import SlidePage, SlidePages
from plp.documents.slides.lines import card_lines, head_and_details, joined_on_one_line_if_fits, language_colour
from plp.documents.slides.metrics import (
    IN_THE_ROOM,
    LARGEST,
    SMALLEST,
    do_lines_fit,
    longest_line_width_mm,
    text_height_mm,
)
from plp.documents.slides.shapes import ArrowShape, Frame, PanelShape, PictureShape, Shape, SlideLine, TextShape

GAP, PAD, BETWEEN = 6.0, 3.0, 2.0
LEAST_PICTURES, MOST_PICTURE = (32.0, 24.0, 16.0), 62.0
ARROW_ACROSS, ARROW_DOWN = 13.0, 12.0
COLUMNS = {1: (1,), 2: (2, 1), 3: (3, 1), 4: (4, 2), 5: (3, 5), 6: (3, 2), 7: (4, 2), 8: (4, 2)}
SIZES = (*range(LARGEST, IN_THE_ROOM - 1, -2), *range(IN_THE_ROOM - 2, SMALLEST - 1, -2))
TALLEST = 105.0  # mm: a card
FEW = 3  # entries that stand in one column or row
JUMP = 1.9  # how much larger the number to phone in danger is set

Cell = tuple[ListItem, ...]  # one entry, a language each


@dataclass(frozen=True)
class CardPlan:
    """How the cards are set: their frames, the size of their letters, the picture beside the words or above them."""

    frames: tuple[Frame, ...]
    size: float
    beside: bool
    with_details: bool = True


def build_card_slides(pages: SlidePages, body: Frame) -> list[list[Shape]]:
    """The cards of a page on one slide, on two where their words would be too small for the room or left out."""
    return _build_slides_of_cells(pages, _card_cells(pages), body)


def _card_cells(pages: SlidePages) -> list[Cell]:
    return list(zip(*(page.items for page in pages), strict=True))


def _build_slides_of_cells(pages: SlidePages, cells: Sequence[Cell], body: Frame) -> list[list[Shape]]:
    callout = _callout_shape(pages, body)
    room = replace(body, height=body.height - (callout.frame.height + GAP if callout else 0))
    plan = _largest_fitting_card_plan(pages, cells, lambda columns: _card_frames_in_grid(room, len(cells), columns))
    leaves_out = not plan.with_details and _have_details(cells)
    if (plan.size < IN_THE_ROOM and len(cells) > 2) or (leaves_out and len(cells) > FEW):
        half = -(-len(cells) // 2)
        return [*_build_slides_of_cells(pages, cells[:half], body), *_build_slides_of_cells(pages, cells[half:], body)]
    shapes: list[Shape] = [*_card_shapes(pages, cells, plan)]
    if callout:
        shapes += [PanelShape(callout.frame, "action"), replace(callout, frame=callout.frame.inset(5, 2))]
    return [shapes]


def _have_details(cells: Sequence[Cell]) -> bool:
    """Whether any card says more than its head."""
    return any(head_and_details(item)[1] for cell in cells for item in cell)


def _callout_shape(pages: SlidePages, body: Frame) -> TextShape | None:
    """What must be seen, as a band at the foot."""
    lines = joined_on_one_line_if_fits(
        [SlideLine(spans, page.language, IN_THE_ROOM, bold=True) for page in pages for spans in page.callouts],
        body.width - 10,
    )
    if not lines:
        return None
    height = text_height_mm(lines, body.width - 10) + 6
    return TextShape(Frame(body.x, body.bottom - height, body.width, height), lines, align="center", anchor="middle")


def _card_frames_in_grid(body: Frame, count: int, columns: int) -> tuple[Frame, ...]:
    rows = -(-count // columns)
    wide, high = (body.width - GAP * (columns - 1)) / columns, (body.height - GAP * (rows - 1)) / rows
    high = min(high, TALLEST)
    top = body.top + (body.height - rows * high - GAP * (rows - 1)) / 2
    places = (divmod(place, columns) for place in range(count))
    return tuple(Frame(body.x + column * (wide + GAP), top + row * (high + GAP), wide, high) for row, column in places)


def _largest_fitting_card_plan(
    pages: SlidePages, cells: Sequence[Cell], frames_for: Callable[[int], tuple[Frame, ...]]
) -> CardPlan:
    """The largest letters that fit every card, in any of the ways to lay them out."""
    ways = [(frames_for(columns), beside) for columns in COLUMNS.get(len(cells), (4,)) for beside in (False, True)]
    for size, with_details, least, unbroken in _card_styles_to_try(len(pages)):
        for frames, beside in ways:
            plan = CardPlan(frames, size, beside, with_details)
            pairs = zip(cells, frames, strict=True)
            if all(_does_card_fit(pages, cell, frame, plan, least, unbroken=unbroken) for cell, frame in pairs):
                return plan
    return CardPlan(ways[0][0], SMALLEST, beside=False, with_details=len(pages) == 1)


def _card_styles_to_try(languages: int) -> Iterator[tuple[float, bool, float, bool]]:
    """What to try, best first: size of the letters, with details, least side of a picture, heads on one line."""
    readable = [size for size in SIZES if size >= IN_THE_ROOM]
    for with_details in (True, False) if languages > 1 else (True,):
        for unbroken in (True, False):
            yield from ((size, with_details, least, unbroken) for least in LEAST_PICTURES for size in readable)
    smaller = [size for size in SIZES if size < IN_THE_ROOM]
    yield from ((size, languages == 1, LEAST_PICTURES[-1], False) for size in smaller)


def _does_card_fit(
    pages: SlidePages, cell: Cell, frame: Frame, plan: CardPlan, least: float, *, unbroken: bool
) -> bool:
    lines = _styled_card_lines(pages, cell, plan.size, with_details=plan.with_details)
    picture, words = _picture_and_text_frames(frame, lines, beside=plan.beside, has_picture=bool(cell[0].illustration))
    if cell[0].illustration and picture.height < least:
        return False
    if unbroken and longest_line_width_mm([line for line in lines if line.bold]) > words.width:
        return False
    return do_lines_fit(lines, words.width, words.height)


def _styled_card_lines(
    pages: SlidePages, cell: Cell, size: float, *, with_details: bool = True
) -> tuple[SlideLine, ...]:
    """The words of a card; a number to phone in danger is larger, in its own colour, and always says whose it is."""
    lines = card_lines(cell, pages, size, with_details=with_details)
    if not plain_text(lines[0].spans).isdigit():
        return lines
    lines = card_lines(cell, pages, size)
    return (replace(lines[0], size=size * JUMP, colour="emergency"), *lines[1:])


def _picture_and_text_frames(
    frame: Frame, lines: Sequence[SlideLine], *, beside: bool, has_picture: bool
) -> tuple[Frame, Frame]:
    """Where the picture stands in a card, and where its words: above the words it takes the height that they leave."""
    inner = frame.inset(PAD)
    if not has_picture:
        return Frame(inner.x, inner.top, 0, 0), inner
    if beside:
        side = min(inner.height, inner.width * 0.34, MOST_PICTURE)
        picture = Frame(inner.x, inner.top + (inner.height - side) / 2, side, side)
        return picture, Frame(picture.right + PAD, inner.top, inner.width - side - PAD, inner.height)
    words = text_height_mm(lines, inner.width)
    side = max(min(inner.height - words - BETWEEN, inner.width, MOST_PICTURE), 0)
    top = inner.top + max(0, inner.height - words - BETWEEN - side) / 2
    picture = Frame(inner.x + (inner.width - side) / 2, top, side, side)
    return picture, Frame(inner.x, picture.bottom + BETWEEN, inner.width, inner.bottom - picture.bottom - BETWEEN)


def _card_shapes(pages: SlidePages, cells: Sequence[Cell], plan: CardPlan) -> Iterator[Shape]:
    """Every card; the pictures of a row have one height, that of the card with the most words."""
    texts = [_styled_card_lines(pages, cell, plan.size, with_details=plan.with_details) for cell in cells]
    placed = list(zip(cells, texts, plan.frames, strict=True))
    for cell, lines, frame in placed:
        row = [others for _cell, others, place in placed if place.top == frame.top]
        longest = max(row, key=lambda others: text_height_mm(others, frame.inset(PAD).width))
        yield from _shapes_of_card(cell, lines, frame, plan, longest)


def _shapes_of_card(
    cell: Cell, lines: Sequence[SlideLine], frame: Frame, plan: CardPlan, longest: Sequence[SlideLine]
) -> Iterator[Shape]:
    name = cell[0].illustration
    picture, words = _picture_and_text_frames(frame, longest, beside=plan.beside, has_picture=bool(name))
    yield PanelShape(frame, "soft")
    if name:
        yield PictureShape(picture, name)
    align, anchor = ("left", "middle") if plan.beside or not name else ("center", "top")
    yield TextShape(words, tuple(lines), align=align, anchor=anchor)


def build_numbered_slides(pages: SlidePages, body: Frame, first: int = 1) -> list[list[Shape]]:
    """Numbered points in columns, read downwards: what comes tonight. Counted from ``first`` on."""
    cells = _card_cells(pages)
    rows = -(-len(cells) // 2) if len(cells) > FEW else len(cells)
    grid = _card_frames_in_grid(body, rows * -(-len(cells) // rows), -(-len(cells) // rows))
    columns = len(grid) // rows
    frames = [grid[(place % rows) * columns + place // rows] for place in range(len(cells))]
    texts = [Frame(frame.x + 24, frame.top + 2, frame.width - 28, frame.height - 4) for frame in frames]
    size = _common_font_size(pages, cells, texts)
    if size < IN_THE_ROOM and len(cells) > FEW:
        halves = (slice(0, rows), slice(rows, None))
        parts = [tuple(_with_item_slice(page, half) for page in pages) for half in halves]
        return [*build_numbered_slides(parts[0], body, first), *build_numbered_slides(parts[1], body, first + rows)]
    shapes: list[Shape] = []
    for number, (cell, frame, text) in enumerate(zip(cells, frames, texts, strict=True), start=first):
        disc = Frame(frame.x + 4, frame.top + (frame.height - 16) / 2, 16, 16)
        lines = _styled_card_lines(pages, cell, size)
        shapes += [PanelShape(frame, "soft"), *number_disc_shapes(disc, number, pages[0].language)]
        shapes.append(TextShape(text, lines, anchor="middle"))
    return [shapes]


def _common_font_size(pages: SlidePages, cells: Sequence[Cell], texts: Sequence[Frame]) -> float:
    """The largest letters that fit every frame."""
    for size in SIZES:
        pairs = zip(cells, texts, strict=True)
        if all(do_lines_fit(_styled_card_lines(pages, cell, size), text.width, text.height) for cell, text in pairs):
            return size
    return SMALLEST


def _with_item_slice(page: SlidePage, part: slice) -> SlidePage:
    blocks = tuple(
        replace(block, items=block.items[part]) if block is page.lists[0] else block for block in page.blocks
    )
    return replace(page, blocks=blocks)


def number_disc_shapes(frame: Frame, number: int, language: str) -> Iterator[Shape]:
    """A number on a disc."""
    yield PanelShape(frame, "deep", frame.width / 2)
    line = SlideLine((Span(str(number)),), language, frame.height * 1.75, bold=True, colour="paper")
    yield TextShape(frame, (line,), align="center", anchor="middle")


def build_step_path_slides(pages: SlidePages, body: Frame) -> list[list[Shape]]:
    """A path from hand to hand, in one row or as a ring, on two slides where it would say less in several languages;
    what stands in a box is its last station.
    """
    cells, end = _card_cells(pages), _callouts_by_language(pages)
    frames = _step_frames(body, len(cells) + bool(end))
    plan = _path_plan(pages, cells, frames)
    if plan.with_details or not _have_details(cells):
        return [_path_shapes(pages, cells, end, plan, frames)]
    half = -(-len(frames) // 2)
    parts = [(cells[:half], []), (cells[half:], end)]
    rows = [_step_frames(body, len(part) + bool(last), tallest=body.height) for part, last in parts]
    plans = [_path_plan(pages, part, row) for (part, _last), row in zip(parts, rows, strict=True)]
    if not all(half_plan.with_details for half_plan in plans):
        return [_path_shapes(pages, cells, end, plan, frames)]
    return [
        _path_shapes(pages, part, last, half_plan, row, first)
        for (part, last), half_plan, row, first in zip(parts, plans, rows, (1, half + 1), strict=True)
    ]


def _path_plan(pages: SlidePages, cells: Sequence[Cell], frames: Sequence[Frame]) -> CardPlan:
    return _largest_fitting_card_plan(pages, cells, lambda _columns: tuple(frames[: len(cells)]))


def _path_shapes(
    pages: SlidePages,
    cells: Sequence[Cell],
    end: Sequence[tuple[SlidePage, tuple[Span, ...]]],
    plan: CardPlan,
    frames: Sequence[Frame],
    first: int = 1,
) -> list[Shape]:
    """The stations of a path or of its half, counted from ``first`` on, and the arrows between them."""
    shapes: list[Shape] = [*_card_shapes(pages, cells, plan)]
    if end:
        shapes += [PanelShape(frames[-1], "action"), _fitted_callout_shape(end, frames[-1])]
    for number, frame in enumerate(frames, start=first):
        corner = Frame(frame.x - 3, frame.top - 3, 13, 13)
        shapes += number_disc_shapes(corner, number, pages[0].language)
    return [*shapes, *_arrow_shapes(frames)]


def _callouts_by_language(pages: SlidePages) -> list[tuple[SlidePage, tuple[Span, ...]]]:
    """The last station of a path, a language each: where there are several, its bold words alone."""
    answers = []
    for page in pages:
        for spans in page.callouts:
            bold = tuple(span for span in spans if span.bold)
            answers.append((page, bold if bold and len(pages) > 1 else spans))
    return answers


def _fitted_callout_shape(words: Sequence[tuple[SlidePage, tuple[Span, ...]]], frame: Frame) -> TextShape:
    inner = frame.inset(PAD)

    def callout_lines(size: float) -> tuple[SlideLine, ...]:
        return tuple(
            SlideLine(spans, page.language, size, bold=True, colour=language_colour(place), above=1)
            for place, (page, spans) in enumerate(words)
        )

    size = next((size for size in SIZES if do_lines_fit(callout_lines(size), inner.width, inner.height)), SMALLEST)
    return TextShape(inner, callout_lines(size), align="center", anchor="middle")


def _step_frames(body: Frame, count: int, *, tallest: float = TALLEST) -> tuple[Frame, ...]:
    """The frames of ``count`` stations: up to three in a row, more in two rows, the second from right to left."""
    upper = count if count <= FEW else -(-count // 2)
    rows = 1 if upper == count else 2
    wide = (body.width - ARROW_ACROSS * (upper - 1)) / upper
    high = min((body.height - ARROW_DOWN * (rows - 1)) / rows, tallest)
    frames = []
    for place in range(count):
        row, column = divmod(place, upper)
        column = column if row == 0 else upper - 1 - column
        frames.append(Frame(body.x + column * (wide + ARROW_ACROSS), body.top + row * (high + ARROW_DOWN), wide, high))
    return tuple(frames)


def _arrow_shapes(frames: Sequence[Frame]) -> Iterator[ArrowShape]:
    for before, after in pairwise(frames):
        if abs(before.top - after.top) < 1:
            middle, forward = before.top + before.height / 2, after.x > before.x
            start, end = (before.right, after.x) if forward else (before.x, after.right)
            yield ArrowShape((start, middle), (end, middle))
        else:
            middle = max(before.x, after.x) + before.width / 2 if before.x == after.x else before.x + before.width / 2
            downward = after.top > before.top
            start, end = (before.bottom, after.top) if downward else (before.top, after.bottom)
            yield ArrowShape((middle, start), (middle, end))
