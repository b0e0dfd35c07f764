"""The whole texts of these pages: headings, paragraphs and lists out of plain files."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
RULES_VERSION = "2026-11"  # of conduct, internal rules and privacy notice as accepted: change it with the texts


@dataclass(frozen=True)
class Block:
    """A piece of a text: ``kind`` is "heading", "list" or "words"; ``lines`` are its lines without signs."""

    kind: str
    lines: list[str]


def blocks(name: str, **places: str) -> list[Block]:
    """The text ``name`` in the language of the page, cut at its empty lines. Raises ``TextMissing``."""
    whole = text(TEXTS, name, get_language() or "fr", **places)
    return [_block(piece.splitlines()) for piece in whole.split("\n\n")]


def _block(lines: list[str]) -> Block:
    for sign, kind in (("# ", "heading"), ("- ", "list")):
        if all(line.startswith(sign) for line in lines):
            return Block(kind, [line.removeprefix(sign) for line in lines])
    return Block("words", [" ".join(lines)])
