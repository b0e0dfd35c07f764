"""What fills the places of letters in the name of a partnership."""

from plp.partnership.models import Partnership
from plp.places.queries.emergency import help_numbers_in


def emergency_number_values(partnership: Partnership, language: str) -> dict[str, str]:
    """The numbers of help where a partnership is, for the places ``police`` and ``help`` of a letter (R124)."""
    numbers = help_numbers_in(partnership.area, language)
    return {"police": numbers.police, "help": numbers.help}
