"""Names that only look like what they say: letters of two scripts, styled ones, too many marks (T29). Pure."""

import unicodedata
from functools import lru_cache
from itertools import groupby

from plp.wording.fold import fold

# Scripts that stand beside Latin words in an honest name: no letter of theirs is taken for a Latin one.
BESIDE_LATIN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "HEBREW"})
TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA"})  # Japanese writes them in one word
DEAD = frozenset({"CHEROKEE", "LISU", "COPTIC", "DESERET", "OSAGE", "OLD", "CANADIAN", "RUNIC", "OGHAM", "WARANG"})
APOSTROPHES = "\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}"
SYMBOLS = "°©®"  # the others stand for letters: an estimated sign is read as an e
MOST_MARKS = 2  # on one letter, after those that belong to it

POLICE = ("police", "politie", "polizei")
SAME = str.maketrans("i1|0ӏɩƅƿ", "lllollbp")
PARTNERSHIP_ACRONYMS = frozenset({"plp", "lpp", "bin", "nip"})


def is_undisguised(text: str) -> bool:
    """Whether every letter is what it looks like: one script a word, and no other that resembles Latin beside it."""
    if text.isascii():
        return True
    scripts: set[str] = set()
    for word in text.split():
        letters = [sign for sign in word if sign.isalpha() and sign not in APOSTROPHES]
        own = {_unicode_script(sign) for sign in letters}
        if not all(map(_is_usual_letter, letters)) or (len(own) > 1 and not own <= TOGETHER):
            return False
        scripts |= own
    marks = (len(list(run)) for is_mark, run in groupby(text, key=_is_combining_mark) if is_mark)
    if any(unicodedata.category(sign) == "So" and sign not in SYMBOLS for sign in text):
        return False
    return not scripts & DEAD and max(marks, default=0) <= MOST_MARKS and _are_compatible_scripts(scripts)


def is_name_of_police_or_partnership(name: str) -> bool:
    """Whether the name of a person reads as the police or as a partnership, in whatever letters."""
    words = [_confusable_skeleton(word) for word in "".join(c if c.isalnum() else " " for c in fold(name).text).split()]
    police, ours = (
        [_confusable_skeleton(word) for word in POLICE],
        {_confusable_skeleton(word) for word in PARTNERSHIP_ACRONYMS},
    )
    named = any(word == police[0] or word.startswith((police[1], police[2])) for word in words)
    return named or (bool(words) and set(words) <= ours)


@lru_cache(maxsize=4_096)
def _unicode_script(sign: str) -> str:
    return unicodedata.name(sign, "?").partition(" ")[0]


@lru_cache(maxsize=4_096)
def _is_usual_letter(sign: str) -> bool:
    """A letter as names are written with: neither styled nor phonetic."""
    if _unicode_script(sign) == "LATIN":
        return sign < "\u0250" or sign == "ə" or "\u1e00" <= sign <= "\u1eff"
    return unicodedata.normalize("NFKC", sign) == sign


def _is_combining_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me"}


def _are_compatible_scripts(scripts: set[str]) -> bool:
    return len(scripts) < 2 or scripts <= BESIDE_LATIN | {"LATIN"}


def _confusable_skeleton(word: str) -> str:
    """Folded, with the signs that one cannot tell apart as one."""
    return word.translate(SAME)
