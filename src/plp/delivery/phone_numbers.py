"""Telephone numbers for the eye. Pure."""

import re

import phonenumbers

NUMBER = re.compile(r"\+?[\d /.()-]{3,30}")
BELGIUM = 32


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
