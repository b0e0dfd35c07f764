"""What each slide says: a document parted at its titles, and its sisters in other languages beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.utils.translation import override

from plp.documents.blocks import (
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
    QrCode,
    SignatureRoom,
    Span,
    Spans,
    SpeakerNotes,
    TableBlock,
    as_table_or_list,
)


@dataclass(frozen=True)
class SlidePage:
    """One slide in one language. ``kind`` is what it looks like: a key of ``layout.BUILDERS``."""

    language: str
    title: Spans
    blocks: tuple[Block, ...]
    kind: str
    notes: SpeakerNotes | None = None

    @property
    def lists(self) -> list[ListBlock]:
        """Its lists, in order."""
        return [block for block in self.blocks if isinstance(block, ListBlock)]

    @property
    def items(self) -> tuple[ListItem, ...]:
        """The entries of its first list."""
        return self.lists[0].items if self.lists else ()

    @property
    def paragraphs(self) -> list[Spans]:
        """Its running text, line by line, also from boxes that must be seen."""
        return [block.spans for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def callouts(self) -> list[Spans]:
        """What stands in its boxes."""
        boxes = [block for block in self.blocks if isinstance(block, NoteBox)]
        return [block.spans for box in boxes for block in box.blocks if isinstance(block, Paragraph)]

    @property
    def illustration(self) -> Illustration | None:
        """Its picture."""
        return next((block for block in self.blocks if isinstance(block, Illustration)), None)

    @property
    def layout_signature(self) -> tuple[str, tuple[int, ...]]:
        """What must be alike for two languages to stand on one slide."""
        tables = [block for block in self.blocks if isinstance(block, TableBlock)]
        counts = [*(len(block.items) for block in self.lists), *(len(table.rows) for table in tables)]
        return self.kind, () if self.kind in {"opening", "text"} else tuple(counts)


SlidePages = tuple[SlidePage, ...]  # the same slide, a language each


def slide_pages(documents: Sequence[Document]) -> list[SlidePages]:
    """The slides of one text in the languages of ``documents``: side by side where they say the same things.

    Each title of level 1 or 2 begins a slide; the document's own title is the fall-back. Where two languages differ in
    what they say on a slide, it comes once in each.
    """
    groups: list[SlidePages] = []
    for pages in zip_longest(*(_slide_pages_of_document(document) for document in documents)):
        present = tuple(page for page in pages if page is not None)
        if len({page.layout_signature for page in present}) == 1:
            groups.append(present)
        else:
            groups += [(page,) for page in present]
    return groups


def _slide_pages_of_document(document: Document) -> Iterator[SlidePage]:
    title: Spans = (Span(document.title),)
    blocks: list[Block] = []
    is_first = True
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            if not is_first or blocks or block is not document.blocks[0]:
                yield from _pages_under_title(title, blocks, document.language, is_first=is_first)
                is_first = False
            title, blocks = block.spans, []
        else:
            blocks.append(block)
    yield from _pages_under_title(title, blocks, document.language, is_first=is_first)


def _pages_under_title(title: Spans, blocks: Sequence[Block], language: str, *, is_first: bool) -> Iterator[SlidePage]:
    """The slides of what stands under one title: one, unless several tables do."""
    with override(language):
        shown = [
            as_table_or_list(block) if isinstance(block, Chart | Flow | SignatureRoom) else block
            for block in blocks
            if not isinstance(block, SpeakerNotes | PageBreak)
        ]
    notes = next((block for block in blocks if isinstance(block, SpeakerNotes)), None)
    parts = _split_at_tables(shown)
    for place, part in enumerate(parts):
        kind = "opening" if is_first and place == 0 and _is_opening(part) else _layout_kind(part)
        yield SlidePage(language, title, tuple(part), kind, notes if place == 0 else None)


def _split_at_tables(blocks: Sequence[Block]) -> list[list[Block]]:
    """``blocks`` with at most one table in each part."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, TableBlock) and any(isinstance(earlier, TableBlock) for earlier in parts[-1]):
            parts.append([])
        parts[-1].append(block)
    return parts


def _is_opening(blocks: Sequence[Block]) -> bool:
    return all(isinstance(block, Paragraph | Illustration) for block in blocks) and len(blocks) <= 5


def _layout_kind(blocks: Sequence[Block]) -> str:
    """What a slide with these blocks looks like."""
    kinds = {type(block) for block in blocks}
    lists = [block for block in blocks if isinstance(block, ListBlock)]
    if TableBlock in kinds:
        return "table" if kinds <= {TableBlock, Paragraph, NoteBox, Illustration} else "text"
    if QrCode in kinds:
        return "code" if len(lists) <= 1 and Heading not in kinds else "text"
    if sum(isinstance(block, Heading) for block in blocks) == len(lists) == 2 and len(blocks) == 4:
        return "columns"
    if len(lists) == 1 and Heading not in kinds and lists[0].items:
        return _layout_kind_of_list(lists[0])
    if kinds <= {Paragraph, Illustration} and 0 < sum(isinstance(block, Paragraph) for block in blocks) <= 3:
        return "statement"
    return "text"


def _layout_kind_of_list(listing: ListBlock) -> str:
    flat = all(isinstance(block, Paragraph) for item in listing.items for block in item.blocks)
    pictured = all(item.illustration for item in listing.items)
    if not flat or len(listing.items) > 8 or any(len(item.blocks) == 0 for item in listing.items):
        return "text"
    if pictured:
        return "steps" if listing.ordered and len(listing.items) >= 3 else "cards"
    return "numbers" if listing.ordered else "text"


def without_bold(spans: Spans) -> Spans:
    """``spans`` without bold: for what is set in bold as a whole."""
    return tuple(replace(span, bold=False) for span in spans)
