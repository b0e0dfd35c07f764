"""The words of a text as the search for names sees them: their spelling, capitals, and what stands around them."""

import re
from functools import lru_cache
from pathlib import Path

from plp.wording.detectors.name_words import BETWEEN, PARTICLE, RANKS, ROLE_AFTER, STREET, STREET_ENDS
from plp.wording.detectors.surface import Surface
from plp.wording.fold import fold_word

WORDS = Path(__file__).parent.parent / "words"
TOKEN = re.compile(r"\b(?:[dlsnmtjcDLSNMTJC]|[Qq]u)'(?=[^\W\d_]{2})|[^\W\d_]+(?:['-][^\W\d_]+)*\.?")


@lru_cache(maxsize=1)
def name_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """First names; first names that are also other words; family names; all folded."""
    plain: set[str] = set()
    double: set[str] = set()
    for line in (WORDS / "first_names.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            (double if line.startswith("?") else plain).update(fold_word(name) for name in line.strip("? ").split())
    families: set[str] = set()
    for line in (WORDS / "surnames.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            names = {fold_word(name) for name in line.strip("? ").split()}
            families |= names
            double |= names if line.startswith("?") else set()
    return frozenset(plain | (double - families)), frozenset(double), frozenset(families)


class NameReader:
    """The words of one surface with their folded spelling, and what stands around them."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.found = list(TOKEN.finditer(surface.text))
        self.plain = [surface.folded[match.start() : match.end()] for match in self.found]
        self.first, self.double, self.family = name_lists()

    def capital(self, place: int) -> bool:
        return self.found[place][0][0].isupper()

    def close(self, place: int) -> bool:
        """The word ``place`` follows the one before it with nothing but a space or a point between."""
        gap = self.surface.text[self.found[place - 1].end() : self.found[place].start()]
        return gap in {" ", "", "\n", "  "}

    def in_place_name(self, place: int, last: int) -> bool:
        """A street, school, saint or storm bears the name."""
        for back in range(1, 5):
            if place - back < 0 or not (self.close(place - back + 1)):
                break
            word = self.plain[place - back]
            if (
                word in STREET
                or (word.endswith(STREET_ENDS) and len(word) > 5)
                or word.removeprefix("l'").removeprefix("d'") in STREET
            ):
                return True
            if not (word in PARTICLE or word in BETWEEN or self.capital(place - back) or re.match(r"^[dl]'", word)):
                break
        word = self.plain[place]
        if re.match(r"^(?:saint|sainte|sint|sankt|st|ste)-", word):
            return True
        for ahead in range(place, min(last + 3, len(self.plain))):
            if ahead > place and not self.close(ahead):
                break
            if (
                self.plain[ahead].rstrip(".").endswith(STREET_ENDS)
                and (ahead > place or len(self.plain[ahead]) > 6)
                and self.plain[ahead] not in self.first
            ):
                return True
            if ahead > last and self.plain[ahead] in {"1er", "ier", "i", "ii", "iii"}:
                return True
        return False

    def official(self, place: int, last: int) -> bool:
        start, end = self.found[place].start(), self.found[last].end()
        return bool(RANKS.search(self.surface.before(start, 45)) or ROLE_AFTER.match(self.surface.after(end, 40)))

    def family_end(self, place: int) -> int:
        """The last word of a family name that begins at ``place``: particles and up to two capital words."""
        last = place
        while last + 1 < len(self.plain) and self.plain[last] in PARTICLE and self.close(last + 1):
            last += 1
        return last
