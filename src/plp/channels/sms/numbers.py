"""Which telephone numbers may get an SMS: Belgian mobiles, so that nobody makes us pay for a premium line (G20)."""

from collections.abc import Sequence

import phonenumbers
from phonenumbers import PhoneNumberType

MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
LONGEST = 40  # characters of a number as somebody writes it


def read_mobile(raw: str, prefixes: Sequence[str]) -> str | None:
    """``raw`` as ``+32…`` (E.164) if it is a mobile number that begins with one of ``prefixes``; None otherwise.

    Short, premium, shared-cost and landline numbers, numbers with an extension and anything with letters are refused.
    """
    if len(raw) > LONGEST or any(letter.isalpha() for letter in raw):
        return None
    try:
        number = phonenumbers.parse(raw, "BE")
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    if phonenumbers.number_type(number) not in MOBILE:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if written.startswith(tuple(prefixes)) else None
