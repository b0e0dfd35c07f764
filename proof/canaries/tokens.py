"""Tokens that survive normalising and say partnership, person and field: made here, found again in bytes of any kind.

A token is ``zqx`` and twelve letters without vowels (a name or words), an address at ``canary.example.org``, a Belgian
telephone number, an enterprise number, or a house number. Zones are counted from ``ZONES`` on, in the place of a
partnership.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

LETTERS = "bcdfghklmn"  # 0 to 9
ZONES = 90
MOST_PLPS, MOST_PERSONS = 60, 90_000
# Each begins with what it is looked for by, and looks back from there: what is read is megabytes long.
WORD = re.compile(r"zqx([bcdfghklmn]{12})")  # as DOOR, in small letters
NUMBER = re.compile(r"47((?:[ ./-]?[0-9]){7})(?![0-9a-zA-Z])")
BEFORE_NUMBER = re.compile(r"(?<![0-9a-zA-Z])(?:(?:\+|00|%2B)32[ .]?0?|0)$")
LONGEST_BEFORE = len(" %2B32 0")
ENTERPRISE = re.compile(r"1(?<![0-9.]1)(?:(?<![a-zA-Z]1)|(?<=BE1))[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}(?![0-9a-zA-Z])")
DOOR = re.compile(r"9(?<![0-9a-z]9)([0-9]{2})k[ +]?([0-9]{5})(?![0-9a-z])")


@dataclass(frozen=True, order=True)
class Token:
    """Whose: the number of the partnership (or ``ZONES`` and the number of the zone), of the person, of the field."""

    plp: int
    person: int
    field: int

    def as_letters(self, seed: str) -> str:
        """Letters only: for names and in words."""
        digits = f"{self.plp:02d}{self.person:05d}{self.field:02d}"
        return "Zqx" + "".join(LETTERS[int(digit)] for digit in digits + _check_digits(digits, seed))

    def as_email(self, seed: str) -> str:
        """A mail address."""
        return f"{self.as_letters(seed).lower()}@canary.example.org"

    def as_phone(self) -> str:
        """A Belgian mobile number."""
        return f"+3247{self.plp:02d}{self.person:05d}"

    def as_enterprise_number(self) -> str:
        """An enterprise number of ten digits, whose last two are right."""
        digits = f"1{self.plp:02d}{self.person:05d}"
        return f"{digits}{97 - int(digits) % 97:02d}"

    def as_house_number(self) -> str:
        """A house number."""
        return f"9{self.plp:02d}K {self.person:05d}"


def _check_digits(digits: str, seed: str) -> str:
    """Three digits by which a token of this seed is told from a word that only looks like one."""
    return f"{int(sha256(f'{seed}:{digits}'.encode()).hexdigest(), 16) % 1000:03d}"


def _mobile_digits_after_prefix(text: str) -> Iterator[str]:
    """What follows 47 in each mobile number."""
    place = text.find("47")
    while place >= 0:
        number = NUMBER.match(text, place)
        if number and BEFORE_NUMBER.search(text[max(0, place - LONGEST_BEFORE) : place]):
            yield number[1]
        place = text.find("47", place + 1)


def find_tokens_in_text(text: str, seed: str, fields: dict[str, int]) -> set[Token]:
    """Every token in ``text``. ``fields``: which number stands for what holds no field in its token."""
    tokens, small = set(), text.lower()
    for letters in WORD.findall(small):
        digits = "".join(str(LETTERS.index(letter)) for letter in letters)
        if _check_digits(digits[:9], seed) == digits[9:]:
            tokens.add(Token(int(digits[:2]), int(digits[2:7]), int(digits[7:9])))
    for number in _mobile_digits_after_prefix(text):
        digits = re.sub(r"\D", "", number)
        tokens.add(Token(int(digits[:2]), int(digits[2:]), fields["phone"]))
    for written in ENTERPRISE.findall(text):
        digits = re.sub(r"\D", "", written)
        token = Token(int(digits[1:3]), int(digits[3:8]), fields["enterprise"])
        if token.as_enterprise_number() == digits and (token.plp < MOST_PLPS or token.plp >= ZONES):
            tokens.add(token)
    for plp, person in DOOR.findall(small):
        tokens.add(Token(int(plp), int(person), fields["house"]))
    return tokens
