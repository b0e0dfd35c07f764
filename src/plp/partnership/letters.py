"""What fills the places of letters in the name of a partnership."""

from plp.delivery.phone_numbers import format_phone_number
from plp.partnership.models import Partnership
from plp.places.queries.emergency import help_numbers_in


def emergency_number_values(partnership: Partnership, language: str) -> dict[str, str]:
    """The numbers of help where a partnership is, for the places ``police`` and ``help`` of a letter (R124)."""
    numbers = help_numbers_in(partnership.area, language)
    return {"police": numbers.police, "help": numbers.help}


def public_contact_text(partnership: Partnership) -> str:
    """Where to call and to write: the desk of the police, the address of the coordinator; blank without either."""
    return ", ".join(filter(None, (format_phone_number(partnership.contact_phone), partnership.contact_email)))
