"""The first slide: the names large, when and where, and the map of the quarter, or a street."""

from plp.documents.blocks import plain_text
from plp.documents.illustrations import NAMES
from plp.documents.slides.content import SlidePages, without_bold
from plp.documents.slides.lines import largest_font_size
from plp.documents.slides.metrics import text_height_mm
from plp.documents.slides.shapes import (
    HEIGHT,
    MARGIN,
    WIDTH,
    Frame,
    PanelShape,
    PictureShape,
    Shape,
    SlideLine,
    TextShape,
)

MOST_TITLE, GAP = 80, 6.0  # points at most, mm
MOST_DETAILS = {1: 30, 2: 26}  # points at most, by the number of languages; else the smallest
LEAST_DETAILS = 20
COLOURS = ("paper", "action", "paper")  # of the languages, on the dark ground
GROUND = 132.0  # mm: how wide the ground of the map is on the opening slide


def build_opening_slide(pages: SlidePages, _body: Frame) -> list[list[Shape]]:
    """The first slide: the names large, when and where, and the map of the quarter, or a street."""
    drawing = pages[0].illustration
    ground, dark = Frame(WIDTH - GROUND, 0, GROUND, HEIGHT), Frame(0, 0, WIDTH - GROUND, HEIGHT)
    words = Frame(MARGIN, 28, dark.width - 2 * MARGIN + 6, 134)
    picture = PictureShape(ground.inset(8), "street")
    if drawing is not None and drawing.svg:
        picture = PictureShape(ground, drawing.name, drawing.svg, drawing.words)
    elif drawing is not None and drawing.name in NAMES:
        picture = PictureShape(ground.inset(8), drawing.name, words=drawing.words)

    small = MOST_DETAILS.get(len(pages), LEAST_DETAILS)

    def title_and_detail_lines(size: float) -> list[SlideLine]:
        return [*_opening_titles(pages, size), *_opening_details(pages, min(size * 0.8, small))]

    size = largest_font_size(title_and_detail_lines, words, most=MOST_TITLE)
    titles, details = _opening_titles(pages, size), _opening_details(pages, min(size * 0.8, small))
    high = text_height_mm(titles, words.width)
    total = high + GAP + text_height_mm(details, words.width)
    top = words.top + max(0, (words.height - total) / 2)
    title = TextShape(Frame(words.x, top, words.width, high), tuple(titles), role="title")
    below = Frame(words.x, title.frame.bottom + GAP, words.width, words.bottom - title.frame.bottom)
    body = [TextShape(below, tuple(details), role="body")] if details else []
    return [[PanelShape(dark, "deep", 0), PanelShape(ground, "soft", 0), picture, title, *body]]


def _opening_titles(pages: SlidePages, size: float) -> list[SlideLine]:
    """The title in each language; a name that is the same stands once."""
    titles = {plain_text(page.title): (place, page) for place, page in reversed(list(enumerate(pages)))}
    return [
        SlideLine(without_bold(page.title), page.language, size, bold=True, colour=COLOURS[place % 3])
        for place, page in sorted(titles.values(), key=lambda title: title[0])
    ]


def _opening_details(pages: SlidePages, size: float) -> list[SlideLine]:
    """What stands below the title: the first line of each language in bold."""
    common = _lines_same_in_all_languages(pages)
    lines = [
        SlideLine(
            spans,
            page.language,
            size,
            bold=number == 0,
            colour=COLOURS[place % 3],
            above=0 if number + place == 0 else 4 if number == 0 else 1,
        )
        for place, page in enumerate(pages)
        for number, spans in enumerate(page.paragraphs)
        if plain_text(spans) not in common
    ]
    shared = [spans for spans in pages[0].paragraphs if plain_text(spans) in common]
    return [*lines, *(SlideLine(spans, pages[0].language, size, colour="paper", above=3) for spans in shared)]


def _lines_same_in_all_languages(pages: SlidePages) -> set[str]:
    """What is the same in all of several languages, such as the name of a hall: it stands once."""
    if len(pages) == 1:
        return set()
    return set.intersection(*({plain_text(spans) for spans in page.paragraphs} for page in pages))
