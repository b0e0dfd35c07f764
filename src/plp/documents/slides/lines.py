"""Blocks as lines of a slide, in one language or in several."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from plp.documents.blocks import (
    AnswerLine,
    Block,
    Heading,
    ListBlock,
    ListItem,
    NoteBox,
    Paragraph,
    QrCode,
    Span,
    Spans,
    TableBlock,
    plain_text,
)
from plp.documents.slides.content import SlidePages
from plp.documents.slides.metrics import IN_THE_ROOM, LARGEST, SMALLEST, do_lines_fit, longest_line_width_mm
from plp.documents.slides.shapes import Frame, SlideLine

LANGUAGE_COLOURS = ("ink", "deep", "ink")  # of the languages that stand together on a slide
PARTED = " · "  # between the languages on one line
BULLET, INDENT = "•", "\N{EN QUAD}"


def language_colour(language_index: int) -> str:
    """The colour of the language at ``place``: two that stand together are told apart, and weigh the same."""
    return LANGUAGE_COLOURS[language_index % len(LANGUAGE_COLOURS)]


def slide_lines_of_blocks(
    blocks: Iterable[Block], language: str, size: float, colour: str = "ink", air: float = 0.16
) -> list[SlideLine]:
    """The words of ``blocks``, line by line, with their signs; ``air`` between them as a share of ``size``, in mm."""
    lines = [
        SlideLine(spans, language, size, colour=colour, sign=sign, bold=bold, above=size * air)
        for spans, sign, bold in _spans_with_sign_and_bold(blocks)
    ]
    return [replace(lines[0], above=0), *lines[1:]] if lines else []


def _spans_with_sign_and_bold(blocks: Iterable[Block]) -> Iterator[tuple[Spans, str, bool]]:
    for block in blocks:
        match block:
            case Heading(_level, spans):
                yield spans, "", True
            case Paragraph(spans):
                yield spans, "", False
            case ListBlock(items, ordered):
                for number, item in enumerate(items, start=1):
                    yield from _item_spans_with_sign_and_bold(item, f"{number}." if ordered else BULLET)
            case NoteBox(inner):
                yield from _spans_with_sign_and_bold(inner)
            case AnswerLine():
                yield (Span(mark="answer"),), "", False
            case QrCode(link):
                yield (Span(link),), "", False
            case TableBlock(head, rows):
                yield from ((_join_cells(row), "", False) for row in (head, *rows))
            case _:
                pass


def _item_spans_with_sign_and_bold(item: ListItem, sign: str) -> Iterator[tuple[Spans, str, bool]]:
    """The first line of an entry with its sign, what follows further in."""
    box = "" if item.box is None else ("☒" if item.box else "☐")
    inner = list(_spans_with_sign_and_bold(item.blocks)) or [((), "", False)]
    yield inner[0][0], box or sign, inner[0][2]
    yield from ((spans, inner_sign or INDENT, bold) for spans, inner_sign, bold in inner[1:])


def _join_cells(cells: Sequence[Spans]) -> Spans:
    """A row of a table as one line."""
    return tuple(span for place, cell in enumerate(cells) for span in ((Span(" – "),) if place else ()) + cell)


def card_lines(
    items: Sequence[ListItem], pages: SlidePages, size: float, *, with_details: bool = True
) -> tuple[SlideLine, ...]:
    """The words of one card: its head in bold in each language, what is the same once; then what is to know of it."""
    lines: list[SlideLine] = []
    heads: set[str] = set()
    for place, (item, page) in enumerate(zip(items, pages, strict=True)):
        head, details = head_and_details(item)
        above = 1 if lines and with_details and details else 0
        if plain_text(head) not in heads:
            lines.append(SlideLine(head, page.language, size, bold=True, colour=language_colour(place), above=above))
        heads.add(plain_text(head))
        if with_details:
            small = min(size, IN_THE_ROOM)
            lines += [
                SlideLine(detail, page.language, small, colour=language_colour(place), above=0.5) for detail in details
            ]
    return tuple(lines)


def head_and_details(item: ListItem) -> tuple[Spans, list[Spans]]:
    """The bold words at the beginning of an entry, else its whole first line; then the others."""
    first, *others = [block.spans for block in item.blocks if isinstance(block, Paragraph)]
    head = tuple(span for span in first if span.bold)
    detail = tuple(span for span in first if not span.bold)
    if not head:
        return first, others
    while detail and not detail[0].text.strip():
        detail = detail[1:]
    if not detail:
        return head, others
    return head, [(replace(detail[0], text=detail[0].text.lstrip()), *detail[1:]), *others]


def line_at_largest_size(line: SlideLine, frame: Frame, *, most: int) -> SlideLine:
    """``line`` at the largest size from ``most`` down at which it fits ``frame``."""
    return replace(line, size=largest_font_size(lambda size: [replace(line, size=size)], frame, most=most))


def joined_on_one_line_if_fits(lines: Sequence[SlideLine], width: float) -> tuple[SlideLine, ...]:
    """``lines`` on one line, with a dot between them, where they have room on it."""
    if len(lines) < 2:
        return tuple(lines)
    spans = tuple(span for place, line in enumerate(lines) for span in ((Span(PARTED),) if place else ()) + line.spans)
    joined = replace(lines[0], spans=spans)
    return (joined,) if longest_line_width_mm([joined]) <= width else tuple(lines)


def largest_font_size(lines_at: Callable[[float], Sequence[SlideLine]], frame: Frame, *, most: int = LARGEST) -> float:
    """The largest size from ``most`` down at which the lines fit ``frame``; the smallest of all if none does."""
    sizes = range(most, SMALLEST - 1, -1)
    return next((size for size in sizes if do_lines_fit(lines_at(size), frame.width, frame.height)), SMALLEST)
