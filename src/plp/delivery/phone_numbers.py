"""Telephone numbers: as people type them, in the one form in which they are kept, and for the eye. Pure."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = lazy_import("phonenumbers")

NUMBER = re.compile(r"\+?[\d /.()-]{3,30}")
BELGIUM = 32
MOBILE = frozenset({"MOBILE", "FIXED_LINE_OR_MOBILE"})  # names of the library
LANDLINE = frozenset({"FIXED_LINE", "VOIP"})
ORDINARY = MOBILE | LANDLINE | {"PERSONAL_NUMBER"}
LONGEST = 40  # characters of a number as somebody writes it
SHORT = 6  # digits: emergency and service numbers, none of which begins with a zero
# A number copied from a telephone's contacts comes between marks of direction, and with hyphens of its own.
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069\ufeff"))
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2013"), "-")
TYPED = re.compile(r"\+?[0-9 ()/.\-]+")

MobileFault = Literal["unreadable", "landline", "service", "elsewhere"]


def parse_mobile_number(raw: str, prefixes: Sequence[str]) -> tuple[str, MobileFault | None]:
    """``raw`` as ``+32…`` (E.164) if it is a mobile number that begins with one of ``prefixes``, else what is wrong.

    ``landline``; ``service``: short, premium, shared-cost and free numbers; ``elsewhere``: a number of a country or
    range that is not switched on; ``unreadable``: anything else, such as letters or an extension.
    """
    typed = normalize("NFKC", raw[: LONGEST + 1]).translate({**UNSEEN, **HYPHENS}).strip()
    if len(typed) > LONGEST or not TYPED.fullmatch(typed):
        return "", "unreadable"
    if sum(letter.isdigit() for letter in typed) <= SHORT and not typed.lstrip("( ").startswith(("0", "+")):
        return "", "service"
    try:
        number = phonenumbers.parse(typed, "BE")
    except phonenumbers.NumberParseException:
        return "", "unreadable"
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    kind = _kind_of_number(number)  # unknown for a number that nobody can have
    if kind in MOBILE and written.startswith(tuple(prefixes)):
        return written, None
    return "", _rejection_reason(kind, is_belgian=number.country_code == BELGIUM)


def _kind_of_number(number: "phonenumbers.PhoneNumber") -> str:
    return phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(number))


def _rejection_reason(kind: str, *, is_belgian: bool) -> MobileFault:
    if kind == "UNKNOWN":
        return "unreadable"
    if kind in MOBILE or not is_belgian:
        return "elsewhere"
    return "landline" if kind in LANDLINE else "service"


def parse_belgian_number(raw: str) -> str | None:
    """``raw`` as ``+32…`` (E.164) if it is an ordinary Belgian number, landline or mobile; None for anything else.

    Premium, shared-cost, free and emergency numbers, and numbers with an extension, are not ordinary.
    """
    try:
        number = phonenumbers.parse(raw[:60], "BE")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != BELGIUM or number.extension or not phonenumbers.is_valid_number(number):
        return None
    if _kind_of_number(number) not in ORDINARY:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def format_phone_number(written: str) -> str:
    """A number as Belgians write it, ``02 555 00 00``, a foreign one as ``+33 1 23 45 67 89``; other words stay."""
    if not NUMBER.fullmatch(written):
        return written
    try:
        number = phonenumbers.parse(written, "BE")
    except phonenumbers.NumberParseException:
        return written
    if not phonenumbers.is_possible_number(number):
        return written
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if number.country_code == BELGIUM else form.INTERNATIONAL)
