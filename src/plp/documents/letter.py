"""A text as a letter: whoever writes, to whom, place and day stand before its title, which is the subject.

The address stands in the window of a Belgian envelope of 110 x 220 mm (C5/6, DL) when the sheet is folded in three. The
post wants 15 mm free beside the address and 30 mm below the window; a folded sheet moves up to 11 mm in its envelope.
"""

from dataclasses import dataclass
from itertools import takewhile

from plp.documents.blocks import Block, Document, Heading, PageBreak, Paragraph, Span, Spans

WINDOWS = {"right": 110, "left": 22}  # side of the window: where the address begins, millimetres from the left edge
ADDRESS_TOP, ADDRESS_WIDTH, ADDRESS_HEIGHT = 46, 80, 25
BODY_TOP = 82  # below the window


@dataclass(frozen=True)
class LetterParts:
    """The parts of a letter: ``body`` is what is signed, ``annexes`` stand below or on pages of their own."""

    sender: Spans
    address: Spans
    day: Spans
    body: tuple[Block, ...]
    annexes: tuple[Block, ...]


def parts_of_letter(document: Document) -> LetterParts | None:
    """``document`` as a letter, or ``None`` when it does not begin with three paragraphs and a title."""
    head, title = document.blocks[:3], document.blocks[3:4]
    paragraphs = [block.spans for block in head if isinstance(block, Paragraph)]
    if len(paragraphs) < 3 or not title or not isinstance(title[0], Heading):
        return None
    sender, address, day = paragraphs
    body = tuple(takewhile(lambda block: not isinstance(block, PageBreak), document.blocks[3:]))
    return LetterParts(sender, address, day, body, document.blocks[4 + len(body) :])


def split_at_line_breaks(spans: Spans) -> list[Spans]:
    """``spans`` line by line, without those of which nothing is left."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        if span.mark == "break":
            lines.append([])
        else:
            lines[-1].append(span)
    return [tuple(line) for line in lines if line]
