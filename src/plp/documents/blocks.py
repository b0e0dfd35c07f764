"""What a document is made of: plain values, the same for page, paper, word processor and slides."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plp.documents.glyphs import NOT_TEXT
from plp.toolbox.words import colon

KINDS = ("plp", "plp_i", "sectoral")


@dataclass(frozen=True)
class Missing:
    """A value that nobody has given yet: ``words`` name it, as in "the date of the evening" (translatable)."""

    words: Any


@dataclass(frozen=True)
class Lines:
    """A value of several lines: a list where its place stands alone, parted by commas within a sentence.

    ``ticks``: whether the box before each line is ticked; empty for bullets. Underscores after a box are room to write.
    """

    items: Sequence[str]
    ticks: Sequence[bool] = ()


@dataclass(frozen=True)
class Blank:
    """A value that is written by hand: a line to the end of the row, or ``lines`` where its place stands alone."""

    lines: int = 2


@dataclass(frozen=True)
class Quotes(Lines):
    """A value of who is quoted, a line each with ``____`` for the words: no fact, they are left to whoever speaks."""


@dataclass(frozen=True)
class Grid:
    """A value of rows: a table where its place stands alone. Each row has as many cells as ``head``."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Bars:
    """A value of counts worth seeing: a chart where its place stands alone, ``over_time`` a line instead of bars."""

    title: str
    rows: Sequence[tuple[str, int]]
    over_time: bool = False


@dataclass(frozen=True)
class FlowStation:
    """Somebody in a chain: what they do (``head``), who they are, and what is to know of it, a line each."""

    head: str
    who: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flow:
    """A chain of hands worth seeing: a diagram where its place stands alone."""

    title: str
    stations: tuple[FlowStation, ...]


@dataclass(frozen=True)
class Signer:
    """Somebody who signs: the office and, where they are known, the name, the day and how it was signed."""

    office: str
    name: str = ""
    day: str = ""
    way: str = ""


@dataclass(frozen=True)
class Signers:
    """A value of those who sign: a box each where its place stands alone."""

    rows: Sequence[Signer]


@dataclass(frozen=True)
class PictureCard:
    """Something worth a picture: the name of an illustration, a word or two, and what is to know of it."""

    illustration: str
    head: str
    detail: str = ""


@dataclass(frozen=True)
class PictureCards:
    """A value of things side by side: pictures with words on slides, a list elsewhere."""

    cards: Sequence[PictureCard]

    @property
    def items(self) -> list[str]:
        """Their heads, to read in a row."""
        return [card.head for card in self.cards]


Value = str | Missing | Blank | Lines | Grid | Bars | Flow | Signers | PictureCards


@dataclass(frozen=True)
class Span:
    """A piece of a line: text, or a mark. ``mark`` is "" for text, "missing", "answer" or "break".

    ``language`` is that of the text where it is not the document's.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    mark: str = ""
    language: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A title of level 1, 2 or 3."""

    level: int
    spans: Spans


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    spans: Spans


@dataclass(frozen=True)
class ListItem:
    """An entry of a list. ``box`` is a check box, ticked or not; ``None`` for a bullet or a number.

    ``illustration`` is the name of the picture that stands beside it on a slide.
    """

    blocks: "tuple[Block, ...]"
    box: bool | None = None
    illustration: str = ""


@dataclass(frozen=True)
class ListBlock:
    """A list, numbered when ``ordered``."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table with a head; an empty cell is room to write by hand."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True)
class NoteBox:
    """A box that must be seen."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class AnswerLine:
    """A line across the page to write on by hand."""


