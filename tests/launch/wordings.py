"""Reading the texts of the launch pack as documents: what stands where, in which order."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from plp.documents import Document, compose
from plp.documents.blocks import (
    Block,
    Heading,
    ListBlock,
    NoteBox,
    Paragraph,
    QrCode,
    Spans,
    SpeakerNotes,
    TableBlock,
    plain_text,
)
from plp.launch.documents.form_values import FORM_PLACES, NAMING_FORM_PLACES
from plp.launch.documents.ministry_values import MINISTRY_PLACES
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.place_names import GIVEN_PLACES
from plp.launch.documents.placeholder_values import CERTAIN_PLACES, STEP_DAYS


def source(entry: PackDocument, language: str) -> str:
    """Our text of ``entry``."""
    return entry.path(language).read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def composed(entry: PackDocument, language: str, kind: str = "plp") -> Document:
    """The document with each place filled by its own name."""
    places = (*CERTAIN_PLACES, *STEP_DAYS, *MINISTRY_PLACES, *FORM_PLACES, *NAMING_FORM_PLACES, *GIVEN_PLACES)
    filled = {name: name for name in places}
    return compose(source(entry, language), filled, language=language, title=entry.key, kind=kind)


def within(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, with those inside lists and boxes."""
    for block in blocks:
        yield block
        if isinstance(block, NoteBox | SpeakerNotes):
            yield from within(block.blocks)
        elif isinstance(block, ListBlock):
            yield from (inner for item in block.items for inner in within(item.blocks))


def lines(blocks: Sequence[Block]) -> Iterator[Spans]:
    """Every line of words: titles, paragraphs, entries of lists, cells."""
    for block in within(blocks):
        if isinstance(block, (Heading, Paragraph)):
            yield block.spans
        elif isinstance(block, TableBlock):
            yield from (cell for row in (block.head, *block.rows) for cell in row)


def words(document: Document) -> str:
    """Everything that the document says, a line a paragraph."""
    return "\n".join(plain_text(spans) for spans in lines(document.blocks))


def shape(document: Document) -> list[tuple[object, ...]]:
    """What kind of block follows what: the same in every language."""
    found: list[tuple[object, ...]] = []
    for block in within(document.blocks):
        sign: tuple[object, ...] = (type(block).__name__,)
        if isinstance(block, Heading):
            sign += (block.level,)
        elif isinstance(block, ListBlock):
            sign += (block.ordered, *(item.box for item in block.items))
        elif isinstance(block, TableBlock):
            sign += (len(block.head), len(block.rows))
        elif isinstance(block, QrCode):
            sign += (block.link,)
        elif isinstance(block, Paragraph):
            sign += (sum(span.mark == "answer" for span in block.spans),)
        found.append(sign)
    return found


def sections(document: Document) -> Iterator[tuple[str, list[Block]]]:
    """Each title with what stands below it, up to the next one."""
    title, below = "", list[Block]()
    for block in document.blocks:
        if isinstance(block, Heading):
            yield title, below
            title, below = plain_text(block.spans), []
        else:
            below.append(block)
    yield title, below


def longest_list(document: Document) -> int:
    """How many entries the longest numbered list has."""
    return max(
        (len(one.items) for one in within(document.blocks) if isinstance(one, ListBlock) and one.ordered), default=0
    )
