"""Numbers as words, for a message that is read aloud."""

import re
import tomllib
from functools import cache

from plp.wording.catalogue.reader import DATA

DIGITS = re.compile(r"\d+(?: \d+)*")
HIGHEST = 59


@cache
def _number_table(language: str) -> dict[str, list[str] | dict[str, str]]:
    table: dict[str, list[str] | dict[str, str]] = tomllib.loads((DATA / "numbers.toml").read_text("utf-8"))[language]
    return table


def number_words(number: int, language: str, *, before_noun: bool = False) -> str:
    """``number`` from 0 to 59 in words; ``before_noun``: as before ``heures`` or ``Uhr``."""
    word = _number_table(language)["cardinals"][number]  # type: ignore[index]
    endings = {"fr": ("un", "une"), "de": ("eins", "ein")}
    if before_noun and language in endings and word.endswith(endings[language][0]):
        return word.removesuffix(endings[language][0]) + endings[language][1]
    return word


def ordinal_words(day: int, language: str) -> str:
    """The day of a month, from 1 to 31, in words."""
    return str(_number_table(language)["days"][day - 1])  # type: ignore[index]


def spell_out_numbers(text: str, language: str) -> str:
    """The text with every number in words: ``101`` as it is called, a long number digit by digit."""
    return DIGITS.sub(lambda digits: _spelled_number(digits[0], language), text)


def _spelled_number(number: str, language: str) -> str:
    called: dict[str, str] = _number_table(language)["called"]  # type: ignore[assignment]
    if number in called:
        return called[number]
    if number.isdecimal() and int(number) <= HIGHEST and not number.startswith("0"):
        return number_words(int(number), language)
    groups = (" ".join(number_words(int(digit), language) for digit in group) for group in number.split())
    return ", ".join(groups)
