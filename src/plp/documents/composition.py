"""From one Markdown text and the values of its places to a ``Document``.

Only the text is read as Markdown. The values are put in afterwards, letter for letter, so what somebody wrote in a
form never acts as markup (T25, T47).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from functools import lru_cache
from itertools import takewhile
from urllib.parse import unquote

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from plp.documents.blocks import (
    KINDS,
    AnswerLine,
    Bars,
    Blank,
    Block,
    Chart,
    Document,
    Flow,
    FlowStation,
    Grid,
    Heading,
    Illustration,
    Lines,
    ListBlock,
    ListItem,
    Missing,
    NoteBox,
    PageBreak,
    Paragraph,
    PictureBlock,
    PictureCard,
    PictureCards,
    QrCode,
    Quotes,
    SignatureRoom,
    Signer,
    Signers,
    Span,
    Spans,
    SpeakerNotes,
    TableBlock,
    Value,
    plain_text,
    without_control_characters,
)
from plp.documents.foreign_text import ForeignText
from plp.documents.refusals import UnknownPlace, WrongVariant
from plp.toolbox.words import colon, join_with_semicolons

PLACE = re.compile(r"\{([a-z_]+)\??\}")
OPTIONAL = re.compile(r"\{([a-z_]+)\?\}")  # what it stands in is left out while nobody has said it
LINK = re.compile(r"https?://\S{1,300}")  # what a QR code may lead to
ANSWER = re.compile(r"_{4,}")
BOX = re.compile(r"\[([ xX])\] ")
FENCE = re.compile(r":::\s*(?:only\s+([a-z_ ]+?))?\s*")
NOTES = re.compile(r":::\s*notes(?:\s+([0-9]{1,2}))?\s*")  # what to say to a slide, in so many minutes
END = ":::"
ILLUSTRATION = "illustration:"  # before the name of one, in a picture's brackets
MARKDOWN = MarkdownIt("zero").enable(
    ["heading", "list", "hr", "blockquote", "table", "newline", "emphasis", "image", "escape", "balance_pairs"]
)


def compose(
    source: str,
    places: Mapping[str, Value],
    *,
    language: str,
    title: str,
    kind: str = "plp",
    pictures: Mapping[str, PictureBlock] | None = None,
    drawings: Mapping[str, str] | None = None,
) -> Document:
    """The document that ``source`` (our Markdown subset, see the README) makes with ``places``, for one ``kind``.

    ``title`` is set in the file for screen readers; ``pictures`` are those that the text may show, by address, and
    ``drawings`` (SVG) those that a slide may show beside our illustrations, by name.
    Raises ``UnknownPlace`` for a place without value, ``WrongVariant`` for a broken ``:::`` part, ``ValueError`` for a
    value that is blank: what is not known is ``Missing``, never "".
    """
    with override(language):
        filler = _PlaceholderFiller(places, pictures or {}, drawings or {})
        tree = SyntaxTreeNode(_parse_markdown(select_variant(without_control_characters(source), kind)))
        filler.top = min((int(node.tag[1]) for node in tree.children if node.type == "heading"), default=1)
        blocks = tuple(filler.blocks_of_nodes(tree.children))
    return Document(
        without_control_characters(title).replace("\n", " "),
        language,
        kind,
        blocks,
        tuple(dict.fromkeys(filler.missing)),
    )


def placeholder_names(source: str) -> set[str]:
    """The names of the places that ``source`` may use, in any variant."""
    return set(PLACE.findall(source))


def required_placeholders(source: str) -> set[str]:
    """Those of ``placeholder_names`` that somebody must give: without ``{name?}``, left out with its line."""
    return set(PLACE.findall(OPTIONAL.sub("", source)))


def select_variant(source: str, kind: str) -> str:
    """``source`` with only the ``:::`` parts that are for ``kind``; notes stay. Raises ``WrongVariant``."""
    lines, is_wanted, inside, in_notes = [], True, False, False
    for number, line in enumerate(source.splitlines(), start=1):
        if NOTES.fullmatch(line) or (in_notes and not inside and line.strip() == END):
            if inside or in_notes == bool(NOTES.fullmatch(line)):
                raise WrongVariant(line=number)
            in_notes = not in_notes
            lines += ["", line, ""]
            continue
        fence = FENCE.fullmatch(line)
        if fence is None:
            lines += [line] if is_wanted else []
            continue
        kinds = (fence[1] or "").split()
        if bool(kinds) == inside or not set(kinds) <= set(KINDS):
            raise WrongVariant(line=number)
        inside = bool(kinds)
        is_wanted = not inside or kind in kinds
    if inside or in_notes:
        raise WrongVariant(line=len(source.splitlines()))
    return "\n".join(lines)


@lru_cache(maxsize=256)
def _parse_markdown(source: str) -> list[Token]:
    return MARKDOWN.parse(source)


class _PlaceholderFiller:
    """Walks the parsed text and fills its places; ``missing`` gathers what is not known."""

    def __init__(
        self, places: Mapping[str, Value], pictures: Mapping[str, PictureBlock], drawings: Mapping[str, str]
    ) -> None:
        self.places, self.pictures, self.drawings = places, pictures, drawings
        self.missing: list[str] = []
        self.top = 1  # the highest level that the text has: whichever it is, it counts as the first
        self.level = 0  # of the last title

    def blocks_of_nodes(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        """The blocks of ``nodes``, in order."""
        remaining = iter(nodes)
        for node in remaining:
            if node.type == "paragraph" and self.lacks_optional_value(node):
                continue
            if node.type == "heading":
                yield from self.heading_block(node)
            elif fence := _match_of_notes_start(node):
                spoken = takewhile(lambda inner: not _is_end_of_notes(inner), remaining)
                yield SpeakerNotes(tuple(self.blocks_of_nodes(spoken)), int(fence[1] or 0))
            elif node.type == "paragraph":
                yield from self.paragraph_or_placeholder_blocks(node)
            elif node.type in {"bullet_list", "ordered_list"}:
                items = tuple(self.list_item(child) for child in node.children if not self.lacks_optional_value(child))
                yield ListBlock(items, node.type == "ordered_list")
            elif node.type == "table":
                yield self.table_block(node)
            elif node.type == "blockquote":
                yield NoteBox(tuple(self.blocks_of_nodes(node.children)))
            elif node.type == "hr":
                yield AnswerLine() if node.markup.startswith("_") else PageBreak()

    def heading_block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A title; the first is of level 1 and none skips a level, as PDF/UA asks. An empty one is left out."""
        spans = self.filled_spans(node)
        if spans:
            self.level = max(min(int(node.tag[1]) - self.top + 1, 3, self.level + 1), 1)
            yield Heading(self.level, spans)

    def paragraph_or_placeholder_blocks(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A paragraph, or what a place or picture that stands alone in one becomes."""
        inline = node.children[0]
        children = [
            child for child in inline.children if child.type not in {"softbreak", "text"} or child.content.strip()
        ]
        if children and all(child.type == "image" for child in children):
            yield from (
                self.picture_or_qr_code_block(_picture_address(image), without_control_characters(image.content))
                for image in children
            )
            return
        alone = PLACE.fullmatch(inline.content.strip())
        value = self.value_noting_missing(alone[1]) if alone else None
        if isinstance(value, Lines):
            yield ListBlock(tuple(_list_items(value)))
        elif isinstance(value, Blank):
            yield from (AnswerLine() for _line in range(value.lines))
        elif isinstance(value, Grid):
            yield TableBlock(
                tuple(_plain_text_spans(cell) for cell in value.head),
                tuple(tuple(map(_plain_text_spans, row)) for row in value.rows),
            )
        elif isinstance(value, Bars):
            bars = tuple((without_control_characters(label), number) for label, number in value.rows)
            yield Chart(without_control_characters(value.title), bars, value.over_time)
        elif isinstance(value, Signers):
            yield SignatureRoom(
                tuple(Signer(*map(without_control_characters, astuple(signer))) for signer in value.rows)
            )
        elif isinstance(value, PictureCards):
            yield ListBlock(tuple(map(_card_as_list_item, value.cards)))
        elif isinstance(value, Flow):
            yield Flow(without_control_characters(value.title), tuple(map(_station_without_controls, value.stations)))
        else:
            yield Paragraph(self.filled_spans(node))

    def picture_or_qr_code_block(self, source: str, words: str) -> Block:
        """A known picture, the QR code to an address, or else the words between the brackets."""
        if source in self.pictures:
            return replace(self.pictures[source], words=words)
        if source.startswith(ILLUSTRATION):
            name = source.removeprefix(ILLUSTRATION)
            return Illustration(name, words, self.drawings.get(name, ""))
        link = self.fill_link_placeholders(source)
        return QrCode(link) if LINK.fullmatch(link) else Paragraph((Span(link),))

    def list_item(self, node: SyntaxTreeNode) -> ListItem:
        """An entry of a list; ``[ ]`` at its beginning is a check box, a picture there stands beside it on a slide."""
        illustration = _pop_illustration_name(node)
        blocks = tuple(self.blocks_of_nodes(node.children))
        first = blocks[0] if blocks else None
        if illustration:
            return ListItem(blocks, illustration=illustration)
        if not isinstance(first, Paragraph) or not first.spans or first.spans[0].mark:
            return ListItem(blocks)
        box = BOX.match(first.spans[0].text)
        if box is None:
            return ListItem(blocks)
        words = replace(first.spans[0], text=first.spans[0].text[box.end() :])
        return ListItem((Paragraph((words, *first.spans[1:])), *blocks[1:]), box=box[1] != " ")

    def table_block(self, node: SyntaxTreeNode) -> TableBlock:
        """A table: the first row is its head."""
        rows = [
            tuple(self.filled_spans(cell) for cell in row.children)
            for part in node.children
            for row in part.children
            if not self.lacks_optional_value(row)
        ]
        return TableBlock(rows[0], tuple(rows[1:]))

    def filled_spans(self, node: SyntaxTreeNode) -> Spans:
        """The line inside ``node``, its places filled."""
        return tuple(span for inline in node.children for span in self.spans_of_inline_nodes(inline.children, Span()))

    def spans_of_inline_nodes(self, nodes: Iterable[SyntaxTreeNode], style: Span) -> Iterator[Span]:
        """The spans of ``nodes`` in ``style``."""
        for node in nodes:
            if node.type == "text":
                yield from self.fill_placeholders(node.content, style)
            elif node.type == "strong":
                yield from self.spans_of_inline_nodes(node.children, replace(style, bold=True))
            elif node.type == "em":
                yield from self.spans_of_inline_nodes(node.children, replace(style, italic=True))
            elif node.type == "hardbreak":
                yield Span(mark="break")
            elif node.type == "softbreak":
                yield replace(style, text=" ")
            elif node.type == "image":  # within a line: its words, and where it leads
                source = _picture_address(node)
                yield from self.fill_placeholders(
                    f"{node.content} ({source})".lstrip() if source else node.content, style
                )

    def fill_placeholders(self, words: str, style: Span) -> Iterator[Span]:
        """``words`` with each place filled; underscores become an answer line."""
        for index, part in enumerate(PLACE.split(words)):
            if index % 2 == 0:
                yield from _spans_with_answer_lines(part, style)
                continue
            value = self.value_noting_missing(part)
            if isinstance(value, Blank):
                yield Span(mark="answer")
            elif isinstance(value, Missing):
                yield replace(
                    style, text=without_control_characters(_("[still missing: %s]") % value.words), mark="missing"
                )
            else:
                yield from _plain_text_spans(_inline_text(value), style)

    def lacks_optional_value(self, node: SyntaxTreeNode) -> bool:
        """Whether a paragraph, entry or row asks for an optional place, ``{name?}``, that nobody has given yet."""
        words = " ".join(inline.content for inline in node.walk() if inline.type == "inline")
        return any(isinstance(self.places.get(name), Missing) for name in OPTIONAL.findall(words))

    def value_noting_missing(self, name: str) -> Value:
        """The value of a place. Raises ``UnknownPlace`` and ``ValueError``."""
        if name not in self.places:
            raise UnknownPlace(place=name)
        value = self.places[name]
        if isinstance(value, Missing):
            self.missing.append(str(value.words))
        elif not isinstance(value, Grid) and not _inline_text(value).strip():
            raise ValueError(f"blank value for {{{name}}}")
        return value

    def fill_link_placeholders(self, source: str) -> str:
        """The address in a picture's brackets."""
        return plain_text(tuple(self.fill_placeholders(source, Span())))


def _match_of_notes_start(node: SyntaxTreeNode) -> re.Match[str] | None:
    """The match of a line that begins what to say to a slide."""
    return NOTES.fullmatch(node.children[0].content.strip()) if node.type == "paragraph" else None


def _is_end_of_notes(node: SyntaxTreeNode) -> bool:
    return node.type == "paragraph" and node.children[0].content.strip() == END


def _pop_illustration_name(item: SyntaxTreeNode) -> str:
    """The name of the illustration at the beginning of an entry, which is taken out of its line; "" without one."""
    if not item.children or item.children[0].type != "paragraph":
        return ""
    line = item.children[0].children[0]
    if not line.children or line.children[0].type != "image":
        return ""
    address = _picture_address(line.children[0])
    if not address.startswith(ILLUSTRATION):
        return ""
    line.children = line.children[1:]
    return address.removeprefix(ILLUSTRATION)


def _card_as_list_item(card: PictureCard) -> ListItem:
    """A card as an entry of a list: its head in bold, what is to know of it as a paragraph of its own."""
    head = tuple(replace(span, bold=not span.mark) for span in _plain_text_spans(card.head))
    details = (Paragraph(_plain_text_spans(card.detail)),) if card.detail.strip() else ()
    return ListItem((Paragraph(head), *details), illustration=card.illustration)


def _picture_address(image: SyntaxTreeNode) -> str:
    """What stands in a picture's brackets."""
    return unquote(str(image.attrs["src"]))


def _station_without_controls(station: FlowStation) -> FlowStation:
    return FlowStation(
        without_control_characters(station.head),
        without_control_characters(station.who),
        tuple(map(without_control_characters, station.notes)),
    )


def _list_items(lines: Lines) -> Iterator[ListItem]:
    """An entry a line; one with a box, or a quote, may leave room to write."""
    for index, line in enumerate(lines.items):
        if lines.ticks or isinstance(lines, Quotes):
            box = lines.ticks[index] if lines.ticks else None
            yield ListItem((Paragraph(tuple(_spans_with_answer_lines(line, Span()))),), box=box)
        else:
            yield ListItem((Paragraph(_plain_text_spans(line)),))


def _inline_text(value: str | Blank | Lines | Grid | Bars | Flow | Signers | PictureCards) -> str:
    """A value within a sentence, in the active language."""
    if isinstance(value, Blank):
        return "____"
    language = get_language()
    mark = colon(language)
    if isinstance(value, Lines | PictureCards):
        return ", ".join(value.items)
    if isinstance(value, Grid):
        return join_with_semicolons((" – ".join(cell for cell in row if cell) for row in value.rows), language)
    if isinstance(value, str):
        return value
    return join_with_semicolons((f"{head}{mark} {words}" for head, words in _labels_and_values(value)), language)


def _labels_and_values(value: Bars | Flow | Signers) -> Sequence[tuple[str, str | int]]:
    """What such a value says, as a head and a word or a number."""
    if isinstance(value, Signers):
        return [(signer.office, signer.name) for signer in value.rows]
    return value.rows if isinstance(value, Bars) else [(station.head, station.who) for station in value.stations]


def _plain_text_spans(words: str, style: Span | None = None) -> Spans:
    """What somebody wrote: line ends stay line ends, and nothing else means anything."""
    style = style or Span()
    if isinstance(words, ForeignText):
        return (
            *_plain_text_spans(words.words, replace(style, language=words.language)),
            replace(style, text=words.note),
        )
    spans: list[Span] = []
    for line in words.strip().splitlines():
        spans += [Span(mark="break")] if spans else []
        spans += [replace(style, text=without_control_characters(line))] if line.strip() else []
    return tuple(spans)


def _spans_with_answer_lines(words: str, style: Span) -> Iterator[Span]:
    for index, part in enumerate(ANSWER.split(words)):
        if index:
            yield Span(mark="answer")
        if part:
            yield replace(style, text=part)
