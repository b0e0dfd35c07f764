"""House and box numbers: 2 comes before 2A, which comes before 10; ``12-14`` is one house with two numbers."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

type Key = tuple[tuple[int, int, str], ...]

TOKENS = re.compile(r"\d+|[^\W\d_]+")
LEADING = re.compile(r"(\d{1,6})(?!\d)\s*(.*)", re.DOTALL)
RANGE = re.compile(r"[-–]\s*(\d{1,6})\s*([A-Z]{0,3})")
LETTERED = r"(?:\s?(?:bis|ter|quater)|\s?[a-z](?![a-z0-9.])|[a-z]\d*(?![a-z0-9.]))?"
ALONE = re.compile(rf"\d+{LETTERED}", re.IGNORECASE)
BOX_AHEAD = r"(?=(?:bo[iî]te|bte|bus|box)[\s.]*\d)"  # 12bte3, written in one
SPLIT = re.compile(
    rf"(?P<number>\d+(?:\s*[-–]\s*\d+)?{LETTERED})(?:\s*[/,]\s*|\s*-\s*|\s+|{BOX_AHEAD})(?P<box>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
NUMBER_WORD = re.compile(r"^(?:(?:huis|haus)?(?:nummer|nr)|num[eé]ro|n°|no)[.\s]*(?=\d)", re.IGNORECASE)
RAISED = re.compile(r"(?<=\d)(?=[²³¹¼-¾⁰-⁹⅐-⅞])")  # composing would make 12½ the house 121
BOX_WORD = re.compile(r"(?:bo[iî]te|bte|bus|bs|box|postfach)(?![a-z])\.?\s*", re.IGNORECASE)
BOX_LETTER = re.compile(r"b(?=[\dA-Z])")  # the register of Brussels writes box 3 as b003
BOX_SHORT = re.compile(r"b[ .]\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number read: the (whole part, letters) it begins and ends with, the same unless it is ``12-14``."""

    first: tuple[int, Key]
    last: tuple[int, Key]

    @property
    def is_odd(self) -> bool:
        """Which side of the street it stands on."""
        return self.first[0] % 2 == 1


def _normalise_number(text: str) -> str:
    return unicodedata.normalize("NFKC", RAISED.sub(" ", text))


def natural_sort_key(text: str) -> Key:
    """A key that orders text as people do: digits by value and before letters, capitals and signs ignored."""
    plain = _normalise_number(text).upper()
    return tuple((0, int(token), "") if token.isdecimal() else (1, 0, token) for token in TOKENS.findall(plain))


@lru_cache(maxsize=4096)
def parse_house_number(text: str) -> HouseNumber | None:
    """The number that ``text`` writes, or ``None`` when it begins with none (``ZN``, ``sans numéro``)."""
    plain = NUMBER_WORD.sub("", _normalise_number(text).strip()).upper()
    match = LEADING.fullmatch(plain)
    if not match:
        return None
    number, letters = int(match[1]), match[2]
    first = (number, natural_sort_key(letters))
    span = RANGE.fullmatch(letters)
    if span and int(span[1]) > number:
        return HouseNumber((number, ()), (int(span[1]), natural_sort_key(span[2])))
    return HouseNumber(first, first)


def house_sort_key(number: str, box: str = "") -> str:
    """A text of at most 60 characters that a database orders as people do: 2, 2A, 10, 10 box 2, 10 box 10."""
    return f"{_pad_numbers(number)[:34]} {_pad_numbers(normalise_box(box))[:25]}".rstrip()


def _pad_numbers(text: str) -> str:
    return "".join(token.zfill(6) if token.isdecimal() else token.upper() for token in TOKENS.findall(text))


def normalise_box(text: str) -> str:
    """A box as one compares it: ``b003``, ``bte 3``, ``bus 3`` and ``03`` are all ``3``; ``B1.1`` stays a name."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = BOX_SHORT.sub("", BOX_WORD.sub("", plain, count=1), count=1) if plain else plain
    plain = BOX_LETTER.sub("", plain, count=1) if plain[:1] == "b" else plain
    return re.sub(r"(?<![\d.,])0+(?=\d)", "", plain).upper()


def split_house(text: str) -> tuple[str, str]:
    """The number and the box in what somebody wrote: ``12/3``, ``12A bte 3``, ``12 b003`` → (``12``, ``b003``).

    A text without box gives an empty second part; ``12-14`` is a number, ``12-1`` is number 12, box 1. A word for
    "number" in front is passed over.
    """
    plain = NUMBER_WORD.sub("", " ".join(_normalise_number(text).split()))
    read = parse_house_number(plain)
    match = SPLIT.fullmatch(plain)
    if match is None or ALONE.fullmatch(plain) or (read and read.first != read.last):
        return plain, ""
    return match["number"].strip(), match["box"].strip()
