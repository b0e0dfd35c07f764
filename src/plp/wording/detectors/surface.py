"""The surface detectors look at: the written text without invisible characters, capitals kept."""

import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from plp.wording.findings import Mark
from plp.wording.fold import LOOK_ALIKES

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèàùâêîôûçëïüöä.,;:!?()")
LOOK_ALIKE_CAPITALS = str.maketrans("АВЕІЈКМНОРСТХУΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", "ABEIJKMHOPCTXYABEHIKMNOPTXYZ")


@dataclass(frozen=True)
class Surface:
    """``text`` to search; ``origin[i]`` is the place of its character ``i`` in the written text."""

    text: str
    origin: tuple[int, ...]

    def mark_in_written_text(self, mark: Mark) -> Mark:
        """The same mark with its span in the written text."""
        return replace(mark, start=self.origin[mark.start], end=self.origin[mark.end - 1] + 1)

    @cached_property
    def folded(self) -> str:
        """Lower case without accents, one character for one, so that places agree with ``text``."""
        return "".join(_base_letter(character) for character in self.text)

    @cached_property
    def is_flat_case(self) -> bool:
        """True when capitals tell nothing: the text is all capitals, or has none."""
        letters = [character for character in self.text if character.isalpha()]
        capitals = sum(character.isupper() for character in letters)
        return not capitals or capitals > 0.7 * len(letters)

    def text_before(self, offset: int, length: int) -> str:
        """Up to ``reach`` folded characters before ``place``."""
        return self.folded[max(0, offset - length) : offset]

    def text_after(self, offset: int, length: int) -> str:
        """Up to ``reach`` folded characters from ``place``."""
        return self.folded[offset : offset + length]


@lru_cache(maxsize=4096)
def _base_letter(character: str) -> str:
    plain = unicodedata.normalize("NFD", character)[:1].lower().translate(LOOK_ALIKES)
    return plain if len(plain) == 1 else character


def clean_surface(text: str) -> Surface:
    """Drop what cannot be seen, compose accents, level spaces, dashes, digits and look-alike capitals."""
    kept: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        category = "L" if character in PLAIN else unicodedata.category(character)
        if category in {"Cf", "Me"} or (category == "Cc" and character not in "\n\t"):
            continue
        if category == "Mn" and kept:
            kept[-1] = unicodedata.normalize("NFC", kept[-1] + character)[:1]
            continue
        kept.append(_plain_sign(character, category))
        origin.append(place)
    return Surface("".join(kept), tuple(origin))


@lru_cache(maxsize=4096)
def _plain_sign(character: str, category: str) -> str:
    if category == "Zs" or character == "\t":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Pd" or character == "−":
        return "-"
    plain = unicodedata.normalize("NFKC", character)
    return (plain if len(plain) == 1 else character).translate(LOOK_ALIKE_CAPITALS).replace("’", "'")
