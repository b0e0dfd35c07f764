"""What may be typed where plain words are asked: a limited length, no sign that a sentence does not have. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused

# What French sets apart by a space that never breaks: a sign after it, an opening guillemet before it. Neither the
# ``:---`` of a table nor ``![`` of a picture is such a sign.
BEFORE = re.compile(r"(?<=\S) (?=(?:[:;?»](?!-)|!(?!\[)))")
AFTER = re.compile("(?<=«) ")


LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ß": "ss"})
ASCII_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}


def french_nbsp(text: str) -> str:
    """French words with a space that does not break before ``: ; ? ! »`` and after ``«``, where a space stands."""
    return AFTER.sub("\u00a0", BEFORE.sub("\u00a0", text))


def colon(language: str | None) -> str:
    """A colon as the language sets it: in French after a space that does not break."""
    return "\N{NO-BREAK SPACE}:" if language == "fr" else ":"


def join_with_semicolons(parts: Iterable[str], language: str | None) -> str:
    """Parts in one line, apart by a semicolon as the language sets it."""
    return ("\N{NO-BREAK SPACE}; " if language == "fr" else "; ").join(parts)


def fold(text: str) -> str:
    """``text`` in small letters without accents, one space between words: ``Chaussée-d'Haecht``: ``chaussee d haecht``.

    A decomposed letter, a capital and a ligature give the same result as their plain form.
    """
    if text.isascii():  # most of what is typed, in less than half the work
        return " ".join(text.lower().translate(ASCII_SIGNS).split())
    small = unicodedata.normalize("NFKD", text).casefold()  # first apart, then small: a mathematical A is an a too
    plain = unicodedata.normalize("NFKD", small).translate(LETTERS)
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def alphabetical_key(text: str) -> tuple[str, str]:
    """By what words are put in order: an é stands beside e, an ß beside ss, an ij beside ij, as in a dictionary."""
    return fold(text), text


class BadWords(Refused):
    """Empty, too long, or with signs that no sentence has (T24, T29)."""

    sentence = _("Write plain words here, at most %(most)d characters.")


def normalise_text(text: str, *, most: int, lines: bool = False, empty: bool = False) -> str:
    """The text in NFC without needless spaces, on one line unless ``lines``. Raises ``BadWords``."""
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    rows = [" ".join(row.split()) for row in (normal.split("\n") if lines else [normal])]
    normalised = "\n".join(rows).strip()
    if len(normalised) > most or not all(row.isprintable() for row in rows) or not (normalised or empty):
        raise BadWords(most=most)
    return normalised
