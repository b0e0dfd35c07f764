"""Belgian telephone numbers: which may be called."""

import phonenumbers
from phonenumbers import PhoneNumberType

BELGIUM = 32
ORDINARY = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
        PhoneNumberType.PERSONAL_NUMBER,
    }
)


def read_number(raw: str) -> str | None:
    """``raw`` as ``+32…`` (E.164) if it is an ordinary Belgian number, landline or mobile; None for anything else.

    Premium, shared-cost, free and emergency numbers, and numbers with an extension, are not ordinary.
    """
    try:
        number = phonenumbers.parse(raw[:60], "BE")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != BELGIUM or number.extension or not phonenumbers.is_valid_number(number):
        return None
    if phonenumbers.number_type(number) not in ORDINARY:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
