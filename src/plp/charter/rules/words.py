"""Two versions of a text side by side: which words went, which came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of words. ``kind``: "same", "gone" or "new"."""

    kind: str
    words: str


def differences(old: str, new: str) -> list[Piece]:
    """The way from ``old`` to ``new``, word by word; the pieces that are not new make up ``old`` and vice versa."""
    return list(_pieces(TOKEN.findall(old), TOKEN.findall(new)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, low, high, start, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[low:high]))
            continue
        if high > low:
            yield Piece("gone", "".join(before[low:high]))
        if end > start:
            yield Piece("new", "".join(after[start:end]))


def is_same(pieces: list[Piece]) -> bool:
    """Whether nothing changed."""
    return all(piece.kind == "same" for piece in pieces)
