"""Which telephone numbers may get an SMS: Belgian mobiles, so that nobody makes us pay for a premium line (G20)."""

import re
from collections.abc import Sequence
from typing import Literal
from unicodedata import normalize

import phonenumbers
from phonenumbers import PhoneNumberType

from plp.delivery.channel import DeliveryFailed

MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
LANDLINE = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP})
BELGIUM = 32
LONGEST = 40  # characters of a number as somebody writes it
ANYWHERE = ("+",)  # beginnings of every number
SHORT = 6  # digits: emergency and service numbers, none of which begins with a zero
# A number copied from a telephone's contacts comes between marks of direction, and with hyphens of its own.
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069\ufeff"))
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2013"), "-")
WRITTEN = re.compile(r"\+?[0-9 ()/.\-]+")

Fault = Literal["unreadable", "landline", "service", "elsewhere"]


def read_mobile(raw: str, prefixes: Sequence[str]) -> tuple[str, Fault | None]:
    """``raw`` as ``+32…`` (E.164) if it is a mobile number that begins with one of ``prefixes``, else what is wrong.

    ``landline``; ``service``: short, premium, shared-cost and free numbers; ``elsewhere``: a number of a country or
    range that is not switched on; ``unreadable``: anything else, such as letters or an extension.
    """
    typed = normalize("NFKC", raw[: LONGEST + 1]).translate({**UNSEEN, **HYPHENS}).strip()
    if len(typed) > LONGEST or not WRITTEN.fullmatch(typed):
        return "", "unreadable"
    if sum(letter.isdigit() for letter in typed) <= SHORT and not typed.lstrip("( ").startswith(("0", "+")):
        return "", "service"
    try:
        number = phonenumbers.parse(typed, "BE")
    except phonenumbers.NumberParseException:
        return "", "unreadable"
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    kind = phonenumbers.number_type(number)  # unknown for a number that nobody can have
    if kind in MOBILE and written.startswith(tuple(prefixes)):
        return written, None
    return "", _fault(kind, is_belgian=number.country_code == BELGIUM)


def _fault(kind: int, *, is_belgian: bool) -> Fault:
    if kind == PhoneNumberType.UNKNOWN:
        return "unreadable"
    if kind in MOBILE or not is_belgian:
        return "elsewhere"
    return "landline" if kind in LANDLINE else "service"


def refuse_elsewhere(number: str, prefixes: Sequence[str]) -> None:
    """The last look before an SMS leaves: a range may have been switched off since the number was typed (T40).

    Raises ``DeliveryFailed``.
    """
    if not number.startswith(tuple(prefixes)):
        raise DeliveryFailed("sms-number-refused", temporary=False)