@dataclass(frozen=True)
class SignatureRoom:
    """Room to sign: a box an office, with what is known."""

    rows: tuple[Signer, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page; up to the next one it may be in another ``language`` than its document, with
    words of its own at the foot of each page.
    """

    language: str = ""
    footer: str = ""


@dataclass(frozen=True)
class QrCode:
    """A QR code to ``link``, with the address in words for those who read or type."""

    link: str


@dataclass(frozen=True)
class Chart:
    """A chart: labels with their counts, as bars, or ``over_time`` as a line."""

    title: str
    rows: tuple[tuple[str, int], ...]
    over_time: bool = False


@dataclass(frozen=True)
class PictureBlock:
    """A picture of ``size`` in points of a screen; a page finds it at ``url``, ``words`` say what it shows.

    PNG, or WebP where no Word file is made of it.
    """

    url: str
    content: bytes
    size: tuple[int, int]
    words: str = ""


@dataclass(frozen=True)
class Illustration:
    """One of our own pictures, by name, or one that was given (SVG); ``words`` say what it shows."""

    name: str
    words: str = ""
    svg: str = ""

    @property
    def height_mm(self) -> int:
        """How high it stands in running text, in millimetres: one named ``page_...`` has a page to itself."""
        return 170 if self.name.startswith("page_") else 62


@dataclass(frozen=True)
class SpeakerNotes:
    """What whoever speaks says to a slide, in so many ``minutes``; 0 where nobody said how many."""

    blocks: "tuple[Block, ...]"
    minutes: int = 0


Block = (
    Heading
    | Paragraph
    | ListBlock
    | TableBlock
    | NoteBox
    | AnswerLine
    | PageBreak
    | QrCode
    | Chart
    | PictureBlock
    | Flow
    | SignatureRoom
    | Illustration
    | SpeakerNotes
)


@dataclass(frozen=True)
class Document:
    """A text with its places filled. ``missing`` names, once each and in its language, what was not known."""

    title: str
    language: str
    kind: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...] = ()


def chart_as_table(chart: Chart) -> TableBlock:
    """The counts of ``chart`` to read: on pages and slides."""
    rows = tuple(((Span(label),), (Span(str(number)),)) for label, number in chart.rows)
    return TableBlock(((Span(chart.title),), (Span(_("Count")),)), rows)


def flow_as_numbered_list(flow: Flow) -> ListBlock:
    """The hands of ``flow`` to read, one after the other: on pages, slides and in the word processor."""
    mark = colon(get_language())
    sentences = (f"{station.head}{mark} {station.who}. {' '.join(station.notes)}".strip() for station in flow.stations)
    return ListBlock(tuple(ListItem((Paragraph((Span(words),)),)) for words in sentences), ordered=True)


def signatures_as_table(room: SignatureRoom) -> TableBlock:
    """The same as a table: on pages and in the word processor."""
    head = [_("Role or title"), _("Name"), _("Date"), _("Signature")]
    cells = ((signer.office, signer.name, signer.day, signer.way) for signer in room.rows)
    rows = tuple(tuple((Span(words),) if words else () for words in row) for row in cells)
    return TableBlock(tuple((Span(words),) for words in head), rows)


def as_table_or_list(picture: "Chart | Flow | SignatureRoom") -> TableBlock | ListBlock:
    """A chart, a diagram or the room for signatures to read."""
    if isinstance(picture, Flow):
        return flow_as_numbered_list(picture)
    return chart_as_table(picture) if isinstance(picture, Chart) else signatures_as_table(picture)


def speaker_notes_title(minutes: int) -> str:
    """What stands above the words for the speaker."""
    if not minutes:
        return _("What to say")
    return ngettext("What to say (%d minute)", "What to say (%d minutes)", minutes) % minutes


def plain_text(spans: Spans) -> str:
    """The words of ``spans`` alone."""
    return "".join(" " if span.mark == "break" else span.text for span in spans)


NARROW, WIDE, BY_HAND, ADDRESS, SHEET, RULES, BESIDE_HEAD = 6, 34, 14, 44, 86, 3, 2  # letters
# A telephone number, a day and a sum are one.
WORD = re.compile(r"[+0]\d[\d /.]{6,}\d|\d{1,2}(?:er|\.)? [^\W\d]+ \d{4}|\d[\d.,]* [Ee]uros?|\S+")


def column_width_shares(table: TableBlock) -> list[int]:
    """The share of each column: its longest line within bounds, never less than a word or the room to write in.

    On a full sheet columns of several words give way to an address; an address that is too long is parted alone.
    """
    columns = [[_longest_line(cell) for cell in column] for column in zip(table.head, *table.rows, strict=True)]
    widths, least = (
        [_column_width_in_characters(column) for column in columns],
        [_least_width_in_characters(column) for column in columns],
    )
    if sum(widths) <= SHEET:
        return _with_spare_room_for_words_beside_boxes(columns, widths)
    spare = sum(widths) - sum(least)
    share = min(1.0, (sum(widths) - SHEET) / spare) if spare else 0
    widths = [round(wide - (wide - narrow) * share) for wide, narrow in zip(widths, least, strict=True)]
    widest = widths.index(max(widths))
    widths[widest] = max(widths[widest] // 2, widths[widest] - max(0, sum(widths) - SHEET))
    return widths


def _with_spare_room_for_words_beside_boxes(columns: list[list[str]], widths: list[int]) -> list[int]:
    """``widths``; beside columns of boxes the widest takes the room that is left, as far as its words need it."""
    if not any(map(_is_of_boxes, columns)):
        return widths
    widest = widths.index(max(widths))
    room, needed = widths[widest] + SHEET - sum(widths), max(map(len, columns[widest]))
    return [max(wide, min(room, needed)) if place == widest else wide for place, wide in enumerate(widths)]


def _is_of_boxes(column: list[str]) -> bool:
    """Whether a column holds nothing but boxes to tick."""
    return len(column) > 1 and all(cell in {"☐", "☒"} for cell in column[1:])


def _longest_line(spans: Spans) -> str:
    """The longest line of a cell."""
    lines = "".join("\n" if span.mark == "break" else span.text for span in spans).split("\n")
    return max(lines, key=len)


def _column_width_in_characters(column: list[str]) -> int:
    longest = max(len(cell) for cell in column)
    if _is_of_boxes(column):
        return _least_width_in_characters(column) + BESIDE_HEAD
    return max(min(longest, WIDE), min(_longest_word_length(column) + 6, WIDE), _least_width_in_characters(column))


def _least_width_in_characters(column: list[str]) -> int:
    room = BY_HAND if any(not cell for cell in column[1:]) else NARROW
    return max(min(_longest_word_length(column), ADDRESS) + RULES, room)


def _longest_word_length(column: list[str]) -> int:
    return max((len(word) for cell in column for word in WORD.findall(cell)), default=0)


def without_control_characters(words: str) -> str:
    """``words`` without controls, direction overrides and halves of letters: XML cannot hold them. Lines stay."""
    return "".join(letter for letter in words if letter == "\n" or unicodedata.category(letter) not in NOT_TEXT)
