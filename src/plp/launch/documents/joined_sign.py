"""A sign in several languages: its title in each, then the words of each below the other."""

from dataclasses import replace
from itertools import chain

from plp.documents import Document
from plp.documents.blocks import Block, Heading, Paragraph, Span, Spans

BETWEEN = Span("\u00a0·\u00a0")  # "PLP · BIN" stays on one line


def join_sign_documents(document: Document, *sisters: Document) -> Document:
    """``document`` with the words of its ``sisters``; what is theirs bears their language."""
    if not sisters:
        return document
    titles: dict[str, Spans] = {}
    words: list[Block] = []
    for sister in (document, *sisters):
        language = "" if sister is document else sister.language
        for block in sister.blocks:
            if isinstance(block, Heading):
                spans = _spans_marked_with_language(block.spans, language)
                titles.setdefault("".join(span.text for span in spans), spans)
            elif isinstance(block, Paragraph):
                words.append(Paragraph(_spans_marked_with_language(block.spans, language)))
            else:
                words.append(block)
    first, *others = titles.values()
    title = (*first, *chain.from_iterable((BETWEEN, *spans) for spans in others))
    return replace(document, blocks=(Heading(1, title), *words))


def _spans_marked_with_language(spans: Spans, language: str) -> Spans:
    return tuple(replace(span, language=span.language or language) for span in spans)
