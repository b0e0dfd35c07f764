"""Two versions of a text side by side: which words went, which came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class TextPiece:
    """A run of words. ``kind``: "same", "gone" or "new"."""

    kind: str
    words: str


def text_differences(old: str, new: str) -> list[TextPiece]:
    """The way from ``old`` to ``new``, word by word; the pieces that are not new make up ``old`` and vice versa."""
    return list(_same_gone_and_new_pieces(TOKEN.findall(old), TOKEN.findall(new)))


def _same_gone_and_new_pieces(before: list[str], after: list[str]) -> Iterator[TextPiece]:
    for tag, low, high, start, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield TextPiece("same", "".join(before[low:high]))
            continue
        if high > low:
            yield TextPiece("gone", "".join(before[low:high]))
        if end > start:
            yield TextPiece("new", "".join(after[start:end]))


def is_same_text(pieces: list[TextPiece]) -> bool:
    """Whether nothing changed."""
    return all(piece.kind == "same" for piece in pieces)
