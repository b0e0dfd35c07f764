"""Numbers written in words in the four languages, and with an ``o`` for a nought, read as digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNITS = (
    ("zero", "nul", "null", "oh"), ("un", "une", "een", "eins", "eine", "ein", "one"), ("deux", "twee", "zwei", "zwo", "two"),
    ("trois", "drie", "drei", "three"), ("quatre", "vier", "four"), ("cinq", "vijf", "funf", "fuenf", "five"),
    ("six", "zes", "sechs"), ("sept", "zeven", "sieben", "seven"), ("huit", "acht", "eight"),
    ("neuf", "negen", "neun", "nine"), ("dix", "tien", "zehn", "ten"), ("onze", "elf", "eleven"),
    ("douze", "twaalf", "zwolf", "zwoelf", "twelve"), ("treize", "dertien", "dreizehn", "thirteen"),
    ("quatorze", "veertien", "vierzehn", "fourteen"), ("quinze", "vijftien", "funfzehn", "fuenfzehn", "fifteen"),
    ("seize", "zestien", "sechzehn", "sixteen"), ("zeventien", "siebzehn", "seventeen"),
    ("achttien", "achtzehn", "eighteen"), ("negentien", "neunzehn", "nineteen"),
)  # fmt: skip
TENS = {
    20: ("vingt", "vingts", "twintig", "zwanzig", "twenty"), 30: ("trente", "dertig", "dreissig", "dreißig", "thirty"),
    40: ("quarante", "veertig", "vierzig", "forty"), 50: ("cinquante", "vijftig", "funfzig", "fuenfzig", "fifty"),
    60: ("soixante", "zestig", "sechzig", "sixty"), 70: ("septante", "zeventig", "siebzig", "seventy"),
    80: ("octante", "huitante", "tachtig", "achtzig", "eighty"), 90: ("nonante", "negentig", "neunzig", "ninety"),
}  # fmt: skip
HUNDRED = frozenset({"cent", "cents", "honderd", "hundert", "hundred"})
JOINED = re.compile(r"^([a-z]*?)(?:hundert|honderd)(?:und|en)?([a-zß]*)$")
BACKWARDS = re.compile(
    rf"^([a-z]+)(?:und|en)({'|'.join(word for words in TENS.values() for word in words)})$"
)  # zesenzeventig
PIECE = re.compile(r"[a-zß]+|\d+")
BETWEEN = re.compile(r"^[ ,./()_·*\-]{0,3}$")
FILLERS = frozenset({"fois", "puis", "dann", "then", "dan", "et", "and", "und", "plus", "keer", "mal", "une"})


def _values_of_number_words() -> dict[str, int]:
    values = {word: number for number, words in enumerate(UNITS) for word in words}
    return values | {word: number for number, words in TENS.items() for word in words}


VALUES = _values_of_number_words()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A run of digits as written, or a word that stands for them; ``spelt`` when it is not written in digits."""

    start: int
    end: int
    digits: str
    spelt: bool


def number_value(word: str) -> int | None:
    """The number a single folded word stands for, up to 999, else ``None``."""
    plain = VALUES.get(word)
    if plain is not None:
        return plain
    hundreds = JOINED.match(word)
    if hundreds and VALUES.get(hundreds[1] or "one", 0):
        smaller = number_value(hundreds[2]) if hundreds[2] else 0
        return None if smaller is None else VALUES[hundreds[1] or "one"] * 100 + smaller
    backwards = BACKWARDS.match(word)
    if backwards and VALUES.get(backwards[1], 99) < 10:
        return VALUES[backwards[1]] + VALUES[backwards[2]]
    return None


def numerals(folded: str) -> list[Numeral]:
    """Every number of a folded text in digits, "trente-quatre" and "quatre cent septante-six" as one."""
    return list(_join_pieces(folded, _number_pieces(folded)))


def _number_pieces(folded: str) -> Iterator[tuple[int, int, int | None, str]]:
    for found in PIECE.finditer(folded):
        word, end = found[0], found.end()
        if word.isdigit():
            yield found.start(), end, None, word
        elif (
            word in {"o", "oo"}
            and folded[end : end + 1].isdigit()
            and not folded[found.start() - 1 : found.start()].isalpha()
        ):
            yield found.start(), end, 0, "0" * len(word)
        elif word in HUNDRED:
            yield found.start(), end, 100, "100"
        else:
            number = number_value(word)
            if number is not None:
                yield found.start(), end, number, str(number)


def _join_pieces(folded: str, pieces: Iterator[tuple[int, int, int | None, str]]) -> Iterator[Numeral]:
    held: tuple[int, int, int] | None = None  # start, end, value of words that a smaller one may follow
    for start, end, number, digits in pieces:
        gap = folded[held[1] : start] if held else ""
        if (
            held
            and number is not None
            and gap in {" ", "-", " et ", " and ", " en ", "-et-"}
            and (_continues_numeral(held[2], number) or (gap == "-" and _continues_dix(held[2], number)))
        ):
            held = (held[0], end, _combine_number_words(held[2], number))
            continue
        if held:
            yield Numeral(held[0], held[1], str(held[2]), spelt=True)
            held = None
        if number is None or digits.startswith("0"):
            yield Numeral(start, end, digits, spelt=number is not None)
        else:
            held = (start, end, number)
    if held:
        yield Numeral(held[0], held[1], str(held[2]), spelt=True)


def _continues_numeral(before: int, number: int) -> bool:
    if number == 100:
        return 1 <= before <= 9
    if before >= 100:
        return (before % 100 == 0 and 0 < number < 100) or (
            before % 100 > 0 and _continues_numeral(before % 100, number)
        )
    if before == 4 and number == 20:
        return True
    return (before >= 20 and before % 10 == 0 and 0 < number < 10) or (before in {60, 80} and 10 <= number < 20)


def _continues_dix(before: int, number: int) -> bool:
    """ "dix-sept": with its hyphen only, for "zehn sieben" are two numbers."""
    return before % 100 == 10 and 7 <= number <= 9


def _combine_number_words(before: int, number: int) -> int:
    if number == 100:
        return before * 100
    return before + 76 if (before % 100, number) == (4, 20) else before + number


def numeral_runs(folded: str) -> Iterator[list[Numeral]]:
    """Numbers that follow each other with nothing but spaces and signs, or one small word, between them."""
    run: list[Numeral] = []
    for numeral in numerals(folded):
        gap = folded[run[-1].end : numeral.start] if run else ""
        if run and not (BETWEEN.match(gap) or gap.strip(" ,") in FILLERS):
            yield run
            run = []
        run.append(numeral)
    if run:
        yield run
