"""Where each thing stands: from what the slides say to shapes in millimetres, the same for every way to draw them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import override

from plp.documents.blocks import Document, Span, TableBlock, plain_text, speaker_notes_title
from plp.documents.slides.cards import build_card_slides, build_numbered_slides, build_step_path_slides
from plp.documents.slides.content import SlidePage, SlidePages, slide_pages, without_bold
from plp.documents.slides.first_slide import build_opening_slide
from plp.documents.slides.lines import PARTED
from plp.documents.slides.metrics import IN_THE_ROOM, do_lines_fit, longest_line_width_mm, text_height_mm
from plp.documents.slides.shapes import HEIGHT, MARGIN, WIDTH, Frame, Shape, SlideLine, SlideNotes, SlidePlan, TextShape
from plp.documents.slides.table_layout import build_table_slides
from plp.documents.slides.text_layouts import (
    build_qr_code_slide,
    build_statement_slide,
    build_text_slides,
    build_two_column_slide,
)

Builder = Callable[[SlidePages, Frame], list[list[Shape]]]

BUILDERS: dict[str, tuple[str, Builder]] = {  # what a slide looks like: the layout of the master, and who builds it
    "opening": ("opening", build_opening_slide),
    "statement": ("words", build_statement_slide),
    "text": ("words", build_text_slides),
    "code": ("words", build_qr_code_slide),
    "cards": ("picture", build_card_slides),
    "numbers": ("picture", build_numbered_slides),
    "steps": ("picture", build_step_path_slides),
    "columns": ("picture", build_two_column_slide),
    "table": ("picture", build_table_slides),
}
TITLE_TOP, TITLE_HEIGHT, BODY_GAP, FOOT = 11.0, 17.0, 6.0, 15.0
MOST_TITLE = 44.0  # mm: as high as a title may stand
LEAST_TITLE = 32  # points: shorter titles stand on one line in all languages
TITLE_SIZES = (40, 38, 36, 34, 32, 30, 28, 26, 24, 22, 20, 16, 12)


def slide_plans(documents: Sequence[Document]) -> list[SlidePlan]:
    """The slides of one text in the languages of ``documents``, ready to be drawn."""
    return [plan for pages in slide_pages(documents) for plan in _plans_of_pages(pages)]


def _plans_of_pages(pages: SlidePages) -> list[SlidePlan]:
    layout, build = BUILDERS[pages[0].kind]
    title = _title_shape(pages)
    top = title.frame.bottom + BODY_GAP
    body = Frame(MARGIN, top, WIDTH - 2 * MARGIN, HEIGHT - FOOT - top)
    slides = build(pages, body)
    if pages[0].kind == "text" and any(isinstance(block, TableBlock) for block in pages[0].blocks):
        slides += build_table_slides(tuple(map(_page_with_table_only, pages)), body)
    notes = _speaker_notes(pages)
    is_opening = pages[0].kind == "opening"
    return [
        SlidePlan(
            layout
            if any(isinstance(shape, TextShape) and shape.role == "body" for shape in shapes) or layout != "words"
            else "picture",
            tuple(shapes) if is_opening else (_with_slide_number(title, number, len(slides)), *shapes),
            notes if number == 1 else (),
        )
        for number, shapes in enumerate(slides, start=1)
    ]


def _page_with_table_only(page: SlidePage) -> SlidePage:
    return replace(page, blocks=tuple(block for block in page.blocks if isinstance(block, TableBlock)))


def _title_shape(pages: SlidePages) -> TextShape:
    """The title in each language, one under the other, at the largest size that keeps each on one line."""
    width = WIDTH - 2 * MARGIN
    most = {1: 22, 2: 32}.get(len(pages), 42)
    if (joined := _joined_title_if_it_fits(pages, width)) is not None:
        return TextShape(Frame(MARGIN, TITLE_TOP, width, TITLE_HEIGHT), (joined,), role="title", anchor="middle")
    for size in TITLE_SIZES:
        lines = _title_lines(pages, size)
        unbroken = size <= IN_THE_ROOM or longest_line_width_mm(lines) <= width
        if unbroken and do_lines_fit(lines, width, most if size > IN_THE_ROOM else MOST_TITLE):
            break
    height = max(text_height_mm(lines, width), TITLE_HEIGHT)
    return TextShape(Frame(MARGIN, TITLE_TOP, width, height), lines, role="title", anchor="middle")


def _joined_title_if_it_fits(pages: SlidePages, width: float) -> SlideLine | None:
    """The titles of several languages on one line, where they are short enough."""
    titles = list(dict.fromkeys(plain_text(page.title) for page in pages))
    spans = (Span(PARTED.join(titles)),)
    for size in (size for size in TITLE_SIZES if size >= LEAST_TITLE):
        line = SlideLine(spans, pages[0].language, size, bold=True, colour="deep")
        if len(pages) > 1 and longest_line_width_mm([line]) <= width:
            return line
    return None


def _title_lines(pages: SlidePages, size: float) -> tuple[SlideLine, ...]:
    return tuple(
        SlideLine(without_bold(page.title), page.language, size, bold=True, colour=("deep", "ink", "deep")[place % 3])
        for place, page in enumerate(pages)
    )


def _with_slide_number(title: TextShape, number: int, count: int) -> TextShape:
    """The title of one slide of several under the same title: so that each has a title of its own.

    A title of one line stays on it, a little smaller where it must.
    """
    if count == 1:
        return title
    first, *others = title.lines
    marked = replace(first, spans=(*first.spans, Span(f" ({number}/{count})")))
    width = title.frame.width
    if longest_line_width_mm([first]) <= width:
        smaller = (replace(marked, size=size) for size in range(int(first.size), IN_THE_ROOM - 1, -1))
        marked = next((line for line in smaller if longest_line_width_mm([line]) <= width), marked)
    return replace(title, lines=(marked, *others))


def _speaker_notes(pages: SlidePages) -> tuple[SlideNotes, ...]:
    """What to say, in each language."""
    notes = []
    for page in pages:
        if page.notes is not None:
            with override(page.language):
                notes.append(SlideNotes(page.language, speaker_notes_title(page.notes.minutes), page.notes.blocks))
    return tuple(notes)
