"""Pure decisions about persons: what a name, a door, a code may look like."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from plp.places.rules.numbers import NUMBER_WORD
from plp.toolbox.moves import Refused
from plp.wording.disguise import is_name_of_police_or_partnership, is_undisguised

CODE_DIGITS = 8  # 8, not 6: a code space is attacked over the whole population at once (docs/security.md#codes)
CODE_DIGITS_LONG = 12  # where so many codes wait, or one for so long, that eight digits could be guessed (ADR 34)
CODE_MINUTES = 10
CODE_TRIES = 5
CODES_WAITING = (
    150  # codes of one hour that nobody used: five tries at each are 750 an hour, and less than 1 in 10 years
)
NAME_LENGTH = 120
TELEPHONE = r"^[+\d][\d /.()-]{5,28}$"  # as people write a number; a channel judges it where something is sent there
NUMBER_OF_A_FIRM = re.compile(r"(?<=[^\W\d_] )[0-9]{1,4}(?:er|[èe]re|i?[èe]me|e|de|ste|th)?(?= |$)")
HOUSE = re.compile(
    r"\d{1,4}(?: ?[A-Za-z]{1,3}| ?quater)?(?:-\d{1,4}(?: ?[A-Za-z]{1,3}| ?quater)?)?(?:/[A-Za-z0-9.]{1,8})?"
    r"(?:(?: |(?=[Bb]))(?i:bo[iî]te|bte|bus|box|bfk|b)?[ .]?[A-Za-z0-9/.-]{1,8})?"
)


class BadName(Refused):
    """Empty, too long, or with signs that no name has."""

    sentence = _("Write your name with letters only, at most 120 characters.")


class BadHouse(Refused):
    """Not a house number as one stands on a door."""

    sentence = _("Write the house number as it is on the door, for example 12, 12A or 12 box 3.")


def clean_name(name: str) -> str:
    """The name in NFC with single spaces: letters that are what they look like, marks and ``'’-.,`` (T29).

    A firm may carry its year or number ("Boulangerie 1900", "Justice de paix 2e canton"): four digits, not in front.
    Nobody is called police, PLP or BIN. Raises ``BadName``.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    letters = NUMBER_OF_A_FIRM.sub("", name)
    allowed = all(unicodedata.category(sign)[0] in "LM" or sign in " '’-.," for sign in letters)
    is_word = any(unicodedata.category(sign)[0] == "L" for sign in name)
    if (
        not is_word
        or not allowed
        or len(name) > NAME_LENGTH
        or not is_undisguised(name)
        or is_name_of_police_or_partnership(name)
    ):
        raise BadName
    return name


def clean_house_number(house: str) -> str:
    """The house number as on the door: no ``n°`` in front, no comma, nothing around a stroke. Raises ``BadHouse``."""
    house = NUMBER_WORD.sub("", " ".join(unicodedata.normalize("NFKC", house).split()))
    house = re.sub(r" ?([/-]) ?", r"\1", re.sub(r" ?, ?", " ", house)).rstrip(" .")
    if not HOUSE.fullmatch(house):
        raise BadHouse
    return house


def formatted_code(code: str) -> str:
    """A code as it stands in a message: eight digits together, twelve in threes of four."""
    return code if len(code) == CODE_DIGITS else " ".join(code[start : start + 4] for start in range(0, len(code), 4))
