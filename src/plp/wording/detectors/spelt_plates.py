"""A plate read out: "un tiret B comme Bernard, C, D, six sept huit", behind the word for a plate."""

import re

from plp.wording.detectors.numerals import number_value
from plp.wording.detectors.plate_words import COMPARED, DASHES, SMALL_WORDS, SPELLED_LETTERS

REACH = 110  # characters behind the word "plate"
PIECE = re.compile(r"[a-zß]+|\d+|[?*_]+")
HOUR = re.compile(r"\d{1,2} ?[hu]\b|\d{1,2} (?:km|m)\b")
FEWEST, MOST = 4, 9  # letters and digits of a plate


def find_spelt_plates(folded: str, position: int) -> list[tuple[int, int]]:
    """The span of a plate that is read out letter by letter or digit by digit, if there is one."""
    position += len(folded[position : position + REACH]) - len(folded[position : position + REACH].lstrip(" ?:"))
    sentence = re.split(r"[!;\n]|[.?] ", folded[position : position + REACH], maxsplit=1)[0]
    sentence = COMPARED.sub(lambda said: " " * len(said[0]), sentence)
    letters = digits = 0
    first = last = None
    for found in PIECE.finditer(sentence):
        word = found[0]
        kind = _count_letters_and_digits(word)
        if kind is None:
            if first is not None:
                break
            if word in SMALL_WORDS or found.start() < 25:
                continue
            break
        letters += kind[0]
        digits += kind[1]
        if kind != (0, 0):
            first, last = (found.start() if first is None else first), found.end()
    if first is None or last is None or not (letters and digits and FEWEST <= letters + digits <= MOST):
        return []
    if HOUR.match(sentence[first:last]):
        return []
    return [(position + first, position + last)]


def _count_letters_and_digits(word: str) -> tuple[int, int] | None:
    """How many letters and digits a word stands for; ``None`` for a word that belongs to no plate."""
    if word.isdigit():
        return (0, len(word)) if len(word) <= MOST else None
    if word in DASHES or word[0] in "?*_":
        return (0, 0) if word in DASHES else (0, len(word))
    if len(word) == 1 or word in SPELLED_LETTERS:
        return 1, 0
    number = number_value(word)
    if number is not None:
        return 0, len(str(number))
    return (len(word), 0) if len(word) <= 3 and not _is_small_word_or_has_vowel(word) else None


def _is_small_word_or_has_vowel(word: str) -> bool:
    return word in SMALL_WORDS or re.search(r"[aeiouy]", word) is not None
