"""Folding: one plain spelling of a text for comparison, with the way back to the text as it was written.

Accents, capitals, look-alike letters of other scripts, styled letters and invisible characters are levelled, so that
``Pаtrоuillеz`` with Cyrillic letters reads as ``patrouillez``. Linear in the length of the text.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that look Latin (Unicode confusables, Cyrillic and Greek rows), after lower-casing.
LOOK_ALIKES: dict[int, int | str] = dict(
    str.maketrans(
        "авгеикмнопрстухѕіјһԁԛԝѵαβεηικνορτυχωɑɡıłøđŧħ",
        "abreukmhonpctyxsijhdqwvabenikvoptuxwagilodth",
    )
)
LOOK_ALIKES.update({ord(mark): "'" for mark in "’‘ʼ`´′"})
LOOK_ALIKES.update({ord(mark): "-" for mark in "‐‑‒–—―−"})


@dataclass(frozen=True)
class Folded:
    """A folded text; ``origin[i]`` is the place in the written text of the folded character ``i``."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the written text behind the folded span ``start:end`` (``end`` > ``start``)."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """The plain spelling of one character: nothing for an invisible one, several letters for ``ß`` or ``œ``."""
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me", "Cc"} and character != "\t":
        return " " if character == "\r" else ""
    if category in {"Zs", "Zl", "Zp"} or character == "\t":
        return " "
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character) if unicodedata.category(part) not in {"Mn", "Me"}
    )
    plain = plain.casefold().replace("œ", "oe").replace("æ", "ae").translate(LOOK_ALIKES)
    return plain.strip(" ") if len(plain) > 1 else plain


def fold(text: str) -> Folded:
    """Fold a written text of any length; every place of the result points back to the written text."""
    pieces: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        piece = fold_character(character)
        pieces.append(piece)
        origin.extend([place] * len(piece))
    return Folded("".join(pieces), tuple(origin))


def fold_word(word: str) -> str:
    """The plain spelling of one word: the same as ``fold``, quicker for plain letters."""
    return word.lower() if word.isascii() else "".join(map(fold_character, word))
