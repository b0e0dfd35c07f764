"""Which numbers one phones in danger, and for what is not urgent (R124). Pure."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from plp.toolbox.lazy_import import lazy_import
from plp.toolbox.moves import Refused

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = lazy_import("phonenumbers")

SHORT = re.compile(r"[1-9]\d{2,3}")
BELGIUM = 32


class BadNumber(Refused):
    """Not a number of help, or not a Belgian telephone number."""

    sentence = _("Write a number of help with three or four digits, and the number of a Belgian station.")


@dataclass(frozen=True)
class HelpNumbers:
    """Whom to phone: the police at once, any help at once, the station when it is not urgent (empty: not known)."""

    police: str = "101"
    help: str = "112"
    desk: str = ""

    @property
    def police_and_help(self) -> tuple[str, str]:
        """The two for danger, in the order in which they are said."""
        return self.police, self.help


def clean_emergency_number(typed: str) -> str:
    """A number of help: three or four digits. Raises ``BadNumber``."""
    number = "".join(typed.split())
    if not SHORT.fullmatch(number):
        raise BadNumber
    return number


def clean_desk_telephone(typed: str) -> str:
    """A Belgian telephone number as Belgians write it. Raises ``BadNumber``."""
    try:
        number = phonenumbers.parse(typed[:60], "BE")
    except phonenumbers.NumberParseException:
        raise BadNumber from None
    if number.country_code != BELGIUM or number.extension or not phonenumbers.is_valid_number(number):
        raise BadNumber
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
