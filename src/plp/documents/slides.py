"""A document as slides: which blocks go on which."""

from dataclasses import dataclass

from plp.documents.blocks import Block, Chart, Document, Flow, Heading, Span, Spans, as_steps, as_table


@dataclass(frozen=True)
class Slide:
    """One slide; ``first`` for the opening one, which is set larger."""

    title: Spans
    blocks: tuple[Block, ...]
    first: bool = False


def slides_of(document: Document) -> list[Slide]:
    """The slides of ``document``: each title of level 1 or 2 begins one; the document's own title is the fall-back."""
    slides: list[Slide] = []
    title: Spans = (Span(document.title),)
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            if slides or blocks or block is not document.blocks[0]:
                slides.append(Slide(title, tuple(blocks), first=not slides))
            title, blocks = block.spans, []
        else:
            blocks.append(_as_text_block(block))
    slides.append(Slide(title, tuple(blocks), first=not slides))
    return slides


def _as_text_block(block: Block) -> Block:
    """A slide has no room for a drawing: its words stand there instead."""
    if isinstance(block, Flow):
        return as_steps(block)
    return as_table(block) if isinstance(block, Chart) else block
