"""The words of a text as the search for names sees them: their spelling, capitals, and what stands around them."""

import re
from functools import lru_cache
from pathlib import Path

from plp.wording.detectors.name_words import (
    FIRM,
    INSTITUTION_ENDS,
    JOINED,
    NO_END,
    PARTICLE,
    PRESENTED,
    PRETENDED,
    RANKS,
    ROLE_AFTER,
    STREET,
    STREET_ENDS,
    TRICK,
)
from plp.wording.detectors.surface import Surface
from plp.wording.fold import fold_word

PRESENTATION = 110  # characters from the beginning of such a sentence to the name
WORDS = Path(__file__).parent.parent / "words"
TOKEN = re.compile(r"\b(?:[dlsnmtjcDLSNMTJC]|[Qq]u)'(?=[^\W\d_]{2})|[^\W\d_]+(?:['-][^\W\d_]+)*\.?")
ENGLISH_PLACES = frozenset(
    "memorial room hall centre school street road library theatre museum church station county island islands township parish lake bay river city borough district valley".split()
)


@lru_cache(maxsize=1)
def first_ambiguous_and_family_names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """First names; first names that are also other words; family names; all folded."""
    plain: set[str] = set()
    double: set[str] = set()
    certain: set[str] = set()
    for line in (WORDS / "first_names.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            {"?": double, "!": certain}.get(line[:1], plain).update(
                fold_word(name) for name in line.strip("?! ").split()
            )
    plain |= certain
    double -= certain
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
        self.first, self.double, self.family = first_ambiguous_and_family_names()

    def is_capitalised(self, position: int) -> bool:
        return self.found[position][0][0].isupper()

    def follows_closely(self, position: int) -> bool:
        """The word ``place`` follows the one before it with nothing but a space or a point between."""
        gap = self.surface.text[self.found[position - 1].end() : self.found[position].start()]
        return gap in {" ", "", "\n", "  "}

    def has_close_next_word(self, position: int) -> bool:
        """Another word follows closely the one at ``position``."""
        return position + 1 < len(self.plain) and self.follows_closely(position + 1)

    def ends_sentence(self, position: int) -> bool:
        """The sentence or the line is over behind the word at ``position``: what follows belongs to something else."""
        word = self.plain[position]
        if word.endswith(".") and len(word) > len("J.") and word not in NO_END:
            return True
        return "\n" in self.surface.text[self.found[position].end() : self.found[position].end() + 2]

    def is_place_name(self, position: int, last: int) -> bool:
        """A street, school, saint or storm bears the name."""
        word = self.plain[position]
        if re.match(r"^(?:saint|sainte|sint|sankt|st|ste)-", word):
            return True
        return self._has_place_word_before(position, last) or self._has_place_word_behind(position, last)

    def _has_place_word_before(self, position: int, last: int) -> bool:
        """ "rue Marc Dupont". A place that has its name already lends it to no person of two words behind it."""
        for back in range(position - 1, max(position - 5, -1), -1):
            word = self.plain[back]
            if not self.follows_closely(back + 1) or self.ends_sentence(back):
                return False
            if (
                word in STREET
                or word.removeprefix("l'").removeprefix("d'") in STREET
                or word.endswith(INSTITUTION_ENDS)
            ):
                return True
            if word.endswith(STREET_ENDS) and len(word) > 5:
                return position == last
            joined = word in JOINED or re.match(r"^[dl]'", word)
            if not joined and not (self.is_capitalised(back) and (position == last or word in self.first)):
                return False
        return False

    def _has_place_word_behind(self, position: int, last: int) -> bool:
        """ "Jan Peetersstraat", but not "Jan Peeters, Kerkstraat 5", with or without the comma."""
        for ahead in range(position, min(last + 3, len(self.plain))):
            if ahead > position and (not self.follows_closely(ahead) or self.ends_sentence(ahead - 1)):
                return False
            word = self.plain[ahead].rstrip(".")
            is_street = word.endswith(STREET_ENDS) and (ahead > position or len(self.plain[ahead]) > 6)
            lives_there = ahead > last and word not in STREET_ENDS and self.plain[last] in self.family
            if is_street and not lives_there and word not in self.first:
                return True
            if ahead > position and (
                word in ENGLISH_PLACES or (ahead > last and word in {"1er", "ier", "i", "ii", "iii"})
            ):
                return True
        return False

    def is_office_holder(self, position: int, last: int) -> bool:
        """Somebody in office: the rank stands before the name, or behind it, or below it as under a letter."""
        start, end = self.found[position].start(), self.found[last].end()
        if RANKS.search(self.surface.text_before(start, 45)) or is_presented_as_office_holder(self.surface, start):
            return True
        role = ROLE_AFTER.match(self.surface.text_after(end, 40))
        lines = role[0].count("\n") if role else 0
        begins_line = not self.surface.text[self.surface.text.rfind("\n", 0, start) + 1 : start].strip()
        return role is not None and (lines == 0 or (lines == 1 and begins_line))

    def is_company_name(self, position: int) -> bool:
        """ "la firme Vandenberghe": a firm is named, nobody else."""
        return FIRM.search(self.surface.text_before(self.found[position].start(), 30)) is not None

    def is_company_or_swindlers_name(self, position: int) -> bool:
        """A firm bears the name, or a swindler gives it himself."""
        return self.is_company_name(position) or is_name_claimed_by_swindler(
            self.surface, self.found[position].start(), self.found[position].end()
        )

    def family_name_end(self, position: int) -> int:
        """The last word of a family name that begins at ``place``: particles and up to two capital words."""
        last = position
        while last + 1 < len(self.plain) and self.plain[last] in PARTICLE and self.follows_closely(last + 1):
            last += 1
        return last


def is_name_claimed_by_swindler(surface: Surface, start: int, end: int) -> bool:
    """ "A caller says he is called Thomas: hang up": a name alone, said by a swindler, in a warning of his trick."""
    following = TOKEN.match(surface.text, end + 1)
    is_alone = following is None or not following[0][0].isupper()
    said = PRETENDED.search(surface.text_before(start, 60))
    return is_alone and said is not None and TRICK.search(surface.folded) is not None


def is_presented_as_office_holder(surface: Surface, start: int) -> bool:
    """ "Your new inspector for Eupen is called ...": no suspect and no member, an office."""
    before = surface.text_before(start, PRESENTATION)
    return PRESENTED.search(before if start > PRESENTATION else "\n" + before) is not None
