"""Tokens that survive normalising and say partnership, person and field: made here, found again in bytes of any kind.

A token is ``zqx`` and twelve letters without vowels (a name or words), an address at ``canary.example.org``, a Belgian
telephone number, an enterprise number, or a house number. Zones are counted from ``ZONES`` on, in the place of a
partnership.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

LETTERS = "bcdfghklmn"  # 0 to 9
ZONES = 90
MOST_PLPS, MOST_PERSONS = 60, 90_000
WORD = re.compile(r"zqx([bcdfghklmn]{12})", re.IGNORECASE)
NUMBER = re.compile(r"(?<![0-9a-zA-Z])(?:(?:\+|00|%2B)32[ .]?0?|0)47((?:[ ./-]?[0-9]){7})(?![0-9a-zA-Z])")
ENTERPRISE = re.compile(r"(?<![0-9.])(?:(?<![a-zA-Z])|(?<=BE))(1[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3})(?![0-9a-zA-Z])")
DOOR = re.compile(r"(?<![0-9a-z])9([0-9]{2})k[ +]?([0-9]{5})(?![0-9a-z])", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Token:
    """Whose: the number of the partnership (or ``ZONES`` and the number of the zone), of the person, of the field."""

    plp: int
    person: int
    field: int

    def word(self, seed: str) -> str:
        """Letters only: for names and in words."""
        digits = f"{self.plp:02d}{self.person:05d}{self.field:02d}"
        return "Zqx" + "".join(LETTERS[int(digit)] for digit in digits + _check_digits(digits, seed))

    def mail(self, seed: str) -> str:
        """A mail address."""
        return f"{self.word(seed).lower()}@canary.example.org"

    def phone(self) -> str:
        """A Belgian mobile number."""
        return f"+3247{self.plp:02d}{self.person:05d}"

    def enterprise(self) -> str:
        """An enterprise number of ten digits, whose last two are right."""
        digits = f"1{self.plp:02d}{self.person:05d}"
        return f"{digits}{97 - int(digits) % 97:02d}"

    def house(self) -> str:
        """A house number."""
        return f"9{self.plp:02d}K {self.person:05d}"


def _check_digits(digits: str, seed: str) -> str:
    """Three digits by which a token of this seed is told from a word that only looks like one."""
    return f"{int(sha256(f'{seed}:{digits}'.encode()).hexdigest(), 16) % 1000:03d}"


def tokens_in(text: str, seed: str, fields: dict[str, int]) -> set[Token]:
    """Every token in ``text``. ``fields``: which number stands for what holds no field in its token."""
    tokens = set()
    for letters in WORD.findall(text):
        digits = "".join(str(LETTERS.index(letter)) for letter in letters.lower())
        if _check_digits(digits[:9], seed) == digits[9:]:
            tokens.add(Token(int(digits[:2]), int(digits[2:7]), int(digits[7:9])))
    for number in NUMBER.findall(text):
        digits = re.sub(r"\D", "", number)
        tokens.add(Token(int(digits[:2]), int(digits[2:]), fields["phone"]))
    for written in ENTERPRISE.findall(text):
        digits = re.sub(r"\D", "", written)
        token = Token(int(digits[1:3]), int(digits[3:8]), fields["enterprise"])
        if token.enterprise() == digits and (token.plp < MOST_PLPS or token.plp >= ZONES):
            tokens.add(token)
    for plp, person in DOOR.findall(text):
        tokens.add(Token(int(plp), int(person), fields["house"]))
    return tokens
