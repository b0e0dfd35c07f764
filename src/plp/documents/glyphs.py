"""Which characters can be put on paper, and what to do with the others.

A tagged PDF (PDF/UA-1) is refused as a whole when one character of it has no glyph, so a single strange character in
one name would stop the letters of a whole street.
"""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

FONTS = Path(__file__).with_name("fonts")
FIGURES = ("PLPFigures-Regular.ttf", "PLPFigures-Bold.ttf")
STAND_IN = "□"
LONG_WORD = re.compile(r"\S{36,}")
BREAK_EVERY = re.compile(r"\S{18}(?=\S)")
NOT_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # controls, direction overrides, halves, private, unassigned


@cache
def covered_code_points() -> frozenset[int]:
    """The code points that the widest of our fonts can draw, from its ``cmap`` table (OpenType format 12)."""
    font = (FONTS / "DejaVuSans.ttf").read_bytes()
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(tables))
    cmap = next(offset for tag, _sum, offset, _size in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    starts = (cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)[2] for index in range(subtables))
    wide = next(start for start in starts if struct.unpack_from(">H", font, start) == (12,))
    (groups,) = struct.unpack_from(">I", font, wide + 12)
    points: set[int] = set()
    for index in range(groups):
        first, last, _drawable_character = struct.unpack_from(">III", font, wide + 16 + 12 * index)
        points.update(range(first, last + 1))
    return frozenset(points)


def with_drawable_characters_only(text: str) -> str:
    """``text`` with only characters that our fonts can draw; any other shows as □, so that a reader sees a gap.

    Composed (NFC); controls and direction overrides are left out; line ends become ``\\n``; a word longer than 35
    characters may be broken (zero-width spaces), so that it cannot run off the page.
    """
    plain = unicodedata.normalize("NFC", re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text)).replace("\t", " ")
    drawable_text = plain.translate(_DRAWABLE_CHARACTERS)
    return LONG_WORD.sub(lambda word: BREAK_EVERY.sub("\\g<0>\u200b", word[0]), drawable_text)


class _DrawableCharacters(dict[int, int | None]):
    """What stands for each code point, as ``str.translate`` asks: itself, □, or nothing; found when first asked."""

    def __missing__(self, code_point: int) -> int | None:
        if code_point == ord("\n"):
            drawable: int | None = code_point
        elif unicodedata.category(chr(code_point)) in NOT_TEXT:
            drawable = None
        else:
            drawable = code_point if code_point in covered_code_points() else ord(STAND_IN)
        self[code_point] = drawable
        return drawable


_DRAWABLE_CHARACTERS = _DrawableCharacters()


def missing_font_sentences() -> list[str]:
    """A sentence for each font file that is not where it should be; empty when all is well."""
    names = (
        *("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf", "DejaVuSans.ttf"),
        *("PLPText-Regular.ttf", "PLPText-Bold.ttf", *FIGURES),
    )
    return [
        _("The font file %s is missing. Install the program again.") % name
        for name in names
        if not (FONTS / name).is_file()
    ]
